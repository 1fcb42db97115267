import { parseArgs } from 'node:util';

/** The sub-commands of `npm run cluster`. */
export const COMMANDS = ['up', 'down', 'status', 'load', 'kubeconfig', 'build'] as const;
export type ClusterCommand = (typeof COMMANDS)[number];

/** What was asked for on the command line. */
export interface ClusterOptions {
  readonly command: ClusterCommand;
  readonly name: string;
  /** Unset: kind where a container engine answers, bare otherwise. */
  readonly provider?: 'kind' | 'bare';
  readonly nodes: number;
  readonly controlPlane: boolean;
  readonly emulatedVersion?: string;
  /** What `load` brings into the nodes: image references or archive files. */
  readonly images: readonly string[];
}

/** The name of a cluster when none is given. */
export const DEFAULT_NAME = 'spark-operator';
export const DEFAULT_CONTROL_PLANE_NAME = 'spark-operator-control-plane';

export const USAGE = `npm run cluster -- up | down | status | load IMAGE… | kubeconfig | build
  --provider kind|bare      kind needs Docker or Podman, bare needs root on Linux (default: whichever works)
  --name NAME               of the cluster (default: ${DEFAULT_NAME})
  --nodes N                 1 to 5 nodes (default: 1)
  --control-plane           only the Kubernetes API, without nodes; needs no root
  --emulated-version 1.31   behave as this older minor of Kubernetes (not with kind)`;

/** Arguments that cannot be understood; the message says which and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** argv in, options out. Throws a {@link UsageError}. */
export function parseOptions(argv: readonly string[]): ClusterOptions {
  const { values, positionals } = parse(argv);
  const [command, ...images] = positionals;
  const controlPlane = values['control-plane'];
  const provider = values.provider;
  if (provider !== undefined && provider !== 'kind' && provider !== 'bare') {
    throw new UsageError(`--provider must be kind or bare, got "${provider}"`);
  }
  return {
    command: asCommand(command, images),
    name: clusterName(values.name ?? (controlPlane ? DEFAULT_CONTROL_PLANE_NAME : DEFAULT_NAME)),
    ...(provider === undefined ? {} : { provider }),
    nodes: nodeCount(values.nodes),
    controlPlane,
    ...(values['emulated-version'] === undefined ? {} : { emulatedVersion: minor(values['emulated-version']) }),
    images,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        provider: { type: 'string' },
        name: { type: 'string' },
        nodes: { type: 'string', default: '1' },
        'control-plane': { type: 'boolean', default: false },
        'emulated-version': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function asCommand(text: string | undefined, images: readonly string[]): ClusterCommand {
  const command = COMMANDS.find((known) => known === text);
  if (command === undefined) throw new UsageError(`Expected one of ${COMMANDS.join(', ')}, got "${text ?? ''}"`);
  if (command === 'load' && images.length === 0) throw new UsageError('load needs image references or archive files');
  if (command !== 'load' && images.length > 0) throw new UsageError(`${command} takes no "${images.join(' ')}"`);
  return command;
}

function clusterName(text: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(text)) return text;
  throw new UsageError(
    `--name must be 1 to 40 of a-z, 0-9 and "-", beginning and ending with a letter or digit, got "${text}"`,
  );
}

function nodeCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 5) return count;
  throw new UsageError(`--nodes must be 1 to 5, got "${text}"`);
}

function minor(text: string): string {
  if (/^1\.\d{1,3}$/.test(text)) return text;
  throw new UsageError(`--emulated-version must look like 1.31, got "${text}"`);
}
