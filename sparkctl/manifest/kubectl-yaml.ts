import type { ParseOptions, DocumentOptions, SchemaOptions, ScalarTag } from 'yaml';

/**
 * kubectl reads YAML 1.1: `yes` and `off` are booleans, `0644` is octal. A manifest must mean the same here and there,
 * a file mode above all. The other oddities of 1.1 (sexagesimal numbers, dates) kubectl does not have either.
 */
const wordBoolean: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^[yY]|^[oO][nN]$/.test(text),
};

const leadingZeroOctal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => Number.parseInt(text, 8),
};

/** The options under which the `yaml` package reads what kubectl reads. */
export const kubectlYaml: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.2',
  merge: true,
  customTags: (tags) => [wordBoolean, leadingZeroOctal, ...tags],
};
