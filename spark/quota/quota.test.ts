import { describe, expect, it } from '@jest/globals';
import type { Container, Pod, ResourceQuota } from '../../api/kubernetes.ts';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { withDefaults } from '../defaulting.ts';
import { submissionIdOf } from '../identity.ts';
import { planApplication, type ApplicationNativePlan } from '../submission/plan-application.ts';
import { exceededQuotas } from './exceeded.ts';
import { quotaFindings } from './findings.ts';
import { podAmounts } from './pod-amounts.ts';
import { plannedPods, requiredResources } from './required.ts';

const MIB = 2 ** 20;

function planOf(spec: Partial<SparkApplicationSpec>): ApplicationNativePlan {
  const app = anApp({ spec });
  const submissionId = submissionIdOf(app.metadata.uid, 1);
  const plan = planApplication({
    app,
    podDefaults: [],
    attempt: 1,
    submissionId,
    masterUrl: 'https://10.0.0.1',
    submitTime: 1_767_225_600_000,
  });
  if (plan.lane !== 'Native') throw new Error(JSON.stringify(plan));
  return plan;
}

const requiredOf = (spec: Partial<SparkApplicationSpec>): object => {
  const plan = planOf(spec);
  return requiredResources(plan, plan.app);
};

const driver = { cores: 1, memory: '1g' };
const executor = { cores: 2, memory: '2g', instances: 3 };
/** 1024 + 384 and 3 × (2048 + 384). */
const MEMORY = (1408 + 3 * 2432) * MIB;

const sidecar: Container = { name: 'side', resources: { requests: { cpu: '250m', memory: '100Mi' } } };

const sums: Record<string, { given: Partial<SparkApplicationSpec>; want: object }> = {
  'cores, heap and overhead of driver and executors': {
    given: { driver, executor },
    want: {
      pods: 4,
      'count/pods': 4,
      cpu: 7000,
      'requests.cpu': 7000,
      memory: MEMORY,
      'requests.memory': MEMORY,
      'limits.memory': MEMORY,
    },
  },
  'what is asked for instead of cores, and limits': {
    given: {
      driver: { ...driver, coreRequest: '500m', coreLimit: '1' },
      executor: { ...executor, coreRequest: '1500m', coreLimit: '2' },
    },
    want: { 'requests.cpu': 5000, 'limits.cpu': 7000 },
  },
  'an overhead by factor': {
    given: { driver, executor: { ...executor, memory: '10g', instances: 1 }, memoryOverheadFactor: '0.2' },
    want: { 'requests.memory': (1024 + 384 + 10240 + 2048) * MIB },
  },
  'Python’s share, its own memory, and memory outside the heap': {
    given: {
      type: 'Python',
      mainApplicationFile: 'local:///pi.py',
      driver,
      executor: { ...executor, instances: 1 },
      sparkConf: {
        'spark.executor.pyspark.memory': '1g',
        'spark.memory.offHeap.enabled': 'true',
        'spark.memory.offHeap.size': '512m',
      },
    },
    want: { 'requests.memory': (1024 + 409 + 2048 + 819 + 1024 + 512) * MIB },
  },
  'sidecars beside each executor': {
    given: { driver, executor: { ...executor, sidecars: [sidecar] } },
    want: { 'requests.cpu': 7750, 'requests.memory': MEMORY + 300 * MIB },
  },
  GPUs: {
    given: { driver, executor: { ...executor, gpu: { name: 'nvidia.com/gpu', quantity: 2 } } },
    want: { 'requests.nvidia.com/gpu': 6 },
  },
  'the executors that dynamic allocation starts with': {
    given: {
      driver,
      executor,
      dynamicAllocation: { enabled: true, initialExecutors: 5, minExecutors: 1, maxExecutors: 9 },
    },
    want: { pods: 6, 'requests.cpu': 11_000 },
  },
  'objects beside the pods: two Services, and ConfigMaps of driver, template and executors': {
    given: { driver, executor, sparkUIOptions: { serviceType: 'NodePort' } },
    want: { services: 2, 'count/services': 2, 'services.nodeports': 1, configmaps: 3, 'count/configmaps': 3 },
  },
  'claims that are made for driver and executors': {
    given: {
      driver,
      executor,
      sparkConf: Object.fromEntries(
        ['driver', 'executor'].flatMap((role) => {
          const prefix = `spark.kubernetes.${role}.volumes.persistentVolumeClaim.data`;
          return [
            [`${prefix}.mount.path`, '/data'],
            [`${prefix}.options.claimName`, 'OnDemand'],
            [`${prefix}.options.storageClass`, 'fast'],
            [`${prefix}.options.sizeLimit`, '10Gi'],
          ];
        }),
      ),
    },
    want: {
      persistentvolumeclaims: 4,
      'requests.storage': 40 * 1024 * MIB,
      'fast.storageclass.storage.k8s.io/persistentvolumeclaims': 4,
    },
  },
};

describe('requiredResources', () => {
  it.each(Object.entries(sums))('counts %s', (_name, { given, want }) => expect(requiredOf(given)).toMatchObject(want));
});

const ask = (cpu: string): NonNullable<Container['resources']> => ({ requests: { cpu } });

