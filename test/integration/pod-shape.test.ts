import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { CommandError, run } from '../../hack/run.ts';
import { checkPodParts } from '../../spark/validation/pod-shape.ts';

/** Laid over a valid pod; each with what the API server must think of it as well. */
const pods: Record<string, { spec: object; metadata?: object; want: 'fine' | 'unknown' | 'wrong' }> = {
  'an ordinary pod': { spec: {}, want: 'fine' },
  'null for what is not said': { spec: { affinity: null, volumes: null, nodeSelector: null }, want: 'fine' },
  'numbers for quantities': { spec: container({ resources: { limits: { cpu: 1, memory: '1e9' } } }), want: 'fine' },
  'every form of a quantity': {
    spec: container({ resources: { limits: { cpu: '.5', memory: '+2Gi', 'ephemeral-storage': '1E3' } } }),
    want: 'fine',
  },
  'a port by name or number': {
    spec: container({
      ports: [{ containerPort: 80, name: 'web' }],
      livenessProbe: { httpGet: { port: 'web' } },
      readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'X' }] } },
    }),
    want: 'fine',
  },
  'an empty preference': {
    spec: affinity({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] }),
    want: 'fine',
  },
  'a null in a list of texts, and in a map': {
    spec: { ...container({ args: [null] }), nodeSelector: { a: null } },
    want: 'fine',
  },
  'a slip in a name': { spec: { affinity: { nodeAfinity: {} } }, want: 'unknown' },
  'a name in another case': { spec: container({ volumemounts: [] }), want: 'unknown' },
  'a key of JavaScript': { spec: JSON.parse('{"affinity": {"__proto__": {}}}') as object, want: 'unknown' },
  'a text for a number': { spec: { terminationGracePeriodSeconds: '30' }, want: 'wrong' },
  'a part of a number': { spec: { terminationGracePeriodSeconds: 1.5 }, want: 'wrong' },
  'a number beyond its field': { spec: { priority: 2 ** 31 }, want: 'wrong' },
  'a number for a text': { spec: container({ env: [{ name: 'A', value: 1 }] }), want: 'wrong' },
  'a text for a truth value': { spec: { hostNetwork: 'true' }, want: 'wrong' },
  'an object for a list': { spec: container({ env: { A: 'b' } }), want: 'wrong' },
  'a list for an object': { spec: { securityContext: [] }, want: 'wrong' },
  'a number in a map of texts': { spec: { nodeSelector: { a: 1 } }, want: 'wrong' },
  'labels that are numbers': { spec: {}, metadata: { labels: { version: 4 } }, want: 'wrong' },
  'no quantity': { spec: container({ resources: { requests: { cpu: '1 core' } } }), want: 'wrong' },
  'no size': { spec: { volumes: [{ name: 'a', emptyDir: { sizeLimit: 'big' } }] }, want: 'wrong' },
  'no moment': { spec: {}, metadata: { deletionTimestamp: 'yesterday' }, want: 'wrong' },
  'no name of a container': { spec: { containers: [{ image: 'x' }] }, want: 'wrong' },
  'no place of a mount': { spec: container({ volumeMounts: [{ name: 'a' }] }), want: 'wrong' },
  'no key of an affinity': {
    spec: affinity({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ operator: 'Exists' }] }],
      },
    }),
    want: 'wrong',
  },
  'an empty item': { spec: { initContainers: [null] }, want: 'wrong' },
  'a server that is not said': { spec: { volumes: [{ name: 'a', nfs: { path: '/' } }] }, want: 'wrong' },
};

function container(fields: object): object {
  return { containers: [{ name: 'a', image: 'x', ...fields }] };
}

function affinity(nodeAffinity: object): object {
  return { affinity: { nodeAffinity } };
}

describe('the shape of a pod, as we and the API server see it', () => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({ name: 'pod-shape' });
  }, 120_000);
  afterAll(async () => plane.stop());

  /** What the API server thinks of a pod that it is not to keep. */
  async function verdict(pod: object): Promise<'fine' | 'unknown' | 'wrong'> {
    const path = '/api/v1/namespaces/default/pods?dryRun=All&fieldValidation=Strict';
    try {
      await run(kubectlPath(), ['--kubeconfig', plane.kubeconfig, 'create', '--raw', path, '-f', '-'], {
        input: JSON.stringify(pod),
      });
      return 'fine';
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return error.message.includes('strict decoding error') ? 'unknown' : 'wrong';
    }
  }

  const ours = (pod: object): 'fine' | 'unknown' | 'wrong' => {
    const { metadata, spec } = pod as { metadata: object; spec: object };
    const { unknown, wrong } = checkPodParts({ metadata, spec }, 'PodTemplateSpec', 'pod');
    if (wrong.length > 0) return 'wrong';
    return unknown.length > 0 ? 'unknown' : 'fine';
  };

  it.each(Object.entries(pods))(
    '%s',
    async (_name, { spec, metadata, want }) => {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'given', namespace: 'default', ...metadata },
        spec: { ...container({}), ...spec },
      };
      expect({ ours: ours(pod), theirs: await verdict(pod) }).toEqual({ ours: want, theirs: want });
    },
    60_000,
  );
});
