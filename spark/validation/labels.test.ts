import { describeRules } from '../../test/violations.ts';

describeRules({
  ownedLabelSet: {
    'of the operator and of Spark': [
      {
        driver: { labels: { 'sparkoperator.k8s.io/app-name': 'x' } },
        executor: { labels: { 'spark-role': 'driver' } },
      },
      'spec.driver.labels["sparkoperator.k8s.io/app-name"]: cannot be set: the operator finds its pods by it',
      'spec.executor.labels["spark-role"]: cannot be set: Spark finds its pods by it',
    ],
    'of the operator, by template and on the Service': [
      {
        driver: { serviceLabels: { 'sparkoperator.k8s.io/app-name': 'x', team: 'a' } },
        executor: {
          template: { metadata: { labels: { 'sparkoperator.k8s.io/submission-id': 'x', 'spark-role': 'x' } } },
        },
      },
      'spec.executor.template.metadata.labels["sparkoperator.k8s.io/submission-id"]: cannot be set: the operator finds its pods by it',
      'spec.driver.serviceLabels["sparkoperator.k8s.io/app-name"]: cannot be set: the operator finds its Services by it',
    ],
    'of the user': [{ driver: { labels: { version: '4.0.1', 'example.org/team': 'a' } } }],
  },
  labelInvalid: {
    'keys and values': [
      { driver: { labels: { 'a b': 'x', team: 'Data & AI', long: 'x'.repeat(64), id: '{{APP_ID}}', empty: '' } } },
      'spec.driver.labels["a b"]: is not a label key: use letters, digits, -, _ and ., with an optional prefix and /',
      'spec.driver.labels["team"]: "Data & AI" is not a label value: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends',
      `spec.driver.labels["long"]: "${'x'.repeat(64)}" is not a label value: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends`,
    ],
  },
  nodeSelectorTwice: {
    'for both and for one': [
      { nodeSelector: { disk: 'ssd' }, executor: { nodeSelector: { gpu: 'yes' } } },
      'spec.executor.nodeSelector: cannot be combined with spec.nodeSelector: move those labels into driver.nodeSelector and executor.nodeSelector',
    ],
    'for each': [{ driver: { nodeSelector: { a: 'b' } }, executor: { nodeSelector: { a: 'c' } } }],
  },
});
