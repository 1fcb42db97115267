import { confPath, when, type Check } from './check.ts';

/** No executors: an application that wants none says so to Spark with dynamic allocation. */
export const instancesNotPositive: Check = ({ spec: { executor: { instances } = {} } }) =>
  when(
    instances !== undefined && !(Number.isInteger(instances) && instances >= 1),
    'spec.executor.instances',
    'must be a whole number of at least 1: to start with none use dynamicAllocation with initialExecutors 0',
  );

/** The order min ≤ initial ≤ max, of those that are said. */
export const allocationOutOfOrder: Check = ({ spec: { dynamicAllocation = {} } }) => {
  const pairs = [
    ['minExecutors', 'maxExecutors'],
    ['minExecutors', 'initialExecutors'],
    ['initialExecutors', 'maxExecutors'],
  ] as const;
  return pairs.flatMap(([low, high]) => {
    const [few = -Infinity, many = Infinity] = [dynamicAllocation[low], dynamicAllocation[high]];
    return when(
      few > many,
      `spec.dynamicAllocation.${low}`,
      `${few} is greater than ${high} ${many}: the order is minExecutors ≤ initialExecutors ≤ maxExecutors`,
    );
  });
};

/** Spark refuses negative numbers of executors, and a maximum of none. */
export const allocationNegative: Check = ({ spec: { dynamicAllocation = {} } }) =>
  (['minExecutors', 'initialExecutors', 'maxExecutors'] as const).flatMap((name) => {
    const least = name === 'maxExecutors' ? 1 : 0;
    return when(
      (dynamicAllocation[name] ?? least) < least,
      `spec.dynamicAllocation.${name}`,
      `must be at least ${least}`,
    );
  });

/** Spark lets executor pod names grow by 16 characters and wants them to be host names (`KubernetesConf`). */
export const executorPodNamePrefixInvalid: Check = ({ spec: { sparkConf = {} } }) => {
  const key = 'spark.kubernetes.executor.podNamePrefix';
  const prefix = sparkConf[key];
  return when(
    prefix !== undefined && !(prefix.length <= 47 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(prefix)),
    confPath(key),
    `"${prefix ?? ''}" must be at most 47 lower-case letters, digits and dashes`,
  );
};
