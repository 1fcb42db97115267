import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../api/sparkapplication.ts';
import { validate, type rules } from '../spark/validation/validate.ts';
import { violationText } from '../spark/validation/violation.ts';
import { anApp, type AppOptions } from './builders.ts';

/** Sentences with a piece of specification, laid over a valid one, and what the rule then says as `field: message`. */
export type ViolationCases = Readonly<Record<string, readonly [Partial<SparkApplicationSpec>, ...string[]]>>;

/** Runs the cases of some rules, each against its own rule only. */
export function describeRules(tables: Readonly<Partial<Record<keyof typeof rules, ViolationCases>>>): void {
  describe.each(Object.entries(tables))('%s', (rule, cases) => {
    it.each(Object.entries(cases))('%s', (_name, [spec, ...want]) => {
      expect(violationsOf(rule, { spec })).toEqual(want);
    });
  });
}

/** What one rule says of an application. */
export const violationsOf = (rule: string, options: AppOptions): readonly string[] =>
  validate(anApp(options))
    .filter((violation) => violation.rule === rule)
    .map(violationText);
