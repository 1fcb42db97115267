import { ownedKeys } from '../../spark/validation/owned-keys.ts';
import type { Rule, StructuralSchema } from './structural-schema.ts';

/** What a table below lays over the schema of a field. */
type Overlay = Pick<StructuralSchema, 'x-kubernetes-validations' | 'maxLength' | 'enum'>;

/** Long enough for every real value; CEL's cost is estimated from it. */
const SHORT = 64;

const quoted = (text: string): string => `'${text}'`;

/** A rule on a short text, with a message that quotes the value: `hint` says how to write it. */
const shortText = (pattern: string, hint: string): Overlay => ({
  maxLength: SHORT,
  'x-kubernetes-validations': [
    { rule: `self.matches(r'${pattern}')`, messageExpression: `'"' + self + '" ${hint}'`, reason: 'FieldValueInvalid' },
  ],
});

const javaMemory = shortText(
  '^ *[0-9]+([bBkKmMgGtTpP]|[kKmMgGtTpP][bB])? *$',
  'is not a memory size as Java writes it: use a whole number and a unit, such as 512m or 4g (not 512Mi)',
);
const quantity = shortText(
  '^[0-9]*[.]?[0-9]+([.]|m|k|M|G)?$',
  'is not a number of CPUs: use a Kubernetes quantity such as "1", "500m" or "1.5"',
);
const memoryLimit = shortText(
  '^[0-9]+([.][0-9]+)?([bBkKmMgGtTpP]|[kKmMgGtTpP][bB]|[KMGTPE]i)?$',
  'is not a memory size: use Java units (2g) or a Kubernetes quantity (2Gi)',
);

/** Exact keys only: looking at every key of a map would cost the API server more than it allows. */
const ownedKeyRules: readonly Rule[] = ownedKeys.map(({ keys, instead }) => ({
  rule: `[${keys.map(quoted).join(', ')}].all(key, !(key in self))`,
  message: `${keys.join(', ')} cannot be set here: ${instead}`,
  reason: 'FieldValueForbidden',
}));

/** The same in one rule, for defaults: an application's own fields are the only way there. */
const ownedKeyRule: Rule = {
  rule: `[${ownedKeys.flatMap(({ keys }) => keys.map(quoted)).join(', ')}].all(key, !(key in self))`,
  message: 'master, images, service accounts, pod templates and the application id are set by each application and the operator, not by defaults',
  reason: 'FieldValueForbidden',
};

const valuesRule: Rule = {
  rule: "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
  message: 'In and NotIn need values, Exists and DoesNotExist take none',
  fieldPath: '.values',
  reason: 'FieldValueInvalid',
};

const atMost = (low: string, high: string): Rule => ({
  rule: `!has(self.${low}) || !has(self.${high}) || self.${low} <= self.${high}`,
  message: `${low} is greater than ${high}`,
  fieldPath: `.${low}`,
});

const specRules: readonly Rule[] = [
  {
    rule: "(has(self.mainClass) && self.mainClass != '') || self.mainApplicationFile.endsWith('.py') || self.mainApplicationFile.endsWith('.R') || (has(self.type) && self.type in ['Python', 'R'])",
    message: 'mainClass is missing: a Java or Scala application needs the name of the class with its main method',
    reason: 'FieldValueRequired',
    fieldPath: '.mainClass',
  },
  {
    rule: "(has(self.image) && self.image != '') || (has(self.driver) && has(self.driver.image) && has(self.executor) && has(self.executor.image))",
    message: 'image is missing: set image, or driver.image and executor.image',
    reason: 'FieldValueRequired',
    fieldPath: '.image',
  },
  {
    rule: "self.mainApplicationFile == 'spark-internal' || (self.mainApplicationFile.matches('^[A-Za-z][A-Za-z0-9+.-]*:') && !self.mainApplicationFile.startsWith('file:'))",
    message: 'mainApplicationFile must be a URI that the driver can read: local:///path for a file in the image, or a remote one such as s3a://bucket/app.jar',
    reason: 'FieldValueInvalid',
    fieldPath: '.mainApplicationFile',
  },
  {
    rule: '!has(self.nodeSelector) || !((has(self.driver) && has(self.driver.nodeSelector)) || (has(self.executor) && has(self.executor.nodeSelector)))',
    message: 'nodeSelector cannot be combined with driver.nodeSelector or executor.nodeSelector: put the labels into those two',
    reason: 'FieldValueForbidden',
    fieldPath: '.nodeSelector',
  },
];

/** Without a path: the API server takes none into metadata, so the message names the field. */
const nameRule: Rule = {
  rule: "!has(self.metadata.name) || self.metadata.name.matches('^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$')",
  message:
    'metadata.name must be at most 63 lower-case letters, digits and dashes and start with a letter: it becomes a label and part of the names of pods and Services',
};

const serviceType: Overlay = { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] };

const overlays: Readonly<Record<string, Overlay>> = {
  SparkApplication: { 'x-kubernetes-validations': [nameRule] },
  ScheduledSparkApplication: { 'x-kubernetes-validations': [nameRule] },
  SparkApplicationSpec: { 'x-kubernetes-validations': specRules },
  'SparkApplicationSpec.mainApplicationFile': { maxLength: 4096 },
  'SparkApplicationSpec.mode': {
    'x-kubernetes-validations': [
      {
        rule: "self == 'cluster'",
        message: 'mode client would run the driver inside the operator and is not supported: leave mode out or set it to cluster',
        reason: 'FieldValueInvalid',
      },
    ],
  },
  'SparkApplicationSpec.sparkConf': { 'x-kubernetes-validations': ownedKeyRules },
  'SparkPodDefaultsSpec.sparkConf': { 'x-kubernetes-validations': [ownedKeyRule] },
  LabelSelectorRequirement: { 'x-kubernetes-validations': [valuesRule] },
  'SparkApplicationSpec.memoryOverheadFactor': shortText('^[0-9]+([.][0-9]+)?$', 'is not a number such as "0.2"'),
  'SparkApplicationSpec.imagePullPolicy': { enum: ['Always', 'IfNotPresent', 'Never'] },
  'SparkUIOptions.serviceType': serviceType,
  'DriverIngressOptions.serviceType': serviceType,
  'Port.protocol': { enum: ['TCP', 'UDP', 'SCTP'] },
  DynamicAllocation: {
    'x-kubernetes-validations': [
      atMost('minExecutors', 'maxExecutors'),
      atMost('minExecutors', 'initialExecutors'),
      atMost('initialExecutors', 'maxExecutors'),
    ],
  },
  ...Object.fromEntries(
    ['DriverSpec', 'ExecutorSpec'].flatMap((pod) => [
      [`${pod}.memory`, javaMemory],
      [`${pod}.memoryOverhead`, javaMemory],
      [`${pod}.memoryLimit`, memoryLimit],
      [`${pod}.coreRequest`, quantity],
      [`${pod}.coreLimit`, quantity],
    ]),
  ),
};

/** What is laid over the schema of a definition or of one of its fields, such as DriverSpec.memory. */
export const rulesOf = (place: string): Overlay => overlays[place] ?? {};
