import { describe, expect, it } from '@jest/globals';
import { manualClock } from './manual-clock.ts';
import { WorkQueue } from './workqueue.ts';

const never = new AbortController().signal;

/** Takes and finishes keys until the queue is empty. */
async function drain(queue: WorkQueue): Promise<string[]> {
  const taken: string[] = [];
  while (queue.depth > 0) {
    const key = await queue.take(never);
    if (key === undefined) break;
    taken.push(key);
    queue.done(key);
  }
  return taken;
}

describe('the work queue', () => {
  const orders: Record<string, { given: readonly (readonly [string, 'normal' | 'low'])[]; want: readonly string[] }> = {
    'hands keys of one namespace out in order': {
      given: [
        ['a/1', 'normal'],
        ['a/2', 'normal'],
        ['a/3', 'normal'],
      ],
      want: ['a/1', 'a/2', 'a/3'],
    },
    'holds a key once, however often it is added': {
      given: [
        ['a/1', 'normal'],
        ['a/2', 'normal'],
        ['a/1', 'normal'],
        ['a/1', 'low'],
      ],
      want: ['a/1', 'a/2'],
    },
    'lets namespaces take turns': {
      given: [
        ['noisy/1', 'normal'],
        ['noisy/2', 'normal'],
        ['noisy/3', 'normal'],
        ['quiet/1', 'normal'],
        ['third/1', 'normal'],
      ],
      want: ['noisy/1', 'quiet/1', 'third/1', 'noisy/2', 'noisy/3'],
    },
    'hands low keys out after all others': {
      given: [
        ['a/old', 'low'],
        ['b/old', 'low'],
        ['a/new', 'normal'],
      ],
      want: ['a/new', 'a/old', 'b/old'],
    },
    'moves a low key ahead that is added again, and hands it out once': {
      given: [
        ['a/1', 'low'],
        ['a/2', 'low'],
        ['a/2', 'normal'],
      ],
      want: ['a/2', 'a/1'],
    },
    'serves cluster-scoped keys, too': {
      given: [
        ['node', 'normal'],
        ['a/1', 'normal'],
      ],
      want: ['node', 'a/1'],
    },
  };

  it.each(Object.entries(orders))('%s', async (_name, { given, want }) => {
    const queue = new WorkQueue({ clock: manualClock() });
    for (const [key, priority] of given) queue.add(key, priority);
    expect(await drain(queue)).toEqual(want);
  });

  it('serves a quiet namespace second, however long the line of a noisy one is', async () => {
    const queue = new WorkQueue({ clock: manualClock() });
    for (let count = 0; count < 5000; count++) queue.add(`noisy/${count}`);
    expect(await queue.take(never)).toBe('noisy/0');
    queue.add('quiet/1');
    expect([await queue.take(never), await queue.take(never)]).toContain('quiet/1');
  });

  it('never hands a key out twice at once; what is added meanwhile comes after done', async () => {
    const queue = new WorkQueue({ clock: manualClock() });
    queue.add('a/1');
    expect(await queue.take(never)).toBe('a/1');
    queue.add('a/1');
    queue.add('a/1');
    let second: string | undefined;
    const taking = queue.take(never).then((key) => (second = key));
    await Promise.resolve();
    expect(second).toBeUndefined();
    queue.done('a/1');
    expect(await taking).toBe('a/1');
    queue.done('a/1');
    expect(queue.depth).toBe(0);
  });

  it('wakes who waits, and lets them go when told to stop', async () => {
    const queue = new WorkQueue({ clock: manualClock() });
    const stop = new AbortController();
    const [first, second] = [queue.take(never), queue.take(stop.signal)];
    queue.add('a/1');
    expect(await first).toBe('a/1');
    stop.abort();
    expect(await second).toBeUndefined();
    expect(await queue.take(stop.signal)).toBeUndefined();
  });

  it('adds a delayed key when its time has come, at the earliest time it was given', async () => {
    const clock = manualClock();
    const queue = new WorkQueue({ clock });
    queue.addAfter('a/1', 5000);
    queue.addAfter('a/1', 1000);
    queue.addAfter('a/1', 9000);
    queue.addAfter('a/2', 500);
    clock.advance(499);
    expect(queue.depth).toBe(0);
    clock.advance(1);
    expect(await drain(queue)).toEqual(['a/2']);
    clock.advance(500);
    expect(await drain(queue)).toEqual(['a/1']);
    clock.advance(60_000);
    expect(queue.depth).toBe(0);
  });

  it('uses one timer, however many keys wait', () => {
    const clock = manualClock();
    const queue = new WorkQueue({ clock });
    for (let count = 0; count < 1000; count++) queue.addAfter(`a/${count}`, 1000 + ((count * 7919) % 1000));
    expect(clock.armed).toBe(1);
    expect(queue.delayed).toBe(1000);
    clock.advance(2000);
    expect(queue.depth).toBe(1000);
    expect(clock.armed).toBe(0);
  });

  it('has no timer any more when it is closed', () => {
    const clock = manualClock();
    const queue = new WorkQueue({ clock });
    queue.addAfter('a/1', 3_600_000);
    queue.close();
    queue.addAfter('a/2', 3_600_000);
    expect(clock.armed).toBe(0);
  });

  it('doubles the wait of a key that fails, up to a bound, until it is forgotten', () => {
    const queue = new WorkQueue({ clock: manualClock(), backoff: { baseMs: 50, maxMs: 300 } });
    const waits = Array.from({ length: 5 }, () => queue.addRateLimited('a/1'));
    expect(waits).toEqual([50, 100, 200, 300, 300]);
    expect(queue.addRateLimited('a/2')).toBe(50);
    queue.forget('a/1');
    expect(queue.addRateLimited('a/1')).toBe(50);
  });

  it('keeps its promises under random use', async () => {
    const queue = new WorkQueue({ clock: manualClock() });
    const random = randomNumbers(7);
    const working: string[] = [];
    const owed = new Set<string>();
    const add = (): void => {
      const key = `n${random(5)}/${random(40)}`;
      queue.add(key, random(2) === 0 ? 'low' : 'normal');
      owed.add(key);
    };
    const take = async (): Promise<void> => {
      if ([...owed].every((key) => working.includes(key))) return;
      const key = (await queue.take(never)) ?? '';
      expect({ owed: owed.delete(key), working: working.includes(key) }).toEqual({ owed: true, working: false });
      working.push(key);
    };
    const finish = (): void => {
      const key = working.splice(random(working.length), 1)[0];
      if (key !== undefined) queue.done(key);
    };
    const acts: readonly (() => unknown)[] = [add, take, finish];
    for (let step = 0; step < 5000; step++) await acts[random(acts.length)]?.();
    for (const key of working) queue.done(key);
    expect(new Set(await drain(queue))).toEqual(owed);
  });
});

/** The same numbers each time: a failure can be looked at again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}
