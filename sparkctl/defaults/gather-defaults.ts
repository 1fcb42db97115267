import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { StringMap } from '../../api/scalars.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { isForbidden, isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import { findOperators, USUAL_NAMESPACE } from '../operator/find-operator.ts';
import { currentAttempt, type DefaultsFacts } from './explanation.ts';

/** The operator's namespace: as asked for, as the status tells, as its Deployment shows, or where it usually is. */
export async function operatorNamespaceOf(
  cluster: Cluster,
  app: SparkApplication,
  asked: string | undefined,
): Promise<string> {
  if (asked !== undefined) return asked;
  const told = currentAttempt(app)
    .map(({ name }) => name.split('/')[0] ?? '')
    .find((namespace) => namespace !== app.metadata.namespace);
  if (told !== undefined) return told;
  const operators = (await findOperators(cluster, {})) ?? [];
  const own = operators.find(
    ({ scope }) => scope.kind !== 'listed' || scope.namespaces.includes(app.metadata.namespace),
  );
  return own?.namespace ?? USUAL_NAMESPACE;
}

/**
 * Reads all defaults that may concern an application. Undefined, with a warning, where a right is missing without which
 * nothing true can be said of a new attempt.
 */
export async function gatherDefaults(
  cli: Cli,
  cluster: Cluster,
  app: SparkApplication,
  operatorNamespace: string,
): Promise<DefaultsFacts | undefined> {
  const namespaces = [...new Set([app.metadata.namespace, operatorNamespace])];
  const lists = await Promise.all(namespaces.map((namespace) => defaultsOf(cli, cluster, namespace)));
  if (lists.includes(undefined)) return undefined;
  const podDefaults = lists.flatMap((list) => list ?? []);
  const needsLabels = podDefaults.some(({ spec }) => spec.namespaceSelector !== undefined);
  const namespaceLabels = needsLabels ? await labelsOf(cli, cluster, app.metadata.namespace) : {};
  if (namespaceLabels === undefined) return undefined;
  return { app, podDefaults, namespaceLabels, operatorNamespace, now: cli.now() };
}

const defaultsOf = (cli: Cli, cluster: Cluster, namespace: string): Promise<readonly SparkPodDefaults[] | undefined> =>
  allowed(cli, async () => cluster.list(resources.sparkPodDefaults, { namespace }));

const labelsOf = (cli: Cli, cluster: Cluster, name: string): Promise<StringMap | undefined> =>
  allowed(cli, async () => {
    const { metadata } = await cluster.get(resources.namespaces, { namespace: undefined, name });
    return metadata?.labels ?? {};
  });

/** A missing right is told, not thrown; so is an operator from before there were SparkPodDefaults. */
async function allowed<T>({ terminal }: Cli, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !(isForbidden(error.cause) || isNotFound(error.cause))) throw error;
    terminal.printError(`warning: ${error.message}`);
    return undefined;
  }
}
