import { parseArgs } from 'node:util';

/** What `npm run demo` was asked for. */
export interface DemoRequest {
  /** Remove everything instead. */
  readonly down: boolean;
  readonly provider?: 'kind' | 'bare';
}

export const USAGE = `npm run demo [-- OPTIONS]
  --down                remove the cluster and everything that was made for it
  --provider kind|bare  how the cluster is run (default: kind when Docker or Podman answers, bare otherwise)`;

/** Throws a message with the usage when the arguments cannot be understood. */
export function parseDemoArguments(argv: readonly string[]): DemoRequest {
  const { values } = parse(argv);
  const { down, provider } = values;
  if (provider === undefined) return { down };
  if (provider === 'kind' || provider === 'bare') return { down, provider };
  throw new Error(`--provider must be kind or bare, got "${provider}"\n${USAGE}`);
}

function parse(argv: readonly string[]) {
  try {
    const options = { down: { type: 'boolean', default: false }, provider: { type: 'string' } } as const;
    return parseArgs({ args: [...argv], options });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}
