import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationStatus } from '../api/sparkapplication-status.ts';
import type { ApplicationState } from '../api/states.ts';
import { conditionOf, type ConditionType } from '../controller/sparkapplication/conditions.ts';
import { decide } from '../controller/sparkapplication/decide.ts';
import { stateOf } from '../controller/sparkapplication/rows/next.ts';
import { NOW, seen, type SeenOptions } from './controller-seen.ts';

/** What a case checks; what it leaves out may be anything. */
interface Want {
  readonly state: ApplicationState;
  readonly effects?: readonly string[];
  readonly isVerdict?: boolean;
  readonly reason?: string;
  readonly error?: RegExp;
  /** Seconds from now. */
  readonly wakeIn?: number;
  readonly status?: Partial<SparkApplicationStatus>;
  readonly condition?: { readonly type: ConditionType; readonly status: string; readonly reason: string };
}

export interface DecisionCase {
  readonly given: SeenOptions;
  readonly want: Want;
}

/** Cases of one state by what they say. */
export type DecisionCases = Readonly<Record<string, DecisionCase>>;

/** Runs a table of cases. A case without effects must also be a place of rest: decided again it stays the same. */
export function describeDecisions(title: string, byState: Readonly<Record<string, DecisionCases>>): void {
  const cases = Object.entries(byState).flatMap(([state, rows]) =>
    Object.entries(rows).map(([name, row]): [string, DecisionCase] => [
      `${state === '' ? 'New' : state}: ${name}`,
      row,
    ]),
  );
  describe(title, () => {
    it.each(cases)('%s', (_name, { given, want }) => {
      const decision = decide(seen(given));
      const { status } = decision;
      expect(stateOf(status)).toBe(want.state);
      if (want.effects !== undefined) expect(decision.effects.map(({ kind }) => kind)).toEqual(want.effects);
      if (want.isVerdict !== undefined) expect(decision.isVerdict).toBe(want.isVerdict);
      if (want.reason !== undefined) expect(status.applicationState?.reason).toBe(want.reason);
      if (want.error !== undefined) expect(status.applicationState?.errorMessage).toMatch(want.error);
      if (want.wakeIn !== undefined) expect(decision.wakeAt).toBe(NOW + want.wakeIn * 1000);
      if (want.status !== undefined) expect({ ...status }).toMatchObject(want.status);
      if (want.condition !== undefined) expect(conditionOf(status, want.condition.type)).toMatchObject(want.condition);
    });

    it.each(cases.filter(([, { want }]) => want.effects?.length === 0))('%s: and rests there', (_name, { given }) => {
      const first = decide(seen(given)).status;
      const again = decide(seen({ ...given, status: first }));
      expect(again.status).toEqual(first);
      expect(again.effects).toEqual([]);
    });
  });
}
