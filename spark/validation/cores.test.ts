import { describeRules } from '../../test/violations.ts';

describeRules({
  coresNotPositive: {
    'none and a part': [
      { driver: { cores: 0 }, executor: { cores: 0.5 } },
      'spec.driver.cores: must be a whole number of at least 1: for a part of a core leave cores at 1 and set spec.driver.coreRequest to "500m"',
      'spec.executor.cores: must be a whole number of at least 1: for a part of a core leave cores at 1 and set spec.executor.coreRequest to "500m"',
    ],
  },
  coreQuantityUnreadable: {
    'words and nothing': [
      { driver: { coreRequest: 'one' }, executor: { coreLimit: '' } },
      'spec.driver.coreRequest: "one" is not a number of CPUs: use a Kubernetes quantity such as "1", "500m" or "1.5"',
      'spec.executor.coreLimit: "" is not a number of CPUs: use a Kubernetes quantity such as "1", "500m" or "1.5"',
    ],
    'a quantity': [{ driver: { coreRequest: '100m', coreLimit: '1.5' } }],
  },
  coreLimitBelowRequest: {
    'below the request': [
      { driver: { coreRequest: '2', coreLimit: '1200m' } },
      'spec.driver.coreLimit: 1200m is below the request of 2: raise it, or set spec.driver.coreRequest to it or less',
    ],
    'below the cores': [
      { executor: { cores: 2, coreLimit: '1' } },
      'spec.executor.coreLimit: 1 is below the request of 2: raise it, or set spec.executor.coreRequest to it or less',
    ],
    'a small request makes it right': [{ driver: { cores: 2, coreRequest: '500m', coreLimit: '1' } }],
    'below the one core of nothing said': [
      { driver: { coreLimit: '100m' } },
      'spec.driver.coreLimit: 100m is below the request of 1: raise it, or set spec.driver.coreRequest to it or less',
    ],
    'a request by property': [
      { sparkConf: { 'spark.kubernetes.driver.request.cores': '0.1' }, driver: { coreLimit: '100m' } },
    ],
    'as much as the request': [{ driver: { cores: 1, coreLimit: '1000m' } }],
  },
  gpuIncomplete: {
    'without a name or a number': [
      { driver: { gpu: { name: '', quantity: 1 } }, executor: { gpu: { name: 'nvidia.com/gpu', quantity: 0 } } },
      'spec.driver.gpu.name: is empty: give the resource name, such as nvidia.com/gpu',
      'spec.executor.gpu.quantity: must be a whole number of at least 1',
    ],
    complete: [{ executor: { gpu: { name: 'nvidia.com/gpu', quantity: 2 } } }],
  },
});
