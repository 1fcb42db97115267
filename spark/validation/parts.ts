import { rolePods, when, type Check } from './check.ts';
import { checkOpenParts } from './open-parts.ts';

/** A value inside a template, volume, affinity… that no API server can read: it would refuse every pod made of it. */
export const partMisshapen: Check = ({ spec }) => checkOpenParts(spec).wrong;

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
