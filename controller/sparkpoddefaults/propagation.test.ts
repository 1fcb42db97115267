import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject, Secret } from '../../api/kubernetes.ts';
import { silentLogger } from '../../kube/log.ts';
import { answerJson, withServer, type Script } from '../../test/scripted-server.ts';
import { inventories } from './inventory.ts';
import { propagate, RECHECK_MS, RETRY_MS, type Outcomes, type PropagationWorld } from './propagation.ts';
import type { WantedCopy } from './wanted-copies.ts';

const s3: WantedCopy = { kind: 'Secret', name: 's3', by: ['site/s3'] };
const content = { type: 'Opaque', data: { key: 'dmFsdWU=' } };

type Objects = Map<string, KubernetesObject>;

/** What each verb does to an object that is there; undefined = 404. */
const verbs: Readonly<Record<string, (objects: Objects, key: string, sent: KubernetesObject) => object | undefined>> = {
  GET: (objects, key) => objects.get(key),
  POST: (objects, key, sent) => objects.set(key, sent).get(key),
  PATCH: (objects, key, sent) => {
    const there = objects.get(key);
    if (there === undefined) return undefined;
    return objects.set(key, { ...there, ...sent, metadata: there.metadata ?? {} }).get(key);
  },
  DELETE: (objects, key) => (objects.delete(key) ? {} : undefined),
};

/** Which object of namespace team-a a request is about, and what was sent. */
async function read(request: IncomingMessage): Promise<{ readonly key: string; readonly sent: KubernetesObject }> {
  const [, plural = '', name] = /namespaces\/team-a\/([a-z]+)(?:\/([^/?]+))?/.exec(request.url ?? '') ?? [];
  const body = await text(request);
  // Parse boundary: our own client sends objects.
  const sent = JSON.parse(body || '{}') as KubernetesObject;
  return { key: `${plural}/${name ?? sent.metadata?.name ?? ''}`, sent };
}

/** Objects by `plural/name`: as much of an API server as copies need. */
const store =
  (objects: Objects, writes: string[], refusal: () => string | undefined): Script =>
  async (request, response) => {
    const { key, sent } = await read(request);
    const { method = '' } = request;
    const isWrite = method !== 'GET';
    const message = refusal();
    if (isWrite && message !== undefined) {
      answerJson(response, 403, { reason: 'Forbidden', message });
      return;
    }
    if (isWrite) writes.push(`${method} ${key}`);
    const answer = verbs[method]?.(objects, key, sent);
    answerJson(response, answer === undefined ? 404 : 200, answer ?? { reason: 'NotFound' });
  };

interface Stage {
  readonly world: PropagationWorld;
  readonly objects: Objects;
  readonly writes: string[];
  /** What the namespace should hold. */
  wanted: readonly WantedCopy[] | undefined;
  /** What the API server answers to every write, with 403. */
  refusal: string | undefined;
}

async function onStage(act: (stage: Stage) => Promise<void>): Promise<void> {
  const objects: Objects = new Map();
  const writes: string[] = [];
  let stage: Stage | undefined = undefined;
  await withServer(
    store(objects, writes, () => stage?.refusal),
    async ({ client }) => {
      const options = { client, operatorNamespace: 'site', namespaces: ['team-a'], log: silentLogger() };
      const world: PropagationWorld = {
        client,
        operatorNamespace: 'site',
        inventories: inventories(options),
        read: () => Promise.resolve(content),
        wantedIn: () => stage?.wanted,
        outcomes: new Map<string, Outcomes>(),
      };
      stage = { world, objects, writes, wanted: [s3], refusal: undefined };
      await act(stage);
    },
  );
}

const pass = ({ world }: Stage): ReturnType<typeof propagate> => propagate(world, 'team-a');

describe('propagate', () => {
  it('writes the inventory before the copy, then nothing, and looks again in ten minutes', async () => {
    await onStage(async (stage) => {
      expect(await pass(stage)).toEqual({ requeueAfterMs: RECHECK_MS });
      expect(stage.writes).toEqual([
        expect.stringMatching(/^POST configmaps\/spark-operator-copies-/),
        'POST secrets/s3',
      ]);
      stage.writes.length = 0;
      expect(await pass(stage)).toEqual({ requeueAfterMs: RECHECK_MS });
      expect(stage.writes).toEqual([]);
      expect(RECHECK_MS).toBe(600_000);
    });
  });

  it('repairs a copy that was edited, and one that was deleted', async () => {
    await onStage(async (stage) => {
      await pass(stage);
      const copy: Secret = stage.objects.get('secrets/s3') ?? {};
      stage.objects.set('secrets/s3', { ...copy, data: { key: 'ZWRpdGVk' } } as Secret);
      await pass(stage);
      expect(stage.objects.get('secrets/s3')).toMatchObject({ data: content.data });
      stage.objects.delete('secrets/s3');
      await pass(stage);
      expect(stage.objects.get('secrets/s3')).toMatchObject({ data: content.data });
    });
  });

  it('removes what is not asked for any more, the inventory last', async () => {
    await onStage(async (stage) => {
      await pass(stage);
      stage.writes.length = 0;
      stage.wanted = [];
      expect(await pass(stage)).toEqual({});
      expect(stage.writes).toEqual(['DELETE secrets/s3', expect.stringMatching(/^DELETE configmaps\//)]);
      expect([...stage.objects.keys()]).toEqual([]);
    });
  });

  it('never touches an object of that name that is no copy, neither to make nor to remove it', async () => {
    await onStage(async (stage) => {
      const own: Secret = { metadata: { namespace: 'team-a', name: 's3' }, data: { key: 'b3du' } };
      stage.objects.set('secrets/s3', own);
      await pass(stage);
      expect(stage.world.outcomes.get('team-a')?.get('Secret/s3')?.kind).toBe('NameTaken');
      stage.wanted = [];
      await pass(stage);
      expect(stage.objects.get('secrets/s3')).toEqual(own);
      expect(stage.writes.filter((write) => write.includes('secrets'))).toEqual([]);
    });
  });

  it('names the chart value that gives the right, and tries again soon', async () => {
    await onStage(async (stage) => {
      await pass(stage);
      stage.objects.delete('secrets/s3');
      stage.refusal = 'secrets is forbidden: User "x" cannot create resource "secrets" in API group ""';
      expect(await pass(stage)).toEqual({ requeueAfterMs: RETRY_MS });
      expect(stage.world.outcomes.get('team-a')?.get('Secret/s3')).toMatchObject({
        kind: 'Forbidden',
        message: expect.stringContaining('podDefaults.propagate.secrets'),
      });
    });
  });

  it('keeps in the inventory what it may not remove', async () => {
    await onStage(async (stage) => {
      await pass(stage);
      stage.wanted = [];
      stage.refusal = 'secrets "s3" is forbidden: User "x" cannot delete resource "secrets" in API group ""';
      expect(await pass(stage)).toEqual({ requeueAfterMs: RETRY_MS });
      expect(stage.world.inventories.of('team-a')).toEqual([{ kind: 'Secret', name: 's3' }]);
      stage.refusal = undefined;
      expect(await pass(stage)).toEqual({});
    });
  });

  it('forgets a namespace that is gone', async () => {
    await onStage(async (stage) => {
      await pass(stage);
      stage.wanted = undefined;
      stage.writes.length = 0;
      expect(await pass(stage)).toEqual({});
      expect(stage.writes).toEqual([]);
      expect(stage.world.outcomes.size).toBe(0);
    });
  });
});
