import { join } from 'node:path';
import type { OracleVersion } from './corpus.ts';
import type { NormalSubmission } from './normalise.ts';

/** What spark-submit sent in normal form, or why it refused. */
export type Golden = NormalSubmission | { readonly refused: string };

/** An executor that Spark built, and from what. */
export interface ExecutorGolden {
  readonly files: { readonly properties: Readonly<Record<string, string>>; readonly template: unknown };
  readonly pod: unknown;
}

/** Where the answer of one version to one case is kept. */
export const goldenFile = (version: OracleVersion, name: string): string =>
  join(import.meta.dirname, 'golden', version, `${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}.json`);

/** The text of a golden: keys sorted, for Spark's order changes from run to run. */
export const goldenText = (golden: Golden | ExecutorGolden): string => `${JSON.stringify(golden, sortKeys, 2)}\n`;

const sortKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
