import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { confDefaults } from '../../spark/pod-defaults/conf-defaults.ts';
import { podDefaultsName, type Overridden } from '../../spark/pod-defaults/filled.ts';
import { podEntries } from '../../spark/pod-defaults/pod-entries.ts';
import { valueText } from './value-text.ts';

/** One entry of some defaults, and what became of it for an application. */
export interface ExplainedEntry {
  /** Properties are for the whole application. */
  readonly for: 'application' | 'driver' | 'executor';
  /** Such as `hadoopConf fs.s3a.endpoint` or `volumeMount /data`. */
  readonly entry: string;
  /** On one line; never a secret. */
  readonly value: string;
  /** `<namespace>/<name>` of the SparkPodDefaults. */
  readonly from: string;
  /** Who sets it otherwise, so that it gave way; unset: it counts. */
  readonly overriddenBy?: string;
}

/** Every entry that the defaults hold, in order of precedence, with what it gave way to. */
export const explainedEntries = (
  defaults: readonly SparkPodDefaults[],
  overridden: readonly Overridden[],
): readonly ExplainedEntry[] =>
  defaults.flatMap((object) => {
    const from = podDefaultsName(object);
    return entriesOf(object).map(({ text, ...entry }) => {
      const lost = overridden.find((one) => one.defaults === from && one.entry === text);
      return { ...entry, from, ...(lost === undefined ? {} : { overriddenBy: lost.by }) };
    });
  });

/** An entry with the text under which it is reported when it gives way. */
type Listed = Pick<ExplainedEntry, 'for' | 'entry' | 'value'> & { readonly text: string };

const entriesOf = ({ spec }: SparkPodDefaults): readonly Listed[] => [
  ...confDefaults(spec).map(({ text, key, value }): Listed => ({
    for: 'application',
    entry: text,
    value: valueText(key, value),
    text,
  })),
  ...(['driver', 'executor'] as const).flatMap((role) =>
    podEntries(spec, role).map(({ text, value }): Listed => ({
      for: role,
      entry: text,
      value: valueText(text, value),
      text: `${role} ${text}`,
    })),
  ),
];
