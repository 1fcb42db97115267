import type { KubernetesObject } from '../../api/kubernetes.ts';
import { isForbidden } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import type { Cluster } from '../cli.ts';
import { scopeOf, type Scope } from './scope.ts';

/** An installation of the operator, as its controller's Deployment shows it. */
export interface FoundOperator {
  readonly namespace: string;
  /** Helm's name of the installation. */
  readonly release: string;
  /** The chart's prefix of all names. */
  readonly fullname: string;
  /** Service account of the controller. */
  readonly serviceAccount: string;
  readonly scope: Scope;
}

/** How to look for it. Unset: everywhere, and whatever release. */
export interface OperatorSearch {
  readonly namespace?: string | undefined;
  readonly release?: string | undefined;
}

/** Where the chart's documents install it. */
export const USUAL_NAMESPACE = 'spark-operator';

const CONTROLLERS = 'app.kubernetes.io/component=controller';

/**
 * The installations that the person at the keyboard may see, oldest first; undefined when Deployments may not be listed. Who may
 * not list those of all namespaces may still list those of the usual one.
 */
export async function findOperators(
  cluster: Cluster,
  { namespace, release }: OperatorSearch,
): Promise<readonly FoundOperator[] | undefined> {
  const places = namespace === undefined ? [undefined, USUAL_NAMESPACE] : [namespace];
  for (const place of places) {
    const found = await controllersIn(cluster, place);
    if (found !== undefined) return found.filter((one) => release === undefined || one.release === release);
  }
  return undefined;
}

async function controllersIn(
  cluster: Cluster,
  namespace: string | undefined,
): Promise<readonly FoundOperator[] | undefined> {
  const query = { labelSelector: CONTROLLERS, ...(namespace === undefined ? {} : { namespace }) };
  try {
    const deployments = await cluster.list(resources.deployments, query);
    return deployments.flatMap(operatorOf);
  } catch (error) {
    if (error instanceof Error && isForbidden(error.cause)) return undefined;
    throw error;
  }
}

/** What is read of a Deployment: the API server guarantees the shape. */
interface Deployment extends KubernetesObject {
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly serviceAccountName?: string;
        readonly containers?: readonly { readonly args?: readonly string[] }[];
      };
    };
  };
}

/** Other programs have controllers, too: ours is started with `controller start`, and told its namespaces. */
function operatorOf(deployment: Deployment): readonly FoundOperator[] {
  const { serviceAccountName = 'default', containers = [] } = deployment.spec?.template?.spec ?? {};
  const args = containers.map((container) => container.args ?? []).find(startsController);
  if (args === undefined) return [];
  return [{ ...namesOf(deployment), serviceAccount: serviceAccountName, scope: scopeOf(args) }];
}

function namesOf({ metadata = {} }: Deployment): Pick<FoundOperator, 'namespace' | 'release' | 'fullname'> {
  const { namespace = '', name = '', labels = {} } = metadata;
  return {
    namespace,
    release: labels['app.kubernetes.io/instance'] ?? '',
    fullname: name.replace(/-controller$/, ''),
  };
}

const startsController = (args: readonly string[]): boolean =>
  args[0] === 'controller' && args[1] === 'start' && args.some((arg) => arg.startsWith('--namespaces='));
