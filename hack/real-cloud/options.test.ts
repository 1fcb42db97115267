import { describe, expect, it } from '@jest/globals';

import { UsageError } from '../cluster/options.ts';
import { parseCommand, type RealCloudCommand } from './options.ts';

const good: Record<string, { given: readonly string[]; want: Partial<RealCloudCommand> }> = {
  start: { given: ['start'], want: { command: 'start', cluster: 'spark-operator', json: false } },
  'start somewhere': {
    given: ['start', '--root', '/r', '--address', '127.0.0.1', '--cluster', 'c'],
    want: { root: '/r', address: '127.0.0.1', cluster: 'c' },
  },
  'status as JSON': { given: ['status', '-o', 'json'], want: { command: 'status', json: true } },
};

const bad: Record<string, { given: readonly string[]; want: string }> = {
  'no command': { given: [], want: 'Expected one of start, stop, status, got ""' },
  'an unknown command': { given: ['up'], want: 'got "up"' },
  'too much': { given: ['stop', 'now'], want: 'stop takes no "now"' },
  'another format': { given: ['status', '-o', 'yaml'], want: '--output must be json, got "yaml"' },
  'an unknown flag': { given: ['start', '--rot', '/r'], want: "Unknown option '--rot'" },
};

describe('parseCommand', () => {
  it.each(Object.entries(good))('understands %s', (_name, { given, want }) => {
    expect(parseCommand(given)).toMatchObject(want);
  });

  it.each(Object.entries(bad))('refuses %s', (_name, { given, want }) => {
    expect(() => parseCommand(given)).toThrow(UsageError);
    expect(() => parseCommand(given)).toThrow(want);
  });
});