const pods: Record<string, { given: Pod['spec']; want: object }> = {
  'init containers one after the other, against all containers together': {
    given: {
      initContainers: [
        { name: 'a', resources: ask('5') },
        { name: 'b', resources: ask('3') },
      ],
      containers: [
        { name: 'c', resources: ask('1') },
        { name: 'd', resources: ask('2') },
      ],
    },
    want: { 'requests.cpu': 5000 },
  },
  'restartable init containers beside those after them and the containers': {
    given: {
      initContainers: [
        { name: 'a', resources: ask('5') },
        { name: 'side', restartPolicy: 'Always', resources: ask('1') },
        { name: 'b', resources: ask('5') },
      ],
      containers: [{ name: 'c', resources: ask('2') }],
    },
    want: { 'requests.cpu': 6000 },
  },
  'the overhead of the runtime, and of limits only where there is one': {
    given: {
      overhead: { cpu: '100m', memory: '64Mi' },
      containers: [{ name: 'c', resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } } }],
    },
    want: { 'requests.cpu': 1100, 'requests.memory': 1088 * MIB, 'limits.memory': 1088 * MIB },
  },
  'the resources of the pod as a whole': {
    given: { resources: { requests: { cpu: '4' } }, containers: [{ name: 'c', resources: ask('1') }] },
    want: { 'requests.cpu': 4000 },
  },
  'a claim for a generic ephemeral volume': {
    given: {
      containers: [{ name: 'c' }],
      volumes: [
        {
          name: 'v',
          ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } } },
        },
      ],
    },
    want: { persistentvolumeclaims: 1, 'requests.storage': 1024 * MIB },
  },
};

describe('podAmounts', () => {
  it.each(Object.entries(pods))('counts %s', (_name, { given, want }) =>
    expect(podAmounts(given === undefined ? {} : { spec: given })).toMatchObject(want),
  );
});

const quota = (hard: Record<string, string>, used: Record<string, string> = {}, spec: object = {}): ResourceQuota => ({
  metadata: { name: 'team' },
  spec: { hard, ...spec },
  status: { hard, used },
});

interface Judged {
  readonly given?: Partial<SparkApplicationSpec>;
  readonly quotas: readonly ResourceQuota[];
  readonly cannotStart?: readonly string[];
  readonly cannotGrow?: readonly string[];
  readonly unsaid?: readonly string[];
}

const growing = { enabled: true, minExecutors: 1, initialExecutors: 1, maxExecutors: 10 };
const tooMany = ['ResourceQuota team: pods needs 4, but 0 of 1 are used'];

const judgements: Record<string, Judged> = {
  'room for all': { quotas: [quota({ pods: '4', 'requests.cpu': '7', 'requests.memory': '9Gi' })] },
  'too little CPU: quota, resource, need, hard limit and use are named': {
    quotas: [quota({ 'requests.cpu': '8' }, { 'requests.cpu': '1500m' })],
    cannotStart: ['ResourceQuota team: requests.cpu needs 7, but 1500m of 8 are used'],
  },
  'too little memory': {
    quotas: [quota({ memory: '8Gi' })],
    cannotStart: ['ResourceQuota team: memory needs 8704Mi, but 0 of 8Gi are used'],
  },
  'dynamic allocation starts and cannot grow': {
    given: { dynamicAllocation: growing, executor: { ...executor, instances: 1 } },
    quotas: [quota({ pods: '5' })],
    cannotGrow: ['ResourceQuota team: pods needs 11, but 0 of 5 are used when dynamic allocation grows to its maximum'],
  },
  'without a bound it may grow as far as it gets': {
    given: {
      dynamicAllocation: { enabled: true, minExecutors: 1 },
      executor: { cores: 2, memory: '2g', instances: 1 },
    },
    quotas: [quota({ pods: '2' })],
  },
  'a quota of best-effort pods counts none of Spark’s': {
    quotas: [quota({ pods: '1' }, {}, { scopes: ['BestEffort'] })],
  },
  'a quota of the others does': {
    quotas: [quota({ pods: '1' }, {}, { scopes: ['NotBestEffort', 'NotTerminating'] })],
    cannotStart: tooMany,
  },
  'a quota of pods that end by themselves counts none': {
    quotas: [quota({ pods: '1' }, {}, { scopes: ['Terminating'] })],
  },
  'a quota of a priority class counts the pods of that class': {
    given: { driver: { ...driver, priorityClassName: 'high' } },
    quotas: [
      quota(
        { pods: '0' },
        {},
        { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } },
      ),
    ],
    cannotStart: ['ResourceQuota team: pods needs 1, but 0 of 0 are used'],
  },
  'a scope that has nothing to do with pods': {
    quotas: [quota({ pods: '0' }, {}, { scopes: ['VolumeAttributesClass'] })],
  },
  'a limit that nobody set, but a quota counts': {
    given: { executor: { ...executor, coreLimit: '3' } },
    quotas: [quota({ 'limits.cpu': '100' })],
    unsaid: [
      'ResourceQuota team counts limits.cpu, and container spark-kubernetes-driver has no limits.cpu: unless a LimitRange sets it, its pods are refused',
    ],
  },
};

describe('exceededQuotas', () => {
  it('passes over quotas with scopes, of which sums tell nothing', () => {
    const quotas = [quota({ pods: '1' }), quota({ pods: '1' }, {}, { scopes: ['BestEffort'] })];
    expect(exceededQuotas({ pods: 4 }, quotas)).toEqual(tooMany);
  });
});

describe('quotaFindings', () => {
  it.each(Object.entries(judgements))('%s', (_name, { given = {}, quotas, ...want }) => {
    const plan = planOf({ driver, executor, ...given });
    expect(quotaFindings(plan, plan.app, quotas)).toEqual({ cannotStart: [], cannotGrow: [], unsaid: [], ...want });
  });
});

describe('plannedPods', () => {
  it('reads properties back as they were written', () => {
    const odd = { 'spark.a key:=#!': ' \\ tab\t and new\nline ', 'spark.executor.instances': '7' };
    const plan = planOf({ driver, executor: { cores: 1, memory: '1g' }, sparkConf: odd });
    expect(plannedPods(plan, withDefaults(plan.app)).map(({ first }) => first)).toEqual([1, 7]);
  });
});
