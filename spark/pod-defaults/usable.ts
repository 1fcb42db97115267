import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { violationText } from '../validation/violation.ts';
import { podDefaultsName } from './filled.ts';
import { validatePodDefaults } from './validate.ts';

/** Defaults that can be filled in, and why others were passed over. */
export interface UsablePodDefaults {
  readonly usable: readonly SparkPodDefaults[];
  readonly warnings: readonly string[];
}

/**
 * Passes over defaults that are invalid, which got by while no webhook looked: one bad object of a site must not stop the
 * applications of all. Never throws.
 */
export function usablePodDefaults(defaults: readonly SparkPodDefaults[]): UsablePodDefaults {
  const judged = defaults.map((object) => ({ object, fault: faultOf(object) }));
  return {
    usable: judged.flatMap(({ object, fault }) => (fault === undefined ? [object] : [])),
    warnings: judged.flatMap(({ object, fault }) =>
      fault === undefined ? [] : [`SparkPodDefaults ${podDefaultsName(object)} is passed over: ${fault}`],
    ),
  };
}

/** Objects never change once they are read, and the same ones are asked for with every pod. */
const known = new WeakMap<SparkPodDefaults, { readonly fault: string | undefined }>();

function faultOf(object: SparkPodDefaults): string | undefined {
  const verdict = known.get(object) ?? { fault: findFault(object) };
  known.set(object, verdict);
  return verdict.fault;
}

/** What only the operator's own namespace may say is left to those who select: here every namespace passes for it. */
function findFault(object: SparkPodDefaults): string | undefined {
  try {
    const [violation] = validatePodDefaults(object, object.metadata.namespace);
    return violation === undefined ? undefined : violationText(violation);
  } catch (error) {
    // The CRD keeps volumes, affinity and their like open, so they may hold anything.
    return `spec cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}
