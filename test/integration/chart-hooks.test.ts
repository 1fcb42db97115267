import { describe, expect, it, jest } from '@jest/globals';

import { loadConfig, type HookConfig } from '../../hooks/config.ts';
import { containers, objectsOf, permissions, podSpecs, render, type Rendered } from './chart.ts';

// Each rendering starts a process: on a busy machine that takes seconds.
jest.setTimeout(30_000);

const objectsFor = async (values: object): Promise<ReadonlyMap<string, Rendered>> => objectsOf(await render(values));

/** The jobs of the hooks for one event, in the order in which Helm runs them. */
function jobsFor(objects: ReadonlyMap<string, Rendered>, event: string): readonly string[] {
  const annotation = ({ metadata }: Rendered, name: string): string => metadata.annotations?.[`helm.sh/${name}`] ?? '';
  return [...objects.values()]
    .filter((object) => object.kind === 'Job' && annotation(object, 'hook').split(',').includes(event))
    .sort((a, b) => Number(annotation(a, 'hook-weight')) - Number(annotation(b, 'hook-weight')))
    .map(({ metadata }) => metadata.name.replace('spark-operator-hook-', ''));
}

/** What the hook of this name works with, as the program itself understands the chart. */
function settingsOf(objects: ReadonlyMap<string, Rendered>, hook: string): HookConfig {
  const container = containers(objects).find(({ args }) => args?.[0] === 'hook' && args[1] === hook);
  return loadConfig((container?.args ?? []).slice(1), { POD_NAMESPACE: 'elsewhere' });
}

const order: Record<string, { given: object; install: readonly string[]; uninstall: readonly string[] }> = {
  'all by default': { given: {}, install: ['preflight', 'crds', 'certificates'], uninstall: ['cleanup'] },
  'no crds for those who upgrade them in another way': {
    given: { hook: { upgradeCrd: false } },
    install: ['preflight', 'certificates'],
    uninstall: ['cleanup'],
  },
  'no certificates without a webhook': {
    given: { webhook: { enable: false } },
    install: ['preflight', 'crds'],
    uninstall: ['cleanup'],
  },
  none: { given: { hook: { enable: false } }, install: [], uninstall: [] },
};

describe('the hooks of the chart', () => {
  it.each(Object.entries(order))('are %s', async (_name, { given, install, uninstall }) => {
    const objects = await objectsFor(given);
    expect(jobsFor(objects, 'pre-install')).toEqual(install);
    expect(jobsFor(objects, 'pre-upgrade')).toEqual(install);
    expect(jobsFor(objects, 'post-delete')).toEqual(uninstall);
  });

  it('tell the programs the names of the release', async () => {
    const objects = await objectsFor({
      spark: { jobNamespaces: ['team-a', 'team-b'] },
      hook: { requiredSecrets: ['team-a/s3'], strict: false, timeout: '30s' },
    });
    const names = { secretName: 'spark-operator-webhook-certs', configurationName: 'spark-operator-webhook' };
    expect(settingsOf(objects, 'preflight')).toMatchObject({
      timeoutMs: 30_000,
      settings: {
        strict: false,
        namespace: 'spark-operator',
        jobNamespaces: ['team-a', 'team-b'],
        requiredSecrets: [{ namespace: 'team-a', name: 's3' }],
        configurationName: names.configurationName,
      },
    });
    expect(settingsOf(objects, 'crds')).toMatchObject({ settings: { directory: '/opt/spark-operator/crds' } });
    expect(settingsOf(objects, 'certificates')).toMatchObject({
      settings: { ...names, namespace: 'spark-operator', serviceName: 'spark-operator-webhook-svc' },
    });
    expect(settingsOf(objects, 'cleanup')).toMatchObject({ settings: { ...names, namespace: 'spark-operator' } });
  });

  it('end in bounded time, may be repeated, and run as nobody in particular', async () => {
    const jobs = [...(await objectsFor({})).values()].filter(({ kind }) => kind === 'Job');
    for (const { metadata, spec } of jobs) {
      expect(metadata.annotations?.['helm.sh/hook-delete-policy']).toBe('before-hook-creation,hook-succeeded');
      expect(spec).toMatchObject({
        activeDeadlineSeconds: 240,
        template: {
          spec: {
            restartPolicy: 'Never',
            serviceAccountName: metadata.name,
            containers: [{ securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } }],
          },
        },
      });
    }
    expect(jobs).toHaveLength(4);
  });

  it('have the rights of their work and no others', async () => {
    const objects = await objectsFor({ hook: { requiredSecrets: ['team-a/s3', 'team-a/keytab'] } });
    const roles = [...objects].filter(([key]) => /^(Cluster)?Role .*-hook-/.test(key));
    const crds = ['scheduledsparkapplications', 'sparkapplications', 'sparkpoddefaults'].map(
      (plural) => `${plural}.sparkoperator.k8s.io`,
    );
    const definitions = `apiextensions.k8s.io/customresourcedefinitions ${crds.join(' ')}`;
    const kinds = ['mutating', 'validating'].map((kind) => `admissionregistration.k8s.io/${kind}webhookconfigurations`);
    const configurations = (verbs: string): readonly string[] =>
      kinds.map((kind) => `${kind} spark-operator-webhook: ${verbs}`);
    const certificate = '/secrets spark-operator-webhook-certs';
    expect(Object.fromEntries(roles.map(([key, role]) => [key, permissions(role)]))).toEqual({
      'ClusterRole spark-operator-hook-preflight': [
        `${definitions}: get`,
        'apps/deployments: list',
        ...kinds.map((kind) => `${kind}: list`),
        '/namespaces default: get',
      ],
      'Role team-a/spark-operator-hook-preflight': ['/secrets s3 keytab: get'],
      'ClusterRole spark-operator-hook-crds': [
        'apiextensions.k8s.io/customresourcedefinitions: create',
        `${definitions}: get patch`,
      ],
      'ClusterRole spark-operator-hook-certificates': configurations('get patch'),
      'Role spark-operator/spark-operator-hook-certificates': ['/secrets: create', `${certificate}: get patch`],
      'ClusterRole spark-operator-hook-cleanup': configurations('delete'),
      'Role spark-operator/spark-operator-hook-cleanup': [`${certificate}: delete`],
    });
  });

  it('make what a job needs before the job', async () => {
    const hooks = [...(await objectsFor({})).values()].filter(({ metadata }) => metadata.name.includes('-hook-'));
    const weight = (kind: string, name: string): number =>
      Number(
        hooks.find((object) => object.kind === kind && object.metadata.name === name)?.metadata.annotations?.[
          'helm.sh/hook-weight'
        ],
      );
    for (const { metadata } of hooks.filter(({ kind }) => kind === 'Job')) {
      for (const kind of ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding'])
        expect(weight(kind, metadata.name)).toBeLessThan(weight('Job', metadata.name));
    }
  });
});

