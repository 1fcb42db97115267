import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { rolePods, when, type Check } from './check.ts';
import { checkOpenParts } from './open-parts.ts';
import type { Finding } from './violation.ts';

/** A value inside a template, volume, affinity… that no API server can read: it would refuse every pod made of it. */
export const partMisshapen: Check = ({ spec }) => [...checkOpenParts(spec).wrong, ...tooLarge(spec)];

/** More than any application has. The other rules, and the plan, may compare each item with each. */
const MAX_ITEMS = 1000;

/** So that a plan takes milliseconds, whatever someone sends: 50,000 properties would hold up everybody's for seconds. */
const MAX_KEYS = 2000;

const ROLE_LISTS = ['ports', 'configMaps', 'secrets'] as const;
const ROLE_MAPS = ['labels', 'annotations', 'nodeSelector', 'envVars', 'envSecretKeyRefs'] as const;
const DEPENDENCIES = ['jars', 'files', 'pyFiles', 'archives', 'packages', 'excludePackages', 'repositories'] as const;

const tooLarge = (spec: SparkApplicationSpec): readonly Finding[] => [
  ...tooLong('spec.driverIngressOptions', spec.driverIngressOptions),
  ...DEPENDENCIES.flatMap((list) => tooLong(`spec.deps.${list}`, spec.deps?.[list])),
  ...(['sparkConf', 'hadoopConf', 'nodeSelector'] as const).flatMap((map) => tooWide(`spec.${map}`, spec[map])),
  ...rolePods(spec).flatMap(({ path, pod }) => [
    ...ROLE_LISTS.flatMap((list) => tooLong(`${path}.${list}`, pod[list])),
    ...ROLE_MAPS.flatMap((map) => tooWide(`${path}.${map}`, pod[map])),
  ]),
];

const tooLong = (field: string, list: readonly unknown[] = []): readonly Finding[] =>
  when(list.length > MAX_ITEMS, field, `has ${list.length} items: ${MAX_ITEMS} at most are possible`);

const tooWide = (field: string, map: object = {}): readonly Finding[] => {
  const { length } = Object.keys(map);
  return when(length > MAX_KEYS, field, `has ${length} keys: ${MAX_KEYS} at most are possible`);
};

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
