import { javaMemoryMiB } from '../../api/quantity.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { parseFactor } from './driver/memory.ts';
import { featuresOf } from './features.ts';
import { javaBoolean } from './java-text.ts';
import { languageOf } from './main-application.ts';
import type { SparkConf } from './spark-conf.ts';
import { sparkVersionOf } from './spark-version.ts';

const DEFAULT_HEAP_MIB = 1024;
const MIN_OVERHEAD_MIB = 384;
const JVM_FACTOR = 0.1;
/** Python and R run outside the heap. */
const NON_JVM_FACTOR = 0.4;

/** Heap, overhead, memory outside the heap and Python's (ResourceProfile, getResourcesForClusterManager). */
export function executorMemoryMiB(conf: SparkConf, app: SparkApplication): number {
  const mib = (key: string): number | undefined => javaMemoryMiB(conf.get(key) ?? '', 'm');
  const { features } = featuresOf(sparkVersionOf(app.spec).followed);
  const heap = mib('spark.executor.memory') ?? DEFAULT_HEAP_MIB;
  const least = (features.minMemoryOverhead ? mib('spark.executor.minMemoryOverhead') : undefined) ?? MIN_OVERHEAD_MIB;
  const overhead =
    mib('spark.executor.memoryOverhead') ?? Math.max(Math.trunc(overheadFactor(conf, app) * heap), least);
  return heap + overhead + offHeapMiB(conf) + pythonMiB(conf, app);
}

const overheadFactor = (conf: SparkConf, app: SparkApplication): number =>
  parseFactor(conf.get('spark.executor.memoryOverheadFactor')) ??
  parseFactor(conf.get('spark.kubernetes.memoryOverheadFactor')) ??
  (languageOf(app) === 'java' ? JVM_FACTOR : NON_JVM_FACTOR);

const offHeapMiB = (conf: SparkConf): number =>
  javaBoolean(conf.get('spark.memory.offHeap.enabled') ?? '') === true
    ? (javaMemoryMiB(conf.get('spark.memory.offHeap.size') ?? '', 'b') ?? 0)
    : 0;

const pythonMiB = (conf: SparkConf, app: SparkApplication): number =>
  languageOf(app) === 'python' ? (javaMemoryMiB(conf.get('spark.executor.pyspark.memory') ?? '', 'm') ?? 0) : 0;
