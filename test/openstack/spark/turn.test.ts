import { randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { resources } from '../../../kube/resources.ts';
import { TURN_NAME, withTurn } from '../../../openstack/spark-install/turn.ts';
import { memoryKube, type MemoryKube } from '../memory-kube.ts';

const namespace = 'spark-operator';
const ref = { namespace, name: TURN_NAME };

/** A world whose time passes while it waits; `during` happens at each look of a run that waits. */
function worldOf(during: (looks: number) => Promise<unknown> = () => Promise.resolve()) {
  const state = { now: 0, looks: 0, said: [] as string[] };
  const controller = new AbortController();
  const cli = {
    now: () => new Date(state.now),
    sleep: async (milliseconds: number) => {
      state.now += milliseconds;
      await during(++state.looks);
    },
    interrupted: controller.signal,
    random: (bytes: number) => randomBytes(bytes),
    terminal: {
      print: () => undefined,
      printError: (line: string) => void state.said.push(line),
      write: () => Promise.resolve(),
      colour: false,
    },
  };
  return { cli, state, controller };
}

const holder = async ({ client }: MemoryKube): Promise<string | undefined> =>
  (await client.get(resources.leases, ref)).spec?.holderIdentity;

const held = ({ client }: MemoryKube, holderIdentity: string): Promise<unknown> =>
  client.create(resources.leases, { metadata: ref, spec: { holderIdentity } });

describe('a run’s turn on an operator', () => {
  it('is free where nobody was before, and given back', async () => {
    const kube = memoryKube();
    const { cli, state } = worldOf();
    const seen = await withTurn(cli, { client: kube.client, namespace }, async (turn) => ({
      turn,
      holder: await holder(kube),
    }));
    expect(seen).toEqual({ turn: { inherited: false }, holder: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(await holder(kube)).toBe('');
    expect(state.looks).toBe(0);
    await expect(withTurn(cli, { client: kube.client, namespace }, (turn) => Promise.resolve(turn))).resolves.toEqual({
      inherited: false,
    });
  });

  it('is given back by work that fails, too', async () => {
    const kube = memoryKube();
    const failing = withTurn(worldOf().cli, { client: kube.client, namespace }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await holder(kube)).toBe('');
  });

  it('comes after a run that works, however long that takes, and says once that it waits', async () => {
    const kube = memoryKube();
    await held(kube, 'other');
    const { cli, state } = worldOf((looks) => {
      const spec = looks === 40 ? { holderIdentity: '' } : { renewTime: String(looks) };
      return kube.client.patch(resources.leases, ref, { spec });
    });
    const turn = await withTurn(cli, { client: kube.client, namespace }, (got) => Promise.resolve(got));
    expect(turn).toEqual({ inherited: false });
    expect(state.looks).toBe(40);
    expect(state.said).toEqual([expect.stringContaining('waiting for it')]);
  });

  it('is inherited from a run that has gone silent', async () => {
    const kube = memoryKube();
    await held(kube, 'dead');
    const { cli, state } = worldOf();
    const turn = await withTurn(cli, { client: kube.client, namespace }, (got) => Promise.resolve(got));
    expect(turn).toEqual({ inherited: true });
    expect(state.now).toBe(15_000);
  });

  it('is not waited for after Ctrl-C', async () => {
    const kube = memoryKube();
    await held(kube, 'other');
    const { cli, controller } = worldOf(async (looks) => {
      if (looks === 2) controller.abort();
    });
    const waiting = withTurn(cli, { client: kube.client, namespace }, (got) => Promise.resolve(got));
    await expect(waiting).rejects.toMatchObject({ exitCode: 130 });
    expect(await holder(kube)).toBe('other');
  });
});
