import type { PodDefaultsStatus } from '../../api/sparkapplication-status.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { podDefaultsName, type FillReport, type Overridden } from './filled.ts';

/** Most entries of one SparkPodDefaults that a status lists. */
const MAX_LISTED = 20;

/** What each of the defaults gave an attempt, in their order of precedence, for the application's status. */
export const podDefaultsStatus = (
  defaults: readonly SparkPodDefaults[],
  applied: FillReport['applied'],
  overridden: readonly Overridden[],
): readonly PodDefaultsStatus[] =>
  defaults.map((object): PodDefaultsStatus => {
    const name = podDefaultsName(object);
    const lost = overridden
      .filter((entry) => entry.defaults === name)
      .map(({ entry, by }) => `${entry}: ${by} sets it`);
    return {
      name,
      ...(object.metadata.generation === undefined ? {} : { generation: object.metadata.generation }),
      applied: applied[name] ?? 0,
      ...(lost.length === 0 ? {} : { overridden: lost.slice(0, MAX_LISTED) }),
    };
  });

/** One entry that gave way as a sentence for people, without values. */
export const overriddenText = ({ defaults, entry, by }: Overridden): string =>
  `SparkPodDefaults ${defaults}: ${entry} gave way, for ${by} sets it otherwise`;

/** The same for all, but for a bounded number: they go into a condition and into events. */
export const overriddenTexts = (overridden: readonly Overridden[]): readonly string[] =>
  overridden.length <= MAX_LISTED
    ? overridden.map(overriddenText)
    : [
        ...overridden.slice(0, MAX_LISTED).map(overriddenText),
        `${overridden.length - MAX_LISTED} more entries of SparkPodDefaults gave way`,
      ];
