import { describe, expect, it } from '@jest/globals';
import type { LeaderElection } from './lease.ts';
import { silentLogger } from './log.ts';
import { runProgram, type ProgramOptions, type Watching } from './program.ts';

/** Writes down what happens, in order. */
function stage() {
  const story: string[] = [];
  const aborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const informer = (name: string, synced: Promise<void> = Promise.resolve()): Watching => ({
    run: async (stop) => {
      story.push(`${name} runs`);
      await aborted(stop);
      story.push(`${name} ends`);
    },
    whenSynced: (stop) => (stop === undefined ? synced : Promise.race([synced, aborted(stop)])),
  });
  const work = async (stop: AbortSignal): Promise<void> => {
    story.push('work starts');
    await aborted(stop);
    story.push('work ends');
  };
  const cleanup = (name: string) => async (): Promise<void> => void story.push(name);
  return { story, aborted, informer, work, cleanup, log: silentLogger() };
}

const election = (end: 'stopped' | 'lost', say: (text: string) => void): LeaderElection => ({
  isLeader: () => true,
  run: async (lead, stop) => {
    const held = new AbortController();
    stop.addEventListener('abort', () => held.abort(), { once: true });
    if (end === 'lost') setImmediate(() => held.abort());
    await lead(held.signal);
    if (end === 'stopped') say('lease released');
    return end;
  },
});

describe('a program', () => {
  it('goes up in order and comes down in reverse', async () => {
    const { story, informer, work, cleanup, log } = stage();
    const stop = new AbortController();
    const options: ProgramOptions = {
      log,
      informers: [informer('pods')],
      work: async (held) => {
        setImmediate(() => stop.abort());
        await work(held);
      },
      election: election('stopped', (text) => story.push(text)),
      cleanup: [cleanup('events flushed'), cleanup('servers closed')],
    };
    expect(await runProgram(options, stop.signal)).toBe(0);
    expect(story).toEqual([
      'pods runs',
      'work starts',
      'work ends',
      'lease released',
      'pods ends',
      'events flushed',
      'servers closed',
    ]);
  });

  it('does no work before all caches are synced', async () => {
    const { story, informer, work, log } = stage();
    const stop = new AbortController();
    const never = new Promise<void>(() => undefined);
    const running = runProgram({ log, informers: [informer('a'), informer('b', never)], work }, stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    expect(story).toEqual(['a runs', 'b runs']);
    stop.abort();
    expect(await running).toBe(0);
    expect(story).not.toContain('work starts');
  });

  it('ends with 1 when leadership is lost', async () => {
    const { story, informer, work, cleanup, log } = stage();
    const options = {
      log,
      informers: [informer('pods')],
      work,
      election: election('lost', (text) => story.push(text)),
      cleanup: [cleanup('servers closed')],
    };
    expect(await runProgram(options, new AbortController().signal)).toBe(1);
    expect(story).toEqual(['pods runs', 'work starts', 'work ends', 'pods ends', 'servers closed']);
  });

  it('ends with 1 when the work fails', async () => {
    const { informer, log } = stage();
    const work = async (): Promise<void> => {
      throw new Error('broken');
    };
    expect(await runProgram({ log, informers: [informer('pods')], work }, new AbortController().signal)).toBe(1);
  });

  it('does not wait for ever for work or clean-up that hangs', async () => {
    const { informer, log, cleanup, story } = stage();
    const stop = new AbortController();
    const hangs = (): Promise<void> => new Promise(() => undefined);
    const options: ProgramOptions = {
      log,
      informers: [informer('pods')],
      work: hangs,
      cleanup: [hangs, cleanup('servers closed')],
      stopWithinMs: 20,
    };
    setImmediate(() => stop.abort());
    expect(await runProgram(options, stop.signal)).toBe(0);
    expect(story).toContain('servers closed');
  });
});
