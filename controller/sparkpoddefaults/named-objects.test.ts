import { describe, expect, it } from '@jest/globals';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { namedObjects, objectId } from './named-objects.ts';

const cases: Record<string, { readonly given: SparkPodDefaultsSpec; readonly want: readonly string[] }> = {
  'nothing, when nothing is named': { given: { env: [{ name: 'A', value: 'b' }] }, want: [] },
  'secrets and configMaps': {
    given: { secrets: [{ name: 's', path: '/s' }], configMaps: [{ name: 'c', path: '/c' }] },
    want: ['ConfigMap/c', 'Secret/s'],
  },
  'variables of either kind': {
    given: {
      env: [
        { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
        { name: 'C', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      ],
      envFrom: [{ secretRef: { name: 's2' } }, { configMapRef: { name: 'c2' } }],
    },
    want: ['ConfigMap/c', 'ConfigMap/c2', 'Secret/s', 'Secret/s2'],
  },
  'volumes, projected ones too': {
    given: {
      volumes: [
        { name: 'a', secret: { secretName: 's' } },
        { name: 'b', configMap: { name: 'c' } },
        { name: 'd', projected: { sources: [{ secret: { name: 's2' } }, { configMap: { name: 'c2' } }, {}] } },
        { name: 'e', csi: { driver: 'eos', nodePublishSecretRef: { name: 's3' } } },
        { name: 'f', emptyDir: {} },
      ],
    },
    want: ['ConfigMap/c', 'ConfigMap/c2', 'Secret/s', 'Secret/s2', 'Secret/s3'],
  },
  imagePullSecrets: { given: { imagePullSecrets: ['pull'] }, want: ['Secret/pull'] },
  'each once': {
    given: { secrets: [{ name: 's', path: '/s' }], imagePullSecrets: ['s'] },
    want: ['Secret/s'],
  },
};

describe('namedObjects', () => {
  it.each(Object.entries(cases))('finds %s', (_name, { given, want }) => {
    expect(namedObjects(given).map(objectId)).toEqual(want);
  });
});
