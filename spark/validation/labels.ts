import { OPERATOR_LABEL_PREFIX, sparkOwnedLabels } from '../../api/labels.ts';
import type { StringMap } from '../../api/scalars.ts';
import { rolePods, when, type Check } from './check.ts';
import type { Finding } from './violation.ts';

const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Labels by which the operator or Spark find their pods again. In a template Spark overwrites its own. */
export const ownedLabelSet: Check = ({ spec }) => [
  ...rolePods(spec).flatMap(({ path, pod: { labels = {}, template } }) => [
    ...Object.keys(labels).flatMap((key) =>
      when(
        isOperatorLabel(key) || sparkOwnedLabels.includes(key),
        `${path}.labels["${key}"]`,
        `cannot be set: ${isOperatorLabel(key) ? 'the operator' : 'Spark'} finds its pods by it`,
      ),
    ),
    ...operatorLabels(`${path}.template.metadata.labels`, template?.metadata?.labels, 'pods'),
  ]),
  ...operatorLabels('spec.driver.serviceLabels', spec.driver?.serviceLabels, 'Services'),
];

const isOperatorLabel = (key: string): boolean => key.startsWith(OPERATOR_LABEL_PREFIX);

const operatorLabels = (path: string, labels: StringMap | undefined, kind: string): readonly Finding[] =>
  Object.keys(labels ?? {})
    .filter(isOperatorLabel)
    .map((key) => ({ field: `${path}["${key}"]`, message: `cannot be set: the operator finds its ${kind} by it` }));

/** Labels that the API server refuses. */
export const labelInvalid: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { labels = {} } }) =>
    Object.entries(labels).flatMap(([key, value]) => [
      ...when(
        !labelKey.test(key),
        `${path}.labels["${key}"]`,
        'is not a label key: use letters, digits, -, _ and ., with an optional prefix and /',
      ),
      ...when(
        // {{APP_ID}} and {{EXECUTOR_ID}} are filled in by Spark.
        !value.includes('{{') && !(value.length <= 63 && labelValue.test(value)),
        `${path}.labels["${key}"]`,
        `"${value}" is not a label value: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends`,
      ),
    ]),
  );

/** Node labels are asked for either for both roles or for each. */
export const nodeSelectorTwice: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { nodeSelector } }) =>
    when(
      spec.nodeSelector !== undefined && nodeSelector !== undefined,
      `${path}.nodeSelector`,
      'cannot be combined with spec.nodeSelector: move those labels into driver.nodeSelector and executor.nodeSelector',
    ),
  );
