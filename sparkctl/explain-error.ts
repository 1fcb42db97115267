import { GROUP } from '../api/group.ts';
import { ApiError, isAlreadyExists, isForbidden, isNotFound } from '../kube/errors.ts';
import type { Resource } from '../kube/resources.ts';
import { exitCode } from './exit-code.ts';
import { UserError } from '../terminal/user-error.ts';

/** What was being done when the API server refused: everything a message needs to be of help. */
export interface Attempted {
  readonly verb: 'get' | 'list' | 'create' | 'apply' | 'delete' | 'watch' | 'read' | 'forward';
  readonly resource: Resource;
  readonly server: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

/** How to get the operator: the message for a cluster that does not know our kinds. */
export const installHint =
  'install it with: helm install spark-operator charts/spark-operator --namespace spark-operator --create-namespace';

/** Turns what the machine room reports into an error for people, with the exit code it deserves. Other errors pass unchanged. */
export function explainError(error: unknown, attempted: Attempted): unknown {
  if (!(error instanceof ApiError)) return error;
  const explanation = explanations.find(({ applies }) => applies(error, attempted));
  if (explanation === undefined) return new UserError(`${attempt(attempted)}: ${error.message}`, { cause: error });
  return new UserError(explanation.text(error, attempted), { exitCode: explanation.exitCode, cause: error });
}

interface Explanation {
  readonly applies: (error: ApiError, attempted: Attempted) => boolean;
  readonly text: (error: ApiError, attempted: Attempted) => string;
  readonly exitCode: UserError['exitCode'];
}

/** The first that applies speaks. */
const explanations: readonly Explanation[] = [
  {
    applies: (error) => error.status === 0,
    text: ({ message }, { server }) => `cannot reach the API server ${server}: ${message}`,
    exitCode: exitCode.unreachable,
  },
  {
    applies: (error) => error.status === 401,
    text: (_error, { server }) =>
      `the API server ${server} does not accept these credentials: log in again, or choose another --context`,
    exitCode: exitCode.unreachable,
  },
  {
    applies: (error, { resource }) => resource.group === GROUP && isUnknownResource(error),
    text: (_error, { server, resource }) =>
      `the Spark operator is not installed in the cluster ${server} (it does not know ${resource.plural}.${resource.group}); ${installHint}`,
    exitCode: exitCode.notInstalled,
  },
  {
    applies: (error, { name }) => isNotFound(error) && name !== undefined && error.message.includes('namespaces "'),
    text: (_error, { namespace = '' }) => `namespace "${namespace}" does not exist`,
    exitCode: exitCode.failed,
  },
  {
    applies: (error, { name }) => isNotFound(error) && name !== undefined,
    text: (_error, { resource, name = '', namespace = '' }) =>
      `${resource.kind} "${name}" not found in namespace "${namespace}"`,
    exitCode: exitCode.failed,
  },
  {
    applies: isAlreadyExists,
    text: (_error, { resource, name = '', namespace = '' }) =>
      `${resource.kind} "${name}" exists already in namespace "${namespace}": delete it first, or use create --delete`,
    exitCode: exitCode.failed,
  },
  {
    applies: (error) => isForbidden(error) && /cannot \w+ resource/.test(error.message),
    text: ({ message }, { verb, resource, namespace }) =>
      `you may not ${verb} ${qualified(resource)}${place(resource, namespace)}: ${message}`,
    exitCode: exitCode.failed,
  },
];

/** An absent object is a 404 that names it; an absent kind is a 404 about the path (or about the resource as a whole). */
const isUnknownResource = (error: ApiError): boolean => isNotFound(error) && !/ "[^"]+" not found/.test(error.message);

const place = ({ namespaced }: Resource, namespace: string | undefined): string => {
  if (!namespaced) return '';
  return namespace === undefined ? ' in all namespaces' : ` in namespace "${namespace}"`;
};

const qualified = ({ plural, group }: Resource): string => (group === '' ? plural : `${plural}.${group}`);

const attempt = ({ verb, resource, name }: Attempted): string =>
  name === undefined ? `cannot ${verb} ${resource.plural}` : `cannot ${verb} ${resource.kind} "${name}"`;
