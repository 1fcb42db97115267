import type { Pod } from '../../api/kubernetes.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { PodRole } from '../mutation/mutator.ts';
import { podDefaultsName, type FillReport, type Overridden } from './filled.ts';
import { overlaid } from './overlaid.ts';
import { podEntries } from './pod-entries.ts';
import type { PodEntry } from './pod-entry.ts';

export type { Overridden } from './filled.ts';

/** A pod with defaults filled in, and what gave way. */
export interface Filled extends FillReport {
  readonly pod: Pod;
}

/** What else is known of a pod that defaults are filled into. */
export interface FillOptions {
  /** Who set what the pod has, for messages. Unset: `the application`. */
  readonly by?: string;
  /** What the pod will get from elsewhere, as a pod: it counts as said, and is not added. */
  readonly said?: Pod;
}

/**
 * Fills defaults into a pod of one role, in order of precedence. What the pod says, it keeps: nothing is changed, replaced
 * or taken away, and filling in again changes nothing.
 */
export function fillPod(
  pod: Pod,
  role: PodRole,
  defaults: readonly SparkPodDefaults[],
  { by = 'the application', said }: FillOptions = {},
): Filled {
  const start: Filling = { pod, applied: {}, overridden: [], setBy: {} };
  const filled = defaults.reduce<Filling>((filling, object) => {
    const name = podDefaultsName(object);
    return podEntries(object.spec, role).reduce<Filling>(
      (before, entry) => withEntry(before, entry, { name, role, by, said }),
      filling,
    );
  }, start);
  return { pod: filled.pod, applied: filled.applied, overridden: filled.overridden };
}

interface Filling extends Filled {
  /** Which defaults set an entry, by its text. */
  readonly setBy: Readonly<Record<string, string>>;
}

interface Giver {
  readonly name: string;
  readonly role: PodRole;
  readonly by: string;
  readonly said: Pod | undefined;
}

function withEntry(filling: Filling, entry: PodEntry, { name, role, by, said }: Giver): Filling {
  const { pod, applied, overridden, setBy } = filling;
  switch (entry.stand(said === undefined ? pod : overlaid(pod, said))) {
    case 'same':
      return filling;
    case 'taken': {
      const earlier = setBy[entry.text];
      const winner = earlier === undefined ? by : `SparkPodDefaults ${earlier}`;
      const lost: Overridden = { defaults: name, entry: `${role} ${entry.text}`, by: winner };
      return { ...filling, overridden: [...overridden, lost] };
    }
    case 'free':
      return {
        pod: entry.add(pod),
        applied: { ...applied, [name]: (applied[name] ?? 0) + 1 },
        overridden,
        setBy: { ...setBy, [entry.text]: name },
      };
  }
}
