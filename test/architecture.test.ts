import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/**
 * Who may import whom: the table of docs/design.md, "The house", as data.
 * `rooms`: other rooms; `packages`: npm packages; `builtins`: Node modules, `'any'` where the room may do I/O.
 * `import type` is free for the packages in `types` and for no others.
 */
interface Rule {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
  readonly types?: readonly string[];
  readonly builtins: readonly string[] | 'any';
}

const CLIENT_NODE = '@kubernetes/client-node';

const rules: Readonly<Record<string, Rule>> = {
  api: { rooms: ['api'], packages: [], types: [CLIENT_NODE], builtins: [] },
  spark: { rooms: ['api', 'spark'], packages: ['croner'], types: [CLIENT_NODE], builtins: ['node:crypto'] },
  kube: {
    rooms: ['api', 'kube'],
    packages: ['undici', 'pino', 'prom-client'],
    types: [CLIENT_NODE],
    builtins: 'any',
  },
  controller: { rooms: ['api', 'spark', 'kube', 'controller'], packages: [], types: [CLIENT_NODE], builtins: 'any' },
  certificates: {
    rooms: ['certificates'],
    packages: ['node-forge'],
    builtins: ['node:crypto', 'node:util'],
  },
  webhook: {
    rooms: ['api', 'spark', 'kube', 'certificates', 'webhook'],
    packages: ['express', 'fast-json-patch'],
    types: [CLIENT_NODE],
    builtins: 'any',
  },
  hooks: {
    rooms: ['api', 'spark', 'kube', 'certificates', 'openstack', 'hooks'],
    packages: [],
    types: [CLIENT_NODE],
    builtins: 'any',
  },
  terminal: {
    rooms: ['terminal'],
    packages: ['yaml', '@inquirer/select', '@inquirer/input', '@inquirer/password', '@inquirer/confirm'],
    types: ['commander'],
    builtins: ['node:fs', 'node:util', 'node:process'],
  },
  openstack: {
    rooms: ['api', 'kube', 'certificates', 'terminal', 'openstack'],
    packages: ['commander', 'yaml', 'undici', '@aws-sdk/client-s3'],
    types: [CLIENT_NODE],
    builtins: 'any',
  },
  sparkctl: {
    rooms: ['api', 'spark', 'kube', 'terminal', 'sparkctl'],
    packages: ['commander', 'yaml'],
    types: [CLIENT_NODE],
    builtins: 'any',
  },
};

/** The only files that may load client-node at run time, and only lazily: it costs 110 MB (docs/design.md, D7). */
const lazyClientNode = ['kube/kubeconfig.ts', 'kube/exec.ts', 'kube/log-stream.ts', 'kube/port-forward.ts'];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

const root = normalize(join(import.meta.dirname, '..'));

const sourcesOf = (room: string): string[] =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((path) => join(room, path))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const lazyCall = /(?<!typeof\s)\bimport\('([^']+)'\)/g;

const importsOf = (file: string): Import[] => {
  const text = readFileSync(join(root, file), 'utf8');
  return [
    ...[...text.matchAll(statement)].map((m) => ({
      file,
      target: m[2] ?? '',
      typeOnly: m[1] !== undefined,
      lazy: false,
    })),
    ...[...text.matchAll(lazyCall)].map((m) => ({ file, target: m[1] ?? '', typeOnly: false, lazy: true })),
  ];
};

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

const isBuiltin = (target: string): boolean => target.startsWith('node:') || builtinModules.includes(target);

const roomOf = (found: Import): string => {
  const path = relative(root, join(root, dirname(found.file), found.target));
  return path.split('/')[0] ?? '';
};

const allowed = (room: string, rule: Rule, found: Import): boolean => {
  if (found.target.startsWith('.')) return rule.rooms.includes(roomOf(found));
  if (isBuiltin(found.target)) return rule.builtins === 'any' || rule.builtins.includes(found.target);
  const name = packageOf(found.target);
  if (found.typeOnly && rule.types?.includes(name) === true) return true;
  if (name === CLIENT_NODE) return room === 'kube' && found.lazy && lazyClientNode.includes(found.file);
  return rule.packages.includes(name);
};

const complaintsOf = (room: string, rule: Rule): string[] =>
  sourcesOf(room)
    .flatMap(importsOf)
    .filter((found) => !allowed(room, rule, found))
    .map(({ file, target }) => `${file} must not import ${target}`);

describe('the house', () => {
  it.each(Object.entries(rules))('room %s imports only what its row allows', (room, rule) => {
    expect(sourcesOf(room).length).toBeGreaterThan(0);
    expect(complaintsOf(room, rule)).toEqual([]);
  });

  it('keeps the pure rooms free of promises, clocks and randomness', () => {
    const impure = /\bMath\.random\b|\bDate\.now\b|new Date\(\)|\basync\b|\bawait\b|\bPromise\b|\bprocess\./;
    const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const offenders = [...sourcesOf('api'), ...sourcesOf('spark')].filter((file) =>
      impure.test(withoutComments(readFileSync(join(root, file), 'utf8'))),
    );
    expect(offenders).toEqual([]);
  });

  it('gives every room a README of at most one screen and a half', () => {
    const tooLong = Object.keys(rules).filter(
      (room) => readFileSync(join(root, room, 'README.md'), 'utf8').split('\n').length > 75,
    );
    expect(tooLong).toEqual([]);
  });
});
