import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { cacheDir } from '../cache.ts';
import { DEFAULT_NAME, UsageError } from '../cluster/options.ts';

/** What was asked for on the command line. */
export interface RealCloudCommand {
  readonly command: 'start' | 'stop' | 'status';
  readonly root: string;
  readonly address?: string;
  readonly cluster: string;
  readonly kerberos: boolean;
  readonly json: boolean;
}

export const USAGE = `npm run real-cloud -- start | stop | status
  --root DIR        where everything of the cloud is kept (default: a folder in the cache)
  --address IP      what the services listen on (default: what pods of the local cluster reach, else 127.0.0.1)
  --cluster NAME    the local Kubernetes that plays the machines of clusters (default: ${DEFAULT_NAME})
  --kerberos        also a Kerberos realm, in which demo has a ticket
  -o json           status as JSON`;

/** argv in, command out. Throws a {@link UsageError}. */
export function parseCommand(argv: readonly string[]): RealCloudCommand {
  const { values, positionals } = parse(argv);
  const [command, ...rest] = positionals;
  if (command !== 'start' && command !== 'stop' && command !== 'status') {
    throw new UsageError(`Expected one of start, stop, status, got "${command ?? ''}"`);
  }
  if (rest.length > 0) throw new UsageError(`${command} takes no "${rest.join(' ')}"`);
  if (values.output !== undefined && values.output !== 'json') {
    throw new UsageError(`--output must be json, got "${values.output}"`);
  }
  return {
    command,
    root: resolve(values.root ?? cacheDir('real-cloud', 'default')),
    ...(values.address === undefined ? {} : { address: values.address }),
    cluster: values.cluster,
    kerberos: values.kerberos,
    json: values.output === 'json',
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        root: { type: 'string' },
        address: { type: 'string' },
        cluster: { type: 'string', default: DEFAULT_NAME },
        kerberos: { type: 'boolean', default: false },
        output: { type: 'string', short: 'o' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
