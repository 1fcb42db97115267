import { expect, it } from '@jest/globals';

import { at, listAt, textAt } from '../../../hack/fake-cloud/http/body.ts';
import { magnum } from '../../../openstack/container-infra/magnum-client.ts';
import { type CloudUnderTest, raw, said } from './cloud.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const NEW = 'container-infra 1.10';

interface Refused {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly version?: string;
  };
  readonly want: { readonly status: number; readonly message: string };
}

const create = (more: object, version = NEW): Refused['request'] => ({
  method: 'POST',
  path: '/clusters',
  body: { name: 'contract', cluster_template_id: 'k8s', ...more },
  version,
});
const get = (path: string, version = NEW): Refused['request'] => ({ method: 'GET', path, version });
const invalid = (field: string, value: string, why: string): string =>
  `Invalid input for field/attribute ${field}. Value: '${value}'. ${why}`;

/** Requests that Magnum refuses, with status and text. Nothing comes of any of them. */
const refused: Readonly<Record<string, Refused>> = {
  'an unknown template (name)': {
    request: get('/clustertemplates/nowhere'),
    want: { status: 404, message: 'ClusterTemplate nowhere could not be found.' },
  },
  'an unknown template (UUID)': {
    request: get(`/clustertemplates/${NOBODY}`),
    want: { status: 404, message: `ClusterTemplate ${NOBODY} could not be found.` },
  },
  'an unknown cluster (name)': {
    request: get('/clusters/nowhere'),
    want: { status: 404, message: 'Cluster nowhere could not be found.' },
  },
  'an unknown cluster (UUID)': {
    request: get(`/clusters/${NOBODY}`),
    want: { status: 404, message: `Cluster ${NOBODY} could not be found.` },
  },
  'to delete an unknown cluster': {
    request: { method: 'DELETE', path: '/clusters/nowhere', version: NEW },
    want: { status: 404, message: 'Cluster nowhere could not be found.' },
  },
  'the authority of an unknown cluster': {
    request: get('/certificates/nowhere'),
    want: { status: 404, message: 'Cluster nowhere could not be found.' },
  },
  'to sign for an unknown cluster': {
    request: { method: 'POST', path: '/certificates', body: { cluster_uuid: 'nowhere', csr: 'x' }, version: NEW },
    want: { status: 400, message: 'Cluster nowhere could not be found.' },
  },
  'a page of no length': {
    request: get('/clusters?limit=0'),
    want: { status: 400, message: 'Limit must be positive' },
  },
  'a page after nothing': {
    request: get(`/clusters?marker=${NOBODY}`),
    want: { status: 404, message: `Cluster ${NOBODY} could not be found.` },
  },
  'a cluster without a template': {
    request: { method: 'POST', path: '/clusters', body: { name: 'contract' }, version: NEW },
    want: { status: 400, message: invalid('cluster_template_id', 'None', 'Mandatory field missing.') },
  },
  'a cluster of an unknown template': {
    request: create({ cluster_template_id: 'nowhere' }),
    want: { status: 404, message: 'ClusterTemplate nowhere could not be found.' },
  },
  'a cluster of an unknown template, up to 1.9 as a bad request': {
    request: create({ cluster_template_id: 'nowhere' }, 'container-infra 1.9'),
    want: { status: 400, message: 'ClusterTemplate nowhere could not be found.' },
  },
  'a cluster with an unknown key pair': {
    request: create({ keypair: 'nowhere' }),
    want: { status: 404, message: 'Unable to find keypair nowhere.' },
  },
  'a cluster with an unknown flavor': {
    request: create({ flavor_id: 'nowhere' }),
    want: { status: 400, message: 'Unable to find flavor nowhere.' },
  },
  'a cluster with an unknown flavor for masters': {
    request: create({ master_flavor_id: 'nowhere' }),
    want: { status: 400, message: 'Unable to find flavor nowhere.' },
  },
  'several masters without a load balancer': {
    request: create({ master_count: 3 }),
    want: { status: 400, message: 'master_count must be 1 when master_lb_enabled is False' },
  },
  'fewer than no nodes': {
    request: create({ node_count: -1 }),
    want: { status: 400, message: invalid('node_count', '-1', 'Value should be greater or equal to 0') },
  },
  'no nodes, up to 1.9': {
    request: create({ node_count: 0 }, 'container-infra 1.9'),
    want: {
      status: 400,
      message: 'Resizing a nodegroup to zero is not supported in the provided microversion.',
    },
  },
  'no masters': {
    request: create({ master_count: 0 }),
    want: { status: 400, message: invalid('master_count', '0', 'Value should be greater or equal to 1') },
  },
  'a name that begins with a digit': {
    request: create({ name: '1st' }),
    want: {
      status: 400,
      message: invalid('name', '1st', 'Value should match the pattern ^[a-zA-Z][a-zA-Z0-9_.-]*$'),
    },
  },
  'a name that is too long': {
    request: create({ name: 'a'.repeat(243) }),
    want: {
      status: 400,
      message: invalid('name', 'a'.repeat(243), 'Value should have a maximum character requirement of 242'),
    },
  },
  'an empty name': {
    request: create({ name: '' }),
    want: { status: 400, message: invalid('name', '', 'Value should have a minimum character requirement of 1') },
  },
  'a field that it does not know': {
    request: create({ nonsense: 1 }),
    want: { status: 400, message: 'Unknown attribute for argument cluster: nonsense' },
  },
  'a body that is no JSON': {
    request: { method: 'POST', path: '/clusters', body: 'nonsense', version: NEW },
    want: { status: 400, message: 'Request is not in valid JSON format' },
  },
  'node groups before 1.9': {
    request: get('/clusters/nowhere/nodegroups', 'container-infra 1.8'),
    want: {
      status: 406,
      message: 'Version 1.8 was requested but the requested API delete is not supported for this version.',
    },
  },
  'to resize before 1.7': {
    request: {
      method: 'POST',
      path: '/clusters/x/actions/resize',
      body: { node_count: 1 },
      version: 'container-infra 1.6',
    },
    want: {
      status: 406,
      message: 'Version 1.6 was requested but the requested API resize is not supported for this version.',
    },
  },
  'a version of another service': {
    request: get('/clusters', 'compute 1.10'),
    want: { status: 406, message: 'Invalid service type for OpenStack-API-Version header' },
  },
  'a version that is none': {
    request: get('/clusters', 'container-infra x'),
    want: { status: 406, message: 'Invalid value for OpenStack-API-Version header' },
  },
  'a path that is none': { request: get('/nowhere'), want: { status: 404, message: '' } },
  'the services, to one who is no administrator': {
    request: get('/mservices'),
    want: { status: 403, message: "Policy doesn't allow magnum-service:get_all to be performed." },
  },
};

