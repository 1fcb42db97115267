import { javaMemoryMiB } from '../../../api/quantity.ts';
import { customResources } from '../driver/custom-resources.ts';
import { parseFactor } from '../driver/memory.ts';
import { javaBoolean } from '../java-text.ts';
import { wrongValue } from './rule.ts';
import type { SubmissionRule } from './rule.ts';

const memoryKeys = ['spark.driver.memory', 'spark.executor.memory'];
const overheadKeys = ['spark.driver.memoryOverhead', 'spark.driver.minMemoryOverhead', 'spark.executor.memoryOverhead'];
const factorKeys = [
  'spark.kubernetes.memoryOverheadFactor',
  'spark.driver.memoryOverheadFactor',
  'spark.executor.memoryOverheadFactor',
];
const MEMORY_FORM = 'write it as Java does: a whole number and a unit, such as 512m or 4g';

/** Spark checks the raw text, before `${…}` is filled in. */
export const memoryNotPositive: SubmissionRule = (subject) =>
  memoryKeys.flatMap((key) => {
    const text = subject.conf.raw(key);
    const isPositive = text === undefined || (javaMemoryMiB(text, 'm') ?? 0) > 0;
    return isPositive ? [] : [wrongValue(subject, key, 'memoryNotPositive', `"${text}" is no memory; ${MEMORY_FORM}`)];
  });

export const overheadUnreadable: SubmissionRule = (subject) =>
  overheadKeys.flatMap((key) => {
    const text = subject.conf.get(key);
    return text === undefined || javaMemoryMiB(text, 'm') !== undefined
      ? []
      : [wrongValue(subject, key, 'overheadUnreadable', `"${text}" is no memory; ${MEMORY_FORM}`)];
  });

export const factorNotPositive: SubmissionRule = (subject) =>
  factorKeys.flatMap((key) => {
    const text = subject.conf.get(key);
    return text === undefined || (parseFactor(text) ?? -1) >= 0
      ? []
      : [wrongValue(subject, key, 'factorNotPositive', `"${text}" is no share; write a number such as 0.2`)];
  });

const countKeys = ['spark.driver.cores', 'spark.executor.cores', 'spark.executor.instances'];

export const countNotPositive: SubmissionRule = (subject) => {
  const isDynamic = javaBoolean(subject.conf.get('spark.dynamicAllocation.enabled') ?? '') === true;
  return countKeys
    .filter((key) => !(isDynamic && key === 'spark.executor.instances'))
    .flatMap((key) => {
      const text = subject.conf.raw(key);
      return text === undefined || /^\+?0*[1-9]\d*$/.test(text)
        ? []
        : [wrongValue(subject, key, 'countNotPositive', `"${text}" is no count; write a whole number, 1 or more`)];
    });
};

/** A vendor makes the Kubernetes name of a resource: nvidia.com and gpu give nvidia.com/gpu. */
export const customResourceIncomplete: SubmissionRule = (subject) =>
  customResources(subject.conf).flatMap(({ name, amount, vendor }) => {
    const key = `spark.driver.resource.${name}`;
    if (amount === undefined || !/^0*[1-9]\d*$/.test(amount))
      return [wrongValue(subject, `${key}.amount`, 'customResourceIncomplete', 'must be a whole number, 1 or more')];
    return vendor === undefined
      ? [wrongValue(subject, `${key}.vendor`, 'customResourceIncomplete', 'must be set, such as nvidia.com')]
      : [];
  });
