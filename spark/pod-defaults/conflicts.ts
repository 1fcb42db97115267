import type { LabelSelector, SparkPodDefaults, SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { equalAsStored } from './equal-as-stored.ts';
import { confDefaults } from './conf-defaults.ts';
import { podDefaultsName } from './filled.ts';
import { podEntries } from './pod-entries.ts';

/** What `object` and others of its namespace both set, to different values and for the same pods; who wins is told, too. */
export const podDefaultsConflicts = (
  object: SparkPodDefaults,
  others: readonly SparkPodDefaults[],
): readonly string[] =>
  others
    .filter(({ metadata }) => metadata.namespace === object.metadata.namespace)
    .filter(({ metadata }) => metadata.name !== object.metadata.name)
    .filter(({ spec }) => canMeet(object.spec, spec))
    .flatMap((other) => conflictsOf(object, other));

function conflictsOf(object: SparkPodDefaults, other: SparkPodDefaults): readonly string[] {
  const theirs = entriesOf(other.spec);
  const winner = object.metadata.name < other.metadata.name ? object : other;
  return [...entriesOf(object.spec)]
    .filter(([text, value]) => theirs.has(text) && !equalAsStored(theirs.get(text), value))
    .map(
      ([text]) =>
        `${text} is also set by SparkPodDefaults ${podDefaultsName(other)}, to something else: ` +
        `where both are selected, ${podDefaultsName(winner)} wins, whose name comes first`,
    );
}

/** What defaults set, by the text of the entry. Properties count by their key, whichever field they are in. */
function entriesOf(spec: SparkPodDefaultsSpec): ReadonlyMap<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const { key, value } of confDefaults(spec)) entries.set(`property ${key}`, value);
  for (const role of ['driver', 'executor'] as const)
    for (const { text, value } of podEntries(spec, role)) entries.set(`${role} ${text}`, value);
  return entries;
}

/** False if the selectors exclude each other, as those of two teams do. */
const canMeet = (one: SparkPodDefaultsSpec, other: SparkPodDefaultsSpec): boolean =>
  canMatchBoth(one.selector, other.selector) && canMatchBoth(one.namespaceSelector, other.namespaceSelector);

function canMatchBoth(one: LabelSelector | undefined, other: LabelSelector | undefined): boolean {
  const wanted = valuesOf(one);
  return [...valuesOf(other)].every(([key, values]) => {
    const first = wanted.get(key);
    return first === undefined || values.some((value) => first.includes(value));
  });
}

/** The values that a selector takes of a label, where it lists them. */
const valuesOf = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): ReadonlyMap<
  string,
  readonly string[]
> =>
  new Map([
    ...matchExpressions.flatMap(({ key, operator, values = [] }): [string, readonly string[]][] =>
      operator === 'In' ? [[key, values]] : [],
    ),
    ...Object.entries(matchLabels).map(([key, value]): [string, readonly string[]] => [key, [value]]),
  ]);
