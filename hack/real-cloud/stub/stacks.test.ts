import { describe, expect, it } from '@jest/globals';

import { Stacks, type Stack } from './stacks.ts';

/** Stacks whose time passes when the test says so. */
function stacksWithClock(create: (stack: Stack) => Promise<string> = () => Promise.resolve('10.0.0.5')) {
  const waiting: (() => void)[] = [];
  const waits: number[] = [];
  const deleted: string[] = [];
  const stacks = new Stacks({
    work: {
      create,
      delete: (stack) => {
        deleted.push(stack.name);
        return Promise.resolve();
      },
    },
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    delayMs: 2000,
  });
  /** Ends the waits that began first, or all. */
  const passTime = async (count = waiting.length): Promise<void> => {
    for (const go of waiting.splice(0, count)) go();
    // What follows the wait are a few steps of promises.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const statusOf = (name: string): string => {
    const stack = stacks.find('p', name);
    return `${stack?.action ?? ''}_${stack?.status ?? ''}`;
  };
  return { stacks, waits, deleted, passTime, statusOf };
}

describe('a stack', () => {
  it('is in progress, then complete with the address that its machines have', async () => {
    const { stacks, waits, passTime, statusOf } = stacksWithClock();
    const { id } = stacks.start('p', 's', {});
    expect(statusOf('s')).toBe('CREATE_IN_PROGRESS');
    await passTime();
    expect(statusOf(id)).toBe('CREATE_COMPLETE');
    expect(stacks.find('p', id)?.apiAddress).toBe('10.0.0.5');
    expect(waits).toEqual([2000]);
  });

  it('fails once for the reason it was told, and the next one does not', async () => {
    const { stacks, waits, passTime, statusOf } = stacksWithClock();
    stacks.next('CREATE', { kind: 'fail', reason: 'No valid host', delayMs: 5 });
    stacks.start('p', 'first', {});
    stacks.start('p', 'second', {});
    await passTime();
    expect(stacks.find('p', 'first')).toMatchObject({ status: 'FAILED', reason: 'No valid host' });
    expect(statusOf('second')).toBe('CREATE_COMPLETE');
    expect(waits).toEqual([5, 2000]);
  });

  it('fails when its machines do not come up', async () => {
    const { stacks, passTime } = stacksWithClock(() => Promise.reject(new Error('The trustee cannot log in')));
    stacks.start('p', 's', {});
    await passTime();
    expect(stacks.find('p', 's')).toMatchObject({ status: 'FAILED', reason: 'The trustee cannot log in' });
  });

  it('stays in progress when it is stuck, until it is deleted', async () => {
    const { stacks, deleted, passTime, statusOf } = stacksWithClock();
    stacks.next('CREATE', { kind: 'stuck' });
    const { id } = stacks.start('p', 's', {});
    await passTime();
    expect(statusOf('s')).toBe('CREATE_IN_PROGRESS');
    stacks.remove(id);
    await passTime();
    expect(statusOf('s')).toBe('DELETE_COMPLETE');
    expect(deleted).toEqual(['s']);
  });

  it('deleted while it is created does not come back as complete', async () => {
    const { stacks, passTime, statusOf } = stacksWithClock();
    stacks.remove(stacks.start('p', 's', {}).id);
    await passTime(1);
    expect(statusOf('s')).toBe('DELETE_IN_PROGRESS');
    await passTime();
    expect(statusOf('s')).toBe('DELETE_COMPLETE');
  });

  it('takes new parameters beside the old ones', async () => {
    const { stacks, passTime, statusOf } = stacksWithClock();
    const { id } = stacks.start('p', 's', { number_of_minions: 1, kube_tag: 'v1' });
    await passTime();
    stacks.update(id, { number_of_minions: 3 });
    expect(statusOf('s')).toBe('UPDATE_IN_PROGRESS');
    await passTime();
    expect(stacks.find('p', id)?.parameters).toEqual({ number_of_minions: 3, kube_tag: 'v1' });
    expect(statusOf('s')).toBe('UPDATE_COMPLETE');
  });

  it('is not found by another project', () => {
    const { stacks } = stacksWithClock();
    const { id } = stacks.start('p', 's', {});
    expect(stacks.find('q', id)).toBeUndefined();
  });
});
