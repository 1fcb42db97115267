import { describe, expect, it } from '@jest/globals';

import { withServer } from '../test/scripted-server.ts';
import { silentLogger } from '../kube/log.ts';
import { manualClock } from '../kube/manual-clock.ts';
import type { Hook } from './hook.ts';
import { exitCodeOf, lineOf, reportOf, type HookReport } from './report.ts';
import { runHook } from './run-hook.ts';

const never = new AbortController().signal;

/** Runs a hook whose time is a minute, by a clock that goes forward in steps of a second. */
async function runFor(hook: Hook, stop: AbortSignal = never): Promise<HookReport> {
  const clock = manualClock();
  return withServer(
    () => undefined,
    async ({ client }) => {
      let report: HookReport | undefined;
      const ended = runHook(hook, { name: 'crds', timeoutMs: 60_000, stop, client, clock, log: silentLogger() });
      void ended.then((value) => (report = value));
      for (let second = 0; second < 61; second++) {
        await new Promise(setImmediate);
        if (report !== undefined) break;
        clock.advance(1_000);
      }
      return ended;
    },
  );
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    // The reasons of these signals are errors.
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

describe('runHook', () => {
  const cases: Record<string, { readonly given: Hook; readonly want: object }> = {
    'reports what the hook says, with its details': {
      given: async () => ({ ok: true, message: 'done', details: { count: 1 } }),
      want: { hook: 'crds', outcome: 'ok', message: 'done', count: 1 },
    },
    'reports an error': {
      given: async () => Promise.reject(new Error('broken')),
      want: { hook: 'crds', outcome: 'failed', message: 'broken' },
    },
    'lets a hook say how far it came when its time is nearly over': {
      given: async ({ signal }) =>
        untilAborted(signal).catch((reason: unknown) => ({ ok: false, message: `half, then: ${String(reason)}` })),
      want: { outcome: 'failed', message: 'half, then: Error: Not done within 60 s' },
    },
    'gives up a hook that does not listen': {
      given: async () => new Promise(() => {}),
      want: { outcome: 'failed', message: 'Not done within 60 s' },
    },
  };
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await runFor(given)).toMatchObject(want);
  });

  it('ends early when the pod is stopped', async () => {
    const stop = AbortSignal.abort(new Error('Stopped by SIGTERM'));
    const report = await runFor(async ({ signal }) => {
      signal.throwIfAborted();
      return { ok: true, message: '' };
    }, stop);
    expect(report).toMatchObject({ outcome: 'failed', message: 'Stopped by SIGTERM' });
  });
});

describe('a report', () => {
  it('is one line, with its three fields first, which no detail can replace', () => {
    const report = reportOf('crds', { ok: false, message: 'a\nb', details: { zeal: 1, outcome: 'ok' } });
    expect(lineOf(report)).toBe('{"hook":"crds","outcome":"failed","message":"a\\nb","zeal":1}\n');
  });

  it('fails the job, but never an uninstallation', () => {
    const failed = { ok: false, message: '' };
    expect(exitCodeOf(reportOf('crds', failed))).toBe(1);
    expect(exitCodeOf(reportOf('cleanup', failed))).toBe(0);
    expect(exitCodeOf(reportOf('crds', { ok: true, message: '' }))).toBe(0);
  });
});
