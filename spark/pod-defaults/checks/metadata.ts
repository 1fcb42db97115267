import { OPERATOR_LABEL_PREFIX } from '../../../api/labels.ts';
import { rules } from '../../validation/validate.ts';
import { when } from '../../validation/check.ts';
import { asApplication } from './as-application.ts';
import { entryPath, type Check } from './check.ts';

/** Text in which Spark would fill something in, were it a property. */
export const labelWithPlaceholder: Check = ({ labels = {} }) =>
  Object.entries(labels).flatMap(([key, value]) =>
    when(
      value.includes('{{'),
      entryPath('labels', key),
      'is set as it stands: {{APP_ID}} and its like work only in sparkConf["spark.kubernetes.driver.label.…"]',
    ),
  );

/** Labels of nodes have the syntax of all labels. */
export const nodeSelectorInvalid: Check = ({ nodeSelector = {} }) =>
  rules.labelInvalid(asApplication({ labels: nodeSelector }, 'driver')).map((finding) => ({
    ...finding,
    field: finding.field.replace('spec.driver.labels', 'spec.nodeSelector'),
  }));

/** Keys of annotations have the syntax of labels; their values are free. */
export const annotationInvalid: Check = ({ annotations = {} }) =>
  Object.keys(annotations).flatMap((key) => [
    ...rules
      .labelInvalid(asApplication({ labels: { [key]: '' } }, 'driver'))
      .map(({ message }) => ({ field: entryPath('annotations', key), message })),
    ...when(
      key.startsWith(OPERATOR_LABEL_PREFIX),
      entryPath('annotations', key),
      'cannot be set: it belongs to the operator',
    ),
  ]);
