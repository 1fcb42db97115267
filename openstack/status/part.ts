import type { Finding } from '../doctor/finding.ts';
import { PART_MS, within } from './within.ts';

/** A line of the report, and what programs get of it. */
export interface Part {
  /** Field of the JSON. */
  readonly key: string;
  /** Null when it could not be read. */
  readonly facts: unknown;
  readonly findings: readonly Finding[];
}

export interface PartRequest<T> {
  readonly key: string;
  /** First column of the line when it cannot be read. */
  readonly check: string;
  readonly read: () => Promise<T>;
  readonly judge: (facts: T) => readonly Finding[];
  /** The line for a failure. */
  readonly failed: (check: string, error: unknown) => Finding;
}

/** Reads a part within its time; one that cannot be read says why, and does not hold the others up. Never rejects. */
export async function part<T>({ key, check, read, judge, failed }: PartRequest<T>): Promise<Part> {
  try {
    const facts = await within(PART_MS, read);
    return { key, facts: facts ?? null, findings: judge(facts) };
  } catch (error) {
    return { key, facts: null, findings: [failed(check, error)] };
  }
}