/** Refused by the web framework, before Magnum's own code. */
const isFramework = ({ status, message }: Refused['want']): boolean => status === 406 || message === '';

/** Magnum without clusters: what it refuses, its versions, its templates. */
export function magnumRefusals(cloudOf: () => CloudUnderTest): void {
  it.each(Object.entries(refused))('refuses %s', async (_name, { request, want }) => {
    const { call } = await cloudOf().as('demo');
    const { method, path, body, version = NEW } = request;
    const answer = await call(method, 'container-infra', path, { body, headers: { 'openstack-api-version': version } });
    expect({ status: answer.status, message: said(answer) }).toEqual(want);
    expect(listAt(answer.body, 'errors')).toEqual([
      expect.objectContaining({
        status: want.status,
        ...(isFramework(want) ? { code: '' } : { code: 'client', title: want.message.split('.', 1)[0] }),
      }),
    ]);
  });

  it.each(['container-infra 1.99', 'container-infra 2.1', 'container-infra 1.0'])(
    'refuses version "%s" and tells what it speaks',
    async (version) => {
      const { call } = await cloudOf().as('demo');
      const answer = await call('GET', 'container-infra', '/clusters', {
        headers: { 'openstack-api-version': version },
      });
      expect(answer.status).toBe(406);
      expect(listAt(answer.body, 'errors')).toEqual([
        expect.objectContaining({
          code: 'magnum.microversion-unsupported',
          min_version: '1.1',
          max_version: expect.stringMatching(/^1\.\d+$/),
        }),
      ]);
      expect(answer.headers.get('openstack-api-maximum-version')).toMatch(/^container-infra 1\.\d+$/);
    },
  );

  it('tells its versions at the root, without a token', async () => {
    const { endpoint } = await cloudOf().as('demo');
    const { status, body } = await raw('GET', endpoint('container-infra').replace(/v1$/, ''));
    expect(status).toBe(200);
    expect(listAt(body, 'versions')).toEqual([
      expect.objectContaining({ id: 'v1', status: 'CURRENT', min_version: '1.1', max_version: '1.10' }),
    ]);
    const client = magnum(await cloudOf().session('demo'));
    expect(await client.versions()).toEqual({ min: { major: 1, minor: 1 }, max: { major: 1, minor: 10 } });
    expect(await client.microversion()).toEqual({ major: 1, minor: 10 });
  });

  it('speaks 1.1 unless asked, and the newest when asked for it', async () => {
    const { call } = await cloudOf().as('demo');
    const versionOf = async (headers: Record<string, string>): Promise<string | null> =>
      (await call('GET', 'container-infra', '/clusters', { headers })).headers.get('openstack-api-version');
    expect(await versionOf({})).toBe('container-infra 1.1');
    expect(await versionOf({ 'openstack-api-version': 'container-infra latest' })).toBe('container-infra 1.10');
  });

  it.each([
    ['no token', {}],
    ['a token that is none', { 'x-auth-token': 'gAAAAAnonsense' }],
  ])('wants a token: %s', async (_name, headers) => {
    const { endpoint } = await cloudOf().as('demo');
    const answer = await raw('GET', `${endpoint('container-infra')}/clusters`, { headers });
    expect(answer.status).toBe(401);
    expect(said(answer)).toBe('The request you have made requires authentication.');
  });

  it('finds a template by name and by UUID, with labels', async () => {
    const client = magnum(await cloudOf().session('demo'));
    const all = await client.clusterTemplates();
    expect(all.map(({ name }) => name)).toEqual(['k8s', 'k8s-large']);
    const byName = await client.clusterTemplate(cloudOf().template);
    expect(byName).toMatchObject({ coe: 'kubernetes', flavor_id: 'm1.small', public: true, hidden: false });
    expect(byName.labels['kube_tag']).toMatch(/^v1\./);
    expect(await client.clusterTemplate(byName.uuid)).toEqual(byName);
  });

  it("tells nobody another project's quota or use", async () => {
    const [demo, other] = [await cloudOf().as('demo'), await cloudOf().as('other')];
    for (const path of [`/quotas/${other.projectId}/Cluster`, `/stats?project_id=${other.projectId}`]) {
      const answer = await demo.call('GET', 'container-infra', path, { headers: { 'openstack-api-version': NEW } });
      expect({ status: answer.status, message: said(answer) }).toEqual({ status: 403, message: 'Not authorized.' });
    }
  });

  it('tells the use of the own project', async () => {
    const { call } = await cloudOf().as('demo-app');
    const { status, body } = await call('GET', 'container-infra', '/stats', {
      headers: { 'openstack-api-version': NEW },
    });
    expect(status).toBe(200);
    expect(typeof at(body, 'clusters')).toBe('number');
    expect(textAt(body, 'errors')).toBeUndefined();
  });
}
