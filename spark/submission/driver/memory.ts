import { javaMemoryMiB } from '../../../api/quantity.ts';
import { javaTrim } from '../java-text.ts';
import type { DriverContext } from './driver-draft.ts';

const DEFAULT_HEAP_MIB = 1024;
const MIN_OVERHEAD_MIB = 384;
const JVM_FACTOR = 0.1;
/** Python and R run outside the heap. */
const NON_JVM_FACTOR = 0.4;
const MAX_INT = 2 ** 31 - 1;

/** The driver's memory in MiB, and the overhead factor that Spark hands on to the executors. */
export interface DriverMemory {
  readonly totalMiB: number;
  readonly defaultFactor: number;
}

/**
 * Spark's formula (BasicDriverFeatureStep): heap and `spark.driver.memoryOverhead`, or else heap × factor, at least the
 * minimum. A value that does not parse counts as unset here; the rules of the submission refuse it.
 */
export function driverMemory({
  conf,
  language,
  features,
}: Pick<DriverContext, 'conf' | 'language' | 'features'>): DriverMemory {
  const mib = (key: string): number | undefined => javaMemoryMiB(javaTrim(conf.get(key) ?? ''), 'm');
  const factor = (key: string): number | undefined => parseFactor(conf.get(key));

  const heap = mib('spark.driver.memory') ?? DEFAULT_HEAP_MIB;
  const defaultFactor =
    factor('spark.kubernetes.memoryOverheadFactor') ?? (language === 'java' ? JVM_FACTOR : NON_JVM_FACTOR);
  const minimum = (features.minMemoryOverhead ? mib('spark.driver.minMemoryOverhead') : undefined) ?? MIN_OVERHEAD_MIB;
  const computed = Math.min(MAX_INT, Math.trunc((factor('spark.driver.memoryOverheadFactor') ?? defaultFactor) * heap));
  const overhead =
    mib('spark.driver.memoryOverhead') ?? mib('spark.yarn.driver.memoryOverhead') ?? Math.max(computed, minimum);
  return { totalMiB: heap + overhead, defaultFactor };
}

/** A factor such as "0.4"; undefined when it is missing or no number. */
export function parseFactor(text: string | undefined): number | undefined {
  const trimmed = javaTrim(text ?? '');
  const value = trimmed === '' ? Number.NaN : Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
