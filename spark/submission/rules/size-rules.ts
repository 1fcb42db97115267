import { propertiesText } from '../properties-text.ts';
import type { SubmissionRule } from './rule.ts';

/** A ConfigMap holds 1 MiB; the operator's own entries take a part of it. */
const MAX_PROPERTIES_BYTES = 1_000_000;

/** The API server would refuse the ConfigMap with the properties. */
export const propertiesTooLarge: SubmissionRule = ({ conf }) => {
  const size = Buffer.byteLength(propertiesText(conf.entries()), 'utf8');
  return size <= MAX_PROPERTIES_BYTES
    ? []
    : [
        {
          field: 'spec.sparkConf',
          message: `all properties together take ${size} bytes, more than the ${MAX_PROPERTIES_BYTES} that a ConfigMap has room for: put large values into a file of the image`,
          rule: 'propertiesTooLarge',
        },
      ];
};