/** Whatever makes pods or is an object, with everything on that is off by default. */
const EVERYTHING = {
  commonLabels: { team: 'data', 'app.kubernetes.io/name': 'not-this' },
  commonAnnotations: { contact: 'data@example.org' },
  global: { imageRegistry: 'registry.example.org:5000', imagePullSecrets: ['site-registry', { name: 'other' }] },
  httpProxy: 'http://proxy:3128',
  httpsProxy: 'http://proxy:3129',
  noProxy: '.svc,10.0.0.0/8',
  priorityClass: { create: true },
  spark: { jobNamespaces: ['', 'team-a'] },
  podDefaults: { propagate: { secrets: ['s3'], configMaps: ['hadoop'] } },
  openstack: { enabled: true, cleanup: true, s3: { keysSecret: 's3' } },
  prometheus: { service: { create: true } },
  historyServer: { enable: true, ingress: { enable: true } },
};

describe('the job that prepares the object store of an OpenStack cloud', () => {
  const openstack = { enabled: true, cloud: 'demo', bucket: 'logs', timeout: '90s' };

  it('runs last, after install and upgrade', async () => {
    const objects = await objectsFor({ openstack });
    expect(jobsFor(objects, 'post-install')).toEqual(['openstack-init']);
    expect(jobsFor(objects, 'post-upgrade')).toEqual(['openstack-init']);
    expect(jobsFor(await objectsFor({}), 'post-install')).toEqual([]);
  });

  it('is told the values, and finds the Secrets as files', async () => {
    const s3 = { endpoint: 'https://s3.example.org', keysSecret: 'mine', pathStyle: false };
    const objects = await objectsFor({ openstack: { ...openstack, clusterName: 'demo', s3 } });
    expect(settingsOf(objects, 'openstack-init')).toMatchObject({
      timeoutMs: 90_000,
      settings: {
        namespace: 'spark-operator',
        release: 'spark-operator',
        clouds: { folder: '/etc/openstack', file: 'clouds.yaml', secret: 'openstack-clouds', cloud: 'demo' },
        cloudsOptional: false,
        keys: { folder: '/etc/openstack-s3', secret: 'mine' },
        bucket: 'logs',
        clusterName: 'demo',
        clusterUuid: undefined,
        s3: { endpoint: 'https://s3.example.org', region: undefined, pathStyle: false },
      },
    });
    expect(jobOf(objects, 'openstack-init').spec?.template?.spec).toMatchObject({
      volumes: [
        { name: 'clouds', secret: { secretName: 'openstack-clouds', optional: true } },
        { name: 'keys', secret: { secretName: 'mine', optional: true } },
      ],
      containers: [
        {
          securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
          volumeMounts: [
            { name: 'clouds', mountPath: '/etc/openstack', readOnly: true },
            { name: 'keys', mountPath: '/etc/openstack-s3', readOnly: true },
          ],
        },
      ],
    });
  });

  it('is not repeated by Kubernetes when it said what is wrong', async () => {
    const { spec } = jobOf(await objectsFor({ openstack }), 'openstack-init');
    expect(spec).toMatchObject({
      activeDeadlineSeconds: 240,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
          { action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } },
        ],
      },
    });
  });

  it('may write three objects by name, and nothing in the cluster', async () => {
    const objects = await objectsFor({ openstack });
    const roles = [...objects].filter(([key]) => /^(Cluster)?Role .*-hook-openstack-init/.test(key));
    expect(Object.fromEntries(roles.map(([key, role]) => [key, permissions(role)]))).toEqual({
      'Role spark-operator/spark-operator-hook-openstack-init': [
        '/secrets: create',
        '/configmaps: create',
        '/secrets spark-s3: get patch',
        '/configmaps opsparkctl-state: get patch',
        'sparkoperator.k8s.io/sparkpoddefaults: create',
        'sparkoperator.k8s.io/sparkpoddefaults openstack-s3: get patch',
      ],
    });
  });

  it('lets the controller copy the Secret that it makes', async () => {
    const values = { openstack, podDefaults: { propagate: { secrets: ['other'] } } };
    const role = (await objectsFor(values)).get('ClusterRole spark-operator-propagate');
    expect(permissions(role)).toContain('/secrets other spark-s3: get patch delete');
  });

  it('may reach the services of the cloud, which no other hook may', async () => {
    const objects = await objectsFor({ openstack });
    const reaches = { 'sparkoperator.k8s.io/reaches': 'openstack' };
    expect(objects.get('NetworkPolicy spark-operator/spark-operator-openstack')?.spec).toMatchObject({
      policyTypes: ['Egress'],
      egress: [{}],
      podSelector: { matchLabels: reaches },
    });
    const labels = (hook: string): unknown => jobOf(objects, hook).spec?.template?.metadata?.labels;
    expect(labels('openstack-init')).toMatchObject(reaches);
    for (const hook of ['preflight', 'crds', 'certificates', 'cleanup'])
      expect(labels(hook)).not.toMatchObject(reaches);
  });

  it('is followed by a cleanup that reaches the cloud only when keys are to be given back', async () => {
    const kept = await objectsFor({ openstack });
    expect(settingsOf(kept, 'cleanup')).toMatchObject({ settings: { openStack: undefined } });
    const given = await objectsFor({ openstack: { ...openstack, cleanup: true } });
    expect(settingsOf(given, 'cleanup')).toMatchObject({
      settings: { openStack: { clouds: { folder: '/etc/openstack', cloud: 'demo' } } },
    });
    expect(jobOf(given, 'cleanup').spec?.template?.metadata?.labels).toMatchObject({
      'sparkoperator.k8s.io/reaches': 'openstack',
    });
    expect(permissions(given.get('Role spark-operator/spark-operator-hook-cleanup'))).toEqual([
      '/secrets spark-operator-webhook-certs: delete',
      '/secrets spark-s3: get delete',
      'sparkoperator.k8s.io/sparkpoddefaults openstack-s3: get delete',
    ]);
  });

  const refused: Record<string, { given: object; says: RegExp }> = {
    'without hooks': { given: { openstack, hook: { enable: false } }, says: /openstack\.enabled needs hook\.enable/ },
    'without SparkPodDefaults': {
      given: { openstack, podDefaults: { enable: false } },
      says: /openstack\.enabled needs podDefaults\.enable/,
    },
    'with a bucket that cannot be': { given: { openstack: { bucket: 'Bad_Name' } }, says: /bucket/ },
    'with a UUID that is none': { given: { openstack: { clusterUuid: 'demo' } }, says: /clusterUuid/ },
    'with a misspelt key': { given: { openstack: { cloudSecret: 'x' } }, says: /cloudSecret/ },
  };
  it.each(Object.entries(refused))('is refused %s', async (_name, { given, says }) => {
    await expect(render(given)).rejects.toThrow(says);
  });
});

