import { parseArgs } from 'node:util';
import { parseBindAddress } from './http-server.ts';

/** A flag or variable that cannot be used. The message names it and says what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'Config';
}

/** The values of a command line, read by type. Every reader throws a `ConfigError` that names the flag. */
export interface Flags<F extends string> {
  /** As it was written; empty when it was not given and has no default. */
  raw(flag: F): string;
  /** Undefined when empty. */
  text(flag: F): string | undefined;
  /** `a,b, c` without blanks and empty items. */
  list(flag: F): readonly string[];
  boolean(flag: F): boolean;
  oneOf<const T extends string>(flag: F, allowed: readonly T[]): T;
  /** A whole number of at least `least`. */
  integer(flag: F, least: number): number;
  optionalInteger(flag: F, least: number): number | undefined;
  /** Milliseconds from Go's notation: `15s`, `1m30s`, `500ms`, `2160h`. */
  duration(flag: F): number;
  /** `:8080`, `127.0.0.1:8080` or `[::1]:8080`, checked. */
  address(flag: F): string;
}

export interface FlagTable<F extends string> {
  /** Words that may stand in front of the flags, such as `webhook start`; the last alone is taken, too. */
  readonly command: readonly string[];
  /** Every flag with its default. */
  readonly defaults: Readonly<Record<F, string>>;
}

/**
 * Reads `--flag=value` and `--flag value`; a flag whose default is true or false means true when it stands alone.
 *
 * @throws ConfigError for an unknown flag, a missing value or a stray argument.
 */
export function readFlags<F extends string>(argv: readonly string[], table: FlagTable<F>): Flags<F> {
  const values = parse(argv, table);
  const raw = (flag: F): string => values[flag];
  const fault = (flag: F, expected: string): ConfigError =>
    new ConfigError(`--${flag} must be ${expected}, got "${raw(flag)}"`);
  const oneOf = <const T extends string>(flag: F, allowed: readonly T[]): T => {
    const found = allowed.find((one) => one === raw(flag));
    if (found === undefined) throw fault(flag, `one of ${allowed.join(', ')}`);
    return found;
  };
  const integer = (flag: F, least: number): number => {
    const value = Number(raw(flag));
    if (raw(flag) !== '' && Number.isInteger(value) && value >= least) return value;
    throw fault(flag, `a whole number of at least ${least}`);
  };
  return {
    raw,
    text: (flag) => (raw(flag) === '' ? undefined : raw(flag)),
    list: (flag) => items(raw(flag)),
    boolean: (flag) => oneOf(flag, ['true', 'false']) === 'true',
    oneOf,
    integer,
    optionalInteger: (flag, least) => (raw(flag) === '' ? undefined : integer(flag, least)),
    duration: (flag) => {
      const ms = milliseconds(raw(flag));
      if (ms === undefined) throw fault(flag, 'a duration such as 15s or 1m30s');
      return ms;
    },
    address: (flag) => {
      if (!isBindAddress(raw(flag))) throw fault(flag, '[host]:port such as :8080');
      return raw(flag);
    },
  };
}

const items = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function isBindAddress(value: string): boolean {
  try {
    parseBindAddress(value);
    return true;
  } catch {
    return false;
  }
}

function parse<F extends string>(argv: readonly string[], { command, defaults }: FlagTable<F>): Record<F, string> {
  const names = Object.keys(defaults);
  const lone = new Set(
    Object.entries<string>(defaults).flatMap(([name, value]) =>
      value === 'true' || value === 'false' ? [`--${name}`] : [],
    ),
  );
  const { tokens, values } = parseArgs({
    args: withoutCommand(argv, command).map((argument) => (lone.has(argument) ? `${argument}=true` : argument)),
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') throw new ConfigError(`Unexpected argument "${token.value}": flags begin with --`);
    if (token.kind !== 'option') continue;
    if (!names.includes(token.name)) {
      const known = names.map((name) => `--${name}`).join(', ');
      throw new ConfigError(`Unknown flag ${token.rawName}. Known flags: ${known}`);
    }
    if (token.value === undefined) throw new ConfigError(`${token.rawName} needs a value`);
  }
  return { ...defaults, ...values };
}

function withoutCommand(argv: readonly string[], command: readonly string[]): string[] {
  if (command.every((word, i) => argv[i] === word)) return argv.slice(command.length);
  return argv[0] === command.at(-1) ? argv.slice(1) : [...argv];
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function milliseconds(value: string): number | undefined {
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== value) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0), 0);
}
