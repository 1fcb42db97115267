import { describe, expect, it } from '@jest/globals';

import { anApp } from '../../test/builders.ts';
import { parseDemoArguments } from './arguments.ts';
import { hookMessages } from './install-operator.ts';
import { KEY_ANNOTATION, wasInstalledWith } from './is-installed.ts';
import { executorCount, look, piOf, statusLines, storyLine } from './story.ts';

const ended = {
  applicationState: { state: 'COMPLETED' },
  executors: { desired: 1, pending: 0, running: 0, succeeded: 1, failed: 0 },
  attempts: [
    {
      number: 1,
      submissionID: 'x',
      driverPodName: 'pi-driver',
      startTime: '2026-01-01T00:00:00Z',
      endTime: '2026-01-01T00:00:25Z',
      state: 'COMPLETED',
    },
  ],
} as const;

describe('the story of a run', () => {
  it('calls an application that the operator has not seen yet New', () => {
    expect(look(anApp({}))).toEqual({ state: 'New', executors: '' });
  });

  it('tells a change once', () => {
    const now = look(anApp({ status: ended }));
    expect(storyLine(undefined, now, 25_340)).toBe(
      ' 25.3 s  COMPLETED    executors: 0 running, 0 pending, 1 done of 1',
    );
    expect(storyLine(now, now, 26_000)).toBeUndefined();
  });

  it('lists the attempts with their times, and counts executors', () => {
    const app = anApp({ status: ended });
    expect(statusLines(app)[0]).toContain(
      '2026-01-01T00:00:00Z → 2026-01-01T00:00:25Z  COMPLETED  driver pod pi-driver',
    );
    expect(executorCount(app)).toBe(1);
  });
});

describe('piOf', () => {
  it.each([
    ['INFO x\nPi is roughly 3.141560\nINFO y', '3.141560'],
    ['INFO Pi is not computed', undefined],
  ])('finds the value in %j', (given, want) => {
    expect(piOf(given)).toBe(want);
  });
});

describe('hookMessages', () => {
  it('finds the line of each hook among what helm prints', () => {
    const line = (hook: string): string => `{"hook":"${hook}","outcome":"ok","message":"done"}`;
    const printed = ['NAME: x', '{"level":"info","msg":"Looking"}', line('crds'), line('preflight'), ''].join('\n');
    expect(hookMessages(printed)).toEqual(['preflight: done', 'crds: done']);
  });
});

describe('wasInstalledWith', () => {
  const status = (state: string): string =>
    JSON.stringify({ info: { status: state }, config: { controller: { annotations: { [KEY_ANNOTATION]: 'a b' } } } });
  it.each([
    ['the same key', status('deployed'), 'a b', true],
    ['another image or chart', status('deployed'), 'a c', false],
    ['an upgrade that failed', status('failed'), 'a b', false],
    ['a release of another hand', '{"info":{"status":"deployed"}}', 'a b', false],
  ])('with %s', (_name, given, key, want) => {
    expect(wasInstalledWith(given, key)).toBe(want);
  });
});

describe('parseDemoArguments', () => {
  it('knows --down and --provider', () => {
    expect(parseDemoArguments(['--down'])).toEqual({ down: true });
    expect(parseDemoArguments(['--provider', 'bare'])).toEqual({ down: false, provider: 'bare' });
  });
  it('says what is allowed', () => {
    expect(() => parseDemoArguments(['--provider', 'docker'])).toThrow('--provider must be kind or bare, got "docker"');
    expect(() => parseDemoArguments(['--dwon'])).toThrow(/--dwon.*\n.*npm run demo/s);
  });
});
