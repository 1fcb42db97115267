import { javaMemoryMiB, javaMemoryToQuantity, parseQuantity } from '../../api/quantity.ts';
import type { SparkPodSpec } from '../../api/sparkapplication.ts';
import { confPath, rolePods, when, type Check } from './check.ts';
import type { Finding } from './violation.ts';

/** Spark refuses a heap below 450 MiB (UnifiedMemoryManager: one and a half times the reserved 300 MiB). */
const SMALLEST_HEAP_MIB = 450;

/** Memory and overhead that Java does not understand, in the fields and, where these are unset, in the properties. */
export const memoryNotJava: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ role, path, pod }) => [
    ...notJava(`${path}.memory`, pod.memory),
    ...notJava(`${path}.memoryOverhead`, pod.memoryOverhead),
    ...['memory', 'memoryOverhead'].flatMap((name) => {
      const key = `spark.${role}.${name}`;
      return notJava(confPath(key), spec.sparkConf?.[key]);
    }),
  ]);

/** A heap with which Spark does not start. */
export const memoryTooSmall: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { memory } }) => {
    const mib = memory === undefined || isBare(memory) ? undefined : javaMemoryMiB(memory);
    const isTest = Object.keys(spec.sparkConf ?? {}).some((key) => key.startsWith('spark.testing.'));
    return when(
      mib !== undefined && mib < SMALLEST_HEAP_MIB && !isTest,
      `${path}.memory`,
      `"${memory ?? ''}" is too small: Spark starts with at least ${SMALLEST_HEAP_MIB}m`,
    );
  });

/** The driver's Java machine takes a bare number for bytes while Spark takes it for MiB: no value suits both. */
export const driverMemoryWithoutUnit: Check = ({ spec: { driver = {} } }) =>
  when(
    driver.memory !== undefined && isBare(driver.memory),
    'spec.driver.memory',
    `"${driver.memory ?? ''}" has no unit: write ${driver.memory ?? ''}m for MiB`,
  );

/** A limit in neither Java's nor Kubernetes' units. */
export const memoryLimitNotSize: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { memoryLimit } }) =>
    when(
      memoryLimit !== undefined && javaMemoryToQuantity(memoryLimit) === undefined && !isPositive(memoryLimit),
      `${path}.memoryLimit`,
      `"${memoryLimit ?? ''}" is not a memory size: use Java units (2g) or a Kubernetes quantity (2Gi)`,
    ),
  );

/** A factor that is no number, or below zero. */
export const memoryOverheadFactorNotNumber: Check = ({ spec: { memoryOverheadFactor } }) =>
  when(
    memoryOverheadFactor !== undefined && !/^[0-9]*\.?[0-9]+$/.test(memoryOverheadFactor),
    'spec.memoryOverheadFactor',
    `"${memoryOverheadFactor ?? ''}" is not a number: write the share of the memory to add, such as "0.2"`,
  );

/** Heap and Spark properties in the Java options: Spark stops at both (`SparkSubmitCommandBuilder`, `SparkConf`). */
export const heapInJavaOptions: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { javaOptions = '' } }: { path: string; pod: SparkPodSpec }) => [
    ...when(javaOptions.includes('-Xmx'), `${path}.javaOptions`, `cannot set the heap (-Xmx): use ${path}.memory`),
    ...when(
      javaOptions.includes('-Dspark.'),
      `${path}.javaOptions`,
      'cannot set Spark properties (-Dspark.…): use spec.sparkConf',
    ),
  ]);

/** A value with a reference to another property is known to Spark only. */
const hasReference = (text: string): boolean => text.includes('${');
const isBare = (text: string): boolean => /^\s*[0-9]+\s*$/.test(text);
const isPositive = (text: string): boolean => (parseQuantity(text) ?? 0) > 0;

function notJava(field: string, text: string | undefined): readonly Finding[] {
  if (text === undefined || hasReference(text)) return [];
  const mib = javaMemoryMiB(text);
  if (mib !== undefined && mib > 0) return [];
  const kubernetes = /^([0-9]+)([KMGTP])i$/i.exec(text.trim());
  const hint = kubernetes === null ? '512m or 4g' : `${kubernetes[1] ?? ''}${(kubernetes[2] ?? '').toLowerCase()}`;
  return [
    {
      field,
      message: `"${text}" is not a memory size as Java writes it: write a whole number and a unit, such as ${hint}${kubernetes === null ? '' : ' (Kubernetes writes 512Mi, Java 512m)'}`,
    },
  ];
}
