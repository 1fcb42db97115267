import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { seeApplication, stateOf, type SeenApplication } from './application.ts';
import type { Kubectl, KubeObject } from './kubectl.ts';
import { piApplication, type Fields } from './pi.ts';
import { sharedRelease } from './release.ts';

const NAMESPACE = 'bad-input';
const TIMEOUT_MS = 120_000;

/** A spec with one mistake, and what its author is told. */
interface Mistake {
  readonly name?: string;
  readonly spec: Fields;
  /** At `kubectl apply`: part of the message. */
  readonly refused?: RegExp;
  /** In the status: reason and message. */
  readonly failed?: { readonly reason: string; readonly message: RegExp };
}

const mistakes: Record<string, Mistake> = {
  'an image that cannot be pulled': {
    spec: { image: 'localhost/no-such-image:1' },
    failed: { reason: 'ImagePull', message: /spec\.image.*localhost\/no-such-image:1/ },
  },
  'a service account that does not exist': {
    spec: { driver: { serviceAccount: 'nobody' } },
    failed: { reason: 'ServiceAccountNotFound', message: /spec\.driver\.serviceAccount.*nobody/ },
  },
  'a ConfigMap that does not exist': {
    spec: { driver: { configMaps: [{ name: 'no-such-map', path: '/etc/no-such-map' }] } },
    failed: { reason: 'ConfigMapNotFound', message: /spec\.driver\.configMaps.*no-such-map/ },
  },
  'a Secret that does not exist': {
    spec: { driver: { secrets: [{ name: 'no-such-secret', path: '/etc/no-such-secret', secretType: 'Generic' }] } },
    failed: { reason: 'SecretNotFound', message: /spec\.driver\.secrets.*no-such-secret/ },
  },
  'a quantity that is none': {
    spec: { driver: { memory: 'plenty' } },
    failed: { reason: 'InvalidSpec', message: /spec\.driver\.memory.*plenty/ },
    refused: /spec\.driver\.memory/,
  },
  'a jar without a main class': {
    spec: { type: 'Java', mainApplicationFile: 'local:///opt/spark/examples/jars/examples.jar' },
    failed: { reason: 'InvalidSpec', message: /spec\.mainClass/ },
    refused: /mainClass/,
  },
  'a name too long for the objects derived from it': {
    name: 'a-name-so-long-that-neither-a-service-nor-a-label-can-carry-it-in-full-not-even-close',
    spec: {},
    failed: { reason: 'InvalidSpec', message: /metadata\.name/ },
    refused: /metadata\.name/,
  },
};

describe('a mistake is named, and leaves nothing behind', () => {
  let kubectl: Kubectl;
  const refusals = new Map<string, string>();

  beforeAll(async () => {
    ({ kubectl } = await sharedRelease());
    await Promise.all(
      Object.entries(mistakes).map(async ([title, mistake]) => {
        await kubectl
          .text(['apply', '-f', '-'], JSON.stringify(applicationOf(title, mistake)))
          .catch((error: unknown) => {
            refusals.set(title, String(error));
          });
      }),
    );
  }, 600_000);

  it.each(Object.entries(mistakes))(
    '%s',
    async (title, mistake) => {
      const { failed, refused } = mistake;
      const refusal = refusals.get(title);
      if (refusal !== undefined) {
        expect(refusal).toMatch(refused ?? 'no refusal');
        return;
      }
      const { name } = applicationOf(title, mistake).metadata;
      const ref = { namespace: NAMESPACE, name };
      const app = await seeApplication(kubectl, ref, 'to be FAILED', (seen) => stateOf(seen) === 'FAILED');
      expect(app.status?.applicationState).toMatchObject({
        state: 'FAILED',
        reason: failed?.reason,
        errorMessage: expect.stringMatching(failed?.message ?? 'no message'),
      });
      await expect(eventsOf(kubectl, app)).resolves.toMatch(failed?.message ?? 'no message');
    },
    TIMEOUT_MS,
  );

  it(
    'the operator is none the worse for it, and deleting the applications removes all their objects',
    async () => {
      await kubectl.text(['-n', NAMESPACE, 'delete', 'sparkapplications', '--all', '--wait', '--timeout', '60s']);
      const kinds = 'pods,services,configmaps,secrets,persistentvolumeclaims,ingresses';
      const selector = 'sparkoperator.k8s.io/launched-by-spark-operator=true';
      await kubectl.text(['-n', NAMESPACE, 'wait', '--for=delete', kinds, '-l', selector, '--timeout', '60s']);

      const { items } = await kubectl.json<{ items: readonly ControllerPod[] }>([
        ...['-n', 'spark-operator', 'pods', '-l', 'app.kubernetes.io/component=controller'],
      ]);
      const containers = items.flatMap(({ status }) => status.containerStatuses ?? []);
      expect(containers.map(({ ready, restartCount }) => ({ ready, restartCount }))).toEqual([
        { ready: true, restartCount: 0 },
      ]);
    },
    TIMEOUT_MS,
  );

  afterAll(async () => {
    await kubectl.text(['-n', NAMESPACE, 'delete', 'sparkapplications', '--all', '--wait=false']);
  }, TIMEOUT_MS);
});

interface ControllerPod extends KubeObject {
  readonly status: {
    readonly containerStatuses?: readonly { readonly ready: boolean; readonly restartCount: number }[];
  };
}

function applicationOf(title: string, { name, spec }: Mistake): ReturnType<typeof piApplication> {
  return piApplication({ namespace: NAMESPACE, name: name ?? title.toLowerCase().replaceAll(' ', '-'), spec });
}

async function eventsOf(kubectl: Kubectl, { metadata }: SeenApplication): Promise<string> {
  return kubectl.text(['-n', NAMESPACE, 'describe', 'sparkapplication', metadata.name]);
}
