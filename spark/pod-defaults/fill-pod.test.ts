import { describe, expect, it } from '@jest/globals';
import type { Pod } from '../../api/kubernetes.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { somePodDefaults } from '../../test/builders.ts';
import { fillPod } from './fill-pod.ts';

/** A driver of an application that uses every key once. */
const pod: Pod = {
  metadata: { name: 'd', labels: { team: 'mine' }, annotations: { note: 'mine' } },
  spec: {
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'mine' } }],
    nodeSelector: { disk: 'ssd' },
    affinity: { podAntiAffinity: {} },
    tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
    imagePullSecrets: [{ name: 'mine' }],
    containers: [
      {
        name: 'spark-kubernetes-driver',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        envFrom: [{ configMapRef: { name: 'mine' } }],
        volumeMounts: [{ name: 'data', mountPath: '/data/' }],
      },
      { name: 'sidecar' },
    ],
  },
};

const cvmfs = { name: 'cvmfs', hostPath: { path: '/cvmfs' } };

interface Case {
  readonly given: SparkPodDefaultsSpec;
  /** Patch of spec or container: what the pod has more. */
  readonly spec?: object;
  readonly container?: object;
  readonly metadata?: object;
  readonly overridden?: readonly string[];
}

const cases: Record<string, Case> = {
  'a volume comes with its mount': {
    given: { volumes: [cvmfs], volumeMounts: [{ name: 'cvmfs', mountPath: '/cvmfs' }] },
    spec: { volumes: [...(pod.spec?.volumes ?? []), cvmfs] },
    container: {
      volumeMounts: [
        { name: 'data', mountPath: '/data/' },
        { name: 'cvmfs', mountPath: '/cvmfs' },
      ],
    },
  },
  'at a path that is mounted neither mount nor volume is added': {
    given: { volumes: [cvmfs], volumeMounts: [{ name: 'cvmfs', mountPath: '/data' }] },
    overridden: ['driver volumeMount /data'],
  },
  'a volume whose name means another one takes its mount with it': {
    given: {
      volumes: [{ name: 'data', hostPath: { path: '/x' } }],
      volumeMounts: [{ name: 'data', mountPath: '/other' }],
    },
    overridden: ['driver volumeMount /other'],
  },
  'the same volume is mounted at one more path': {
    given: {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'mine', readOnly: false } }],
      volumeMounts: [{ name: 'data', mountPath: '/other' }],
    },
    container: {
      volumeMounts: [
        { name: 'data', mountPath: '/data/' },
        { name: 'data', mountPath: '/other' },
      ],
    },
  },
  'the same mount is nothing new': {
    given: {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'mine' } }],
      volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: false }],
    },
  },
  'ConfigMaps and Secrets are folders': {
    given: { configMaps: [{ name: 'hadoop', path: '/etc/hadoop' }], secrets: [{ name: 'krb5', path: '/krb5' }] },
    spec: {
      volumes: [
        ...(pod.spec?.volumes ?? []),
        { name: 'hadoop-vol', configMap: { name: 'hadoop' } },
        { name: 'krb5-volume', secret: { secretName: 'krb5' } },
      ],
    },
    container: {
      volumeMounts: [
        { name: 'data', mountPath: '/data/' },
        { name: 'hadoop-vol', mountPath: '/etc/hadoop', readOnly: true },
        { name: 'krb5-volume', mountPath: '/krb5' },
      ],
    },
  },
  'variables by name': {
    given: {
      env: [
        { name: 'A', value: '9' },
        { name: 'B', value: '2' },
        { name: 'C', value: '3' },
      ],
    },
    container: {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'C', value: '3' },
      ],
    },
    overridden: ['driver env A'],
  },
  'sources of variables go in front, where they lose': {
    given: { envFrom: [{ secretRef: { name: 'one' } }, { secretRef: { name: 'two' } }] },
    container: {
      envFrom: [{ secretRef: { name: 'one' } }, { secretRef: { name: 'two' } }, { configMapRef: { name: 'mine' } }],
    },
  },
  'affinity kind by kind; an empty one is a word, too': {
    given: { affinity: { nodeAffinity: {}, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } } },
    spec: { affinity: { podAntiAffinity: {}, nodeAffinity: {} } },
    overridden: ['driver affinity podAntiAffinity'],
  },
  'tolerations unless equal': {
    given: { tolerations: [{ key: 'spot', operator: 'Exists' }, ...(pod.spec?.tolerations ?? [])] },
    spec: { tolerations: [...(pod.spec?.tolerations ?? []), { key: 'spot', operator: 'Exists' }] },
  },
  'node labels, labels and annotations by key': {
    given: {
      nodeSelector: { disk: 'hdd', zone: 'a' },
      labels: { team: 'site', cost: 'c' },
      annotations: { note: 'site', more: 'm' },
    },
    spec: { nodeSelector: { disk: 'ssd', zone: 'a' } },
    metadata: { labels: { team: 'mine', cost: 'c' }, annotations: { note: 'mine', more: 'm' } },
    overridden: ['driver nodeSelector disk', 'driver label team', 'driver annotation note'],
  },
  'pull secrets by name': {
    given: { imagePullSecrets: ['mine', 'site'] },
    spec: { imagePullSecrets: [{ name: 'mine' }, { name: 'site' }] },
  },
  'nothing for the other role': { given: { role: 'Executor', env: [{ name: 'C', value: '3' }] } },
};

