import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { rolePods, when, type Check } from './check.ts';
import { checkOpenParts } from './open-parts.ts';
import type { Finding } from './violation.ts';

/** A value inside a template, volume, affinity… that no API server can read: it would refuse every pod made of it. */
export const partMisshapen: Check = ({ spec }) => [...checkOpenParts(spec).wrong, ...listsTooLong(spec)];

/** More than any application has. The other rules, and the plan, may compare each item with each. */
const MAX_ITEMS = 1000;

const listsTooLong = (spec: SparkApplicationSpec): readonly Finding[] => [
  ...tooLong('spec.driverIngressOptions', spec.driverIngressOptions),
  ...rolePods(spec).flatMap(({ path, pod }) =>
    (['ports', 'configMaps', 'secrets'] as const).flatMap((list) => tooLong(`${path}.${list}`, pod[list])),
  ),
];

const tooLong = (field: string, list: readonly unknown[] = []): readonly Finding[] =>
  when(list.length > MAX_ITEMS, field, `has ${list.length} items: ${MAX_ITEMS} at most are possible`);

/** A template of another namespace: everything that an application makes or names lies in its own. */
export const templateNamespaceOfOthers: Check = ({ metadata, spec }) =>
  rolePods(spec).flatMap(({ path, pod: { template } }) => {
    const namespace = template?.metadata?.namespace;
    return when(
      (namespace ?? metadata.namespace) !== metadata.namespace,
      `${path}.template.metadata.namespace`,
      `must be the namespace of the application: leave it out, and create the application in namespace "${namespace ?? ''}" to run it there`,
    );
  });
