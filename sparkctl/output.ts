import { Option } from 'commander';

import type { Resource } from '../kube/resources.ts';

export type OutputFormat = 'wide' | 'json' | 'yaml' | 'name';

/** The `-o` flag with the formats that make sense for a command. */
export const outputOption = (...formats: OutputFormat[]): Option =>
  new Option('-o, --output <format>', 'print as').choices(formats);

/** `sparkapplication.sparkoperator.k8s.io/pi`: what `-o name` prints and kubectl takes. */
export const qualifiedName = ({ kind, group }: Resource, name: string): string =>
  `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