describe('fillPod', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, spec, container, metadata, overridden = [] }) => {
    const [spark, ...beside] = pod.spec?.containers ?? [];
    const filled = fillPod(pod, 'driver', [somePodDefaults(given)]);
    expect(filled.pod).toEqual({
      metadata: { ...pod.metadata, ...metadata },
      spec: { ...pod.spec, ...spec, containers: [{ ...spark, ...container }, ...beside] },
    });
    expect(filled.overridden).toEqual(
      overridden.map((entry) => ({ defaults: 'spark-operator/site', entry, by: 'the application' })),
    );
  });

  it('counts what each of the defaults gave, and names the one that won', () => {
    const team = somePodDefaults({ env: [{ name: 'X', value: '1' }] }, { name: 'team', namespace: 'team-a' });
    const site = somePodDefaults({
      env: [
        { name: 'X', value: '2' },
        { name: 'Y', value: '3' },
      ],
    });
    expect(fillPod(pod, 'driver', [team, site])).toMatchObject({
      applied: { 'team-a/team': 1, 'spark-operator/site': 1 },
      overridden: [{ defaults: 'spark-operator/site', entry: 'driver env X', by: 'SparkPodDefaults team-a/team' }],
    });
  });

  it('says nothing of a pod as the API server stores it after it was filled', () => {
    const given = somePodDefaults({
      configMaps: [{ name: 'hadoop', path: '/etc/hadoop' }],
      env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
      volumes: [cvmfs],
      volumeMounts: [{ name: 'cvmfs', mountPath: '/cvmfs', readOnly: false }],
    });
    const stored: Pod = {
      spec: {
        volumes: [
          { name: 'hadoop-vol', configMap: { name: 'hadoop', defaultMode: 420 } },
          { name: 'cvmfs', hostPath: { path: '/cvmfs', type: '' } },
        ],
        containers: [
          {
            name: 'spark-kubernetes-driver',
            env: [{ name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } }],
            volumeMounts: [
              { name: 'hadoop-vol', mountPath: '/etc/hadoop', readOnly: true },
              { name: 'cvmfs', mountPath: '/cvmfs' },
            ],
          },
        ],
      },
    };
    expect(fillPod(stored, 'driver', [given])).toEqual({ pod: stored, applied: {}, overridden: [] });
  });

  it('counts what the pod will get from elsewhere as said, and does not add it', () => {
    const template: Pod = { spec: { containers: [{ name: 'spark-kubernetes-executor' }], volumes: [] } };
    const said: Pod = {
      metadata: { labels: { team: 'mine' } },
      spec: {
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [
          { name: 'x', env: [{ name: 'A', value: '1' }], volumeMounts: [{ name: 'v', mountPath: '/cvmfs' }] },
        ],
      },
    };
    const given = somePodDefaults({
      env: [{ name: 'A', value: '2' }],
      labels: { team: 'site' },
      volumes: [cvmfs],
      volumeMounts: [{ name: 'cvmfs', mountPath: '/cvmfs' }],
    });
    const { pod: filled, overridden } = fillPod(template, 'executor', [given], { said });
    expect(filled).toEqual(template);
    expect(overridden.map(({ entry }) => entry)).toEqual([
      'executor volumeMount /cvmfs',
      'executor env A',
      'executor label team',
    ]);
  });
});
