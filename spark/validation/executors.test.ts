import { describeRules } from '../../test/violations.ts';

describeRules({
  instancesNotPositive: {
    none: [
      { executor: { instances: 0 } },
      'spec.executor.instances: must be a whole number of at least 1: to start with none use dynamicAllocation with initialExecutors 0',
    ],
    one: [{ executor: { instances: 1 } }],
  },
  allocationOutOfOrder: {
    'the smallest above the greatest': [
      { dynamicAllocation: { enabled: true, minExecutors: 5, maxExecutors: 2 } },
      'spec.dynamicAllocation.minExecutors: 5 is greater than maxExecutors 2: the order is minExecutors ≤ initialExecutors ≤ maxExecutors',
    ],
    'the first outside of both': [
      { dynamicAllocation: { enabled: true, minExecutors: 2, initialExecutors: 1 } },
      'spec.dynamicAllocation.minExecutors: 2 is greater than initialExecutors 1: the order is minExecutors ≤ initialExecutors ≤ maxExecutors',
    ],
    'in order': [{ dynamicAllocation: { enabled: true, minExecutors: 1, initialExecutors: 1, maxExecutors: 3 } }],
    'only one said': [{ dynamicAllocation: { enabled: true, maxExecutors: 3 } }],
  },
  allocationNegative: {
    'less than none, and a greatest number of none': [
      { dynamicAllocation: { minExecutors: -1, maxExecutors: 0 } },
      'spec.dynamicAllocation.minExecutors: must be at least 0',
      'spec.dynamicAllocation.maxExecutors: must be at least 1',
    ],
  },
  executorPodNamePrefixInvalid: {
    'too long': [
      { sparkConf: { 'spark.kubernetes.executor.podNamePrefix': 'x'.repeat(48) } },
      `spec.sparkConf["spark.kubernetes.executor.podNamePrefix"]: "${'x'.repeat(48)}" must be at most 47 lower-case letters, digits and dashes`,
    ],
    'just right': [{ sparkConf: { 'spark.kubernetes.executor.podNamePrefix': 'x'.repeat(47) } }],
  },
});
