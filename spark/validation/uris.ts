import type { Dependencies } from '../../api/sparkapplication.ts';
import { when, type Check } from './check.ts';
import type { Finding } from './violation.ts';

/** Fields of `deps` that hold URIs; packages and repositories have forms of their own. */
const uriLists = ['jars', 'files', 'pyFiles', 'archives'] as const satisfies readonly (keyof Dependencies)[];

const scheme = /^[a-z][a-z0-9+.-]*:/i;

/** spark-submit's word for an application whose class is already on the class path. */
const NO_RESOURCE = 'spark-internal';

/** A main file on the disk of whoever submits: with spark-submit that is a laptop, here it would be the operator. */
export const mainApplicationFileNotReachable: Check = ({ spec: { mainApplicationFile } }) =>
  mainApplicationFile === '' ? [] : notReachable('spec.mainApplicationFile', mainApplicationFile);

/** The same for dependencies. */
export const dependencyNotReachable: Check = ({ spec: { deps = {} } }) =>
  uriLists.flatMap((list) =>
    (deps[list] ?? []).flatMap((uri, index) => notReachable(`spec.deps.${list}[${index}]`, uri)),
  );

/** Maven coordinates have three parts. */
export const packageNotCoordinate: Check = ({ spec: { deps = {} } }) =>
  (deps.packages ?? []).flatMap((text, index) =>
    when(
      !/^[^:\s,]+:[^:\s,]+:[^\s,]+$/.test(text.trim()),
      `spec.deps.packages[${index}]`,
      `"${text}" is not a Maven coordinate: write group:artifact:version`,
    ),
  );

function notReachable(field: string, uri: string): readonly Finding[] {
  if (uri === NO_RESOURCE || (scheme.test(uri) && !/^file:/i.test(uri))) return [];
  const path = uri.replace(/^file:\/*/i, '/');
  return [
    {
      field,
      message: `"${uri}" is a path on the machine that submits, which the driver cannot read: use local://${path.startsWith('/') ? path : `/${path}`} for a file in the image, or a remote URI such as s3a://bucket/app.jar`,
    },
  ];
}