/** The Job of a hook. */
function jobOf(objects: ReadonlyMap<string, Rendered>, hook: string): Rendered {
  const job = objects.get(`Job spark-operator/spark-operator-hook-${hook}`);
  if (job === undefined) throw new Error(`The chart renders no hook ${hook}`);
  return job;
}

describe('what is said once for the whole chart', () => {
  it('a private registry: no image comes from another one, and every pod has its key', async () => {
    const rendered = await render(EVERYTHING);
    const objects = objectsOf(rendered);
    const images = [...rendered.matchAll(/^ *"?image"?: *"?([^\s",]+)/gm)].map(([, image = '']) => image);
    expect(images.length).toBeGreaterThanOrEqual(9);
    for (const image of images) expect(image).toMatch(/^registry\.example\.org:5000\//);
    expect(podSpecs(objects)).toHaveLength(9);
    for (const { imagePullSecrets } of podSpecs(objects))
      expect(imagePullSecrets).toEqual([{ name: 'site-registry' }, { name: 'other' }]);
    // The application that `helm test` makes has it, too.
    const test = objects.get('ConfigMap spark-operator/spark-operator-test')?.data?.['spark-pi.json'] ?? '';
    expect(JSON.parse(test)).toMatchObject({ spec: { imagePullSecrets: ['site-registry', 'other'] } });
  });

  it('a registry that keeps its images under a path', async () => {
    const values = { global: { imageRegistry: 'registry.example.org/mirror' } };
    const images = new Set(containers(objectsOf(await render(values))).map(({ image }) => image));
    expect([...images]).toEqual(['registry.example.org/mirror/spark-operator:0.1.0']);
    await expect(render({ global: { imageRegistry: 'registry.example.org/' } })).rejects.toThrow(/imageRegistry/);
  });

  it('labels and annotations: on every object and every pod, without hiding the own ones', async () => {
    const objects = objectsOf(await render(EVERYTHING));
    for (const [key, { metadata, spec }] of objects) {
      expect({ [key]: metadata }).toMatchObject({
        [key]: {
          labels: { team: 'data', 'app.kubernetes.io/name': 'spark-operator' },
          annotations: { contact: 'data@example.org' },
        },
      });
      if (spec?.template === undefined) continue;
      expect({ [key]: spec.template }).toMatchObject({
        [key]: { metadata: { labels: { team: 'data' }, annotations: { contact: 'data@example.org' } } },
      });
    }
    expect(objects.size).toBeGreaterThan(40);
  });

  it('proxies: in every container', async () => {
    const all = containers(objectsOf(await render(EVERYTHING)));
    for (const { name, env = [] } of all) {
      const values = Object.fromEntries(env.map((variable) => [variable.name, variable.value]));
      expect({ [name]: values }).toMatchObject({
        [name]: { HTTP_PROXY: 'http://proxy:3128', HTTPS_PROXY: 'http://proxy:3129', NO_PROXY: '.svc,10.0.0.0/8' },
      });
    }
  });

  it('a network policy: for the pods of every component', async () => {
    const objects = [...objectsOf(await render(EVERYTHING)).values()];
    const component = (labels: Readonly<Record<string, string>> = {}): string =>
      labels['app.kubernetes.io/component'] ?? '';
    const limited = objects.flatMap(({ kind, spec }) =>
      kind === 'NetworkPolicy' ? [component(spec?.podSelector?.matchLabels)] : [],
    );
    const made = objects.flatMap(({ kind, metadata }) =>
      ['Deployment', 'Job', 'Pod'].includes(kind) ? [component(metadata.labels)] : [],
    );
    expect([...new Set(limited)].sort()).toEqual([...new Set(made)].sort());
    expect([...objectsOf(await render({ networkPolicy: { enable: false } })).keys()].join('\n')).not.toMatch(
      /^NetworkPolicy/m,
    );
  });

  it('tokens: only in pods that talk to the API server', async () => {
    const objects = [...objectsOf(await render(EVERYTHING)).values()];
    for (const { kind, metadata, automountServiceAccountToken } of objects.filter(
      ({ kind, metadata }) => kind === 'ServiceAccount' && !metadata.name.endsWith('-spark'),
    ))
      expect({ [`${kind} ${metadata.name}`]: automountServiceAccountToken }).toEqual({
        [`${kind} ${metadata.name}`]: false,
      });
    const history = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('-history'));
    expect(history?.spec?.template?.spec).toMatchObject({ automountServiceAccountToken: false });
  });
});
