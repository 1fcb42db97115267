import type { StringMap } from '../../api/scalars.ts';
import { resources } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import type { FoundOperator } from '../operator/find-operator.ts';
import { serialise } from '../../terminal/serialise.ts';
import { qualifiedName } from '../output.ts';
import { UserError } from '../../terminal/user-error.ts';
import { applyObject, found, wasForbidden } from './apply-object.ts';
import { admissionOf, type Admission } from './labels-for-scope.ts';
import { namespaceObjects, type NamespaceRequest, type Propagation, type WantedObject } from './namespace-objects.ts';
import { nextSteps } from './next-steps.ts';

/** What was asked for. */
export interface SetupRequest extends Omit<NamespaceRequest, 'labels' | 'propagation'> {
  /** Undefined: nobody knows which operator will run the applications. */
  readonly operator: FoundOperator | undefined;
  /** Print the manifests instead of applying them. */
  readonly print: 'json' | 'yaml' | undefined;
}

/**
 * Makes a namespace ready for applications, and says what is left to do. Safe to repeat.
 * @throws UserError when the namespace does not exist, or rights are missing
 */
export async function setupNamespace(cli: Cli, cluster: Cluster, request: SetupRequest): Promise<void> {
  const { terminal } = cli;
  const { namespace, serviceAccount, operator, print } = request;
  refuseChartsOwn(request);
  const labels = await labelsOf(cli, cluster, request);
  const admission: Admission =
    operator === undefined ? { kind: 'seen' } : admissionOf(operator.scope, namespace, labels);
  const added = admission.kind === 'labels' ? admission.labels : {};
  const propagation = await propagationFor(cli, cluster, operator);
  const objects = namespaceObjects({ ...request, labels: added, propagation });
  if (print === undefined) await applyAll(cli, cluster, objects, namespace);
  else terminal.print(await manifests(print, objects));
  if (operator !== undefined) nextSteps(namespace, operator, admission).forEach(terminal.printError);
  terminal.printError(`Applications in "${namespace}" name it as spec.driver.serviceAccount: ${serviceAccount}`);
}

/** Helm does not take over what others made: an upgrade that lists the namespace would fail. */
function refuseChartsOwn({ operator, serviceAccount, namespace }: SetupRequest): void {
  if (operator?.scope.kind !== 'listed' || serviceAccount !== `${operator.release}-spark`) return;
  throw new UserError(
    `the chart makes the service account "${serviceAccount}" itself once "${namespace}" is listed: choose another --service-account`,
  );
}

async function labelsOf(
  { terminal }: Cli,
  cluster: Cluster,
  { namespace, create, print }: SetupRequest,
): Promise<StringMap> {
  try {
    const object = await found(cluster, resources.namespaces, { namespace: undefined, name: namespace });
    if (object !== undefined) return object.metadata?.labels ?? {};
  } catch (error) {
    if (!wasForbidden(error)) throw error;
    terminal.printError(`warning: ${error.message}`);
    return {};
  }
  if (create || print !== undefined) return {};
  throw new UserError(`namespace "${namespace}" does not exist: add --create to make it`);
}

/** Where namespaces are listed, the chart binds its ClusterRole itself; it has one only if something may be copied. */
async function propagationFor(
  { terminal }: Cli,
  cluster: Cluster,
  operator: FoundOperator | undefined,
): Promise<Propagation | undefined> {
  if (operator === undefined || operator.scope.kind === 'listed') return undefined;
  const clusterRole = `${operator.fullname}-propagate`;
  const { serviceAccount: name, namespace } = operator;
  try {
    const role = await found(cluster, resources.clusterroles, { namespace: undefined, name: clusterRole });
    return role === undefined ? undefined : { clusterRole, serviceAccount: { name, namespace } };
  } catch (error) {
    if (!wasForbidden(error)) throw error;
    terminal.printError(`warning: ${error.message}, so Secrets of SparkPodDefaults may not be copied there`);
    return undefined;
  }
}

async function applyAll(
  { terminal }: Cli,
  cluster: Cluster,
  objects: readonly WantedObject[],
  namespace: string,
): Promise<void> {
  for (const wanted of objects) {
    const name = qualifiedName(wanted.resource, wanted.object.metadata?.name ?? '');
    try {
      terminal.print(`${name} ${await applyObject(cluster, wanted)}`);
    } catch (error) {
      if (!wasForbidden(error)) throw error;
      const way = `sparkctl setup namespace ${namespace} --dry-run | kubectl apply -f -`;
      throw new UserError(`${error.message}. Ask someone who may, or hand over the manifests:  ${way}`, {
        cause: error,
      });
    }
  }
}

async function manifests(format: 'json' | 'yaml', objects: readonly WantedObject[]): Promise<string> {
  if (format === 'json') {
    return serialise('json', { apiVersion: 'v1', kind: 'List', items: objects.map(({ object }) => object) });
  }
  const documents = await Promise.all(objects.map(({ object }) => serialise('yaml', object)));
  return documents.join('\n---\n');
}
