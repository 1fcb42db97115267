import { parseArgs } from 'node:util';
import type { DriverFamily, FakeCloudOptions, KeystonePolicy } from './options.ts';

export const USAGE = `npm run fake-cloud [-- OPTIONS]

Starts a small OpenStack of our own, for tests and demos, and ends it on Ctrl-C. It writes a clouds.yaml and says how to use it.

  --port N               port of all services; the object store takes N+1 (default: any)
  --address A            where to listen (default 127.0.0.1)
  --driver D             heat, capi-helm or vexxhost: whose ways Magnum has (default heat)
  --policy P             old or patched: whether Keystone lets delegated logins make trusts and EC2 keys (default patched)
  --max-microversion V   Magnum's newest (default 1.10; from 1.13 on it makes no trusts)
  --create-seconds N     how long a cluster takes (default 5)
  --clusters N           clusters that are there from the start (default 0)
  --api-address URL      what complete clusters name as their API server
  --tls                  HTTPS with an authority of its own
  --state FILE           keeps everything in FILE, so that the next start goes on from it
  --folder DIR           where clouds.yaml goes (default: a temporary folder)
  --help`;

/** What a person typed wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  port: { type: 'string', default: '0' },
  address: { type: 'string' },
  driver: { type: 'string', default: 'heat' },
  policy: { type: 'string', default: 'patched' },
  'max-microversion': { type: 'string' },
  'create-seconds': { type: 'string', default: '5' },
  clusters: { type: 'string', default: '0' },
  'api-address': { type: 'string' },
  tls: { type: 'boolean', default: false },
  state: { type: 'string' },
  folder: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The options of the command line; `help` when they were asked for. Throws UsageError. */
export function parseCommandLine(argv: readonly string[]): FakeCloudOptions | 'help' {
  const values = read(argv);
  if (values.help) return 'help';
  const given: Readonly<Record<string, string | undefined>> = {
    address: values.address,
    maxMicroversion: microversion(values['max-microversion']),
    apiAddress: values['api-address'],
    stateFile: values.state,
    folder: values.folder,
  };
  return {
    port: wholeNumber('port', values.port),
    drivers: oneOf<DriverFamily>('driver', values.driver, ['heat', 'capi-helm', 'vexxhost']),
    policy: oneOf<KeystonePolicy>('policy', values.policy, ['old', 'patched']),
    clusterCount: wholeNumber('clusters', values.clusters),
    tls: values.tls,
    latencies: { createMs: 1000 * wholeNumber('create-seconds', values['create-seconds']) },
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`--${flag} takes a whole number, not "${text}"`);
}

function oneOf<T extends string>(flag: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new UsageError(`--${flag} takes ${allowed.join(', ')}, not "${text}"`);
  return found;
}

function microversion(text: string | undefined): string | undefined {
  if (text === undefined || /^1\.\d+$/.test(text)) return text;
  throw new UsageError(`--max-microversion takes a version like 1.13, not "${text}"`);
}
