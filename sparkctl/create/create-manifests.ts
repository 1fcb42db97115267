import { resources, type Resource } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import { printLog } from '../commands/log.ts';
import { exitCode } from '../exit-code.ts';
import { throwFailures } from '../failures.ts';
import type { ManifestDocument } from '../manifest/parse-manifest.ts';
import { readManifests } from '../manifest/read-manifests.ts';
import { resourceOf } from '../manifest/resource-of.ts';
import { violationsOf } from '../manifest/violations.ts';
import { qualifiedName } from '../output.ts';
import { UserError } from '../../terminal/user-error.ts';
import { createObject, type Created } from './create-object.ts';

/** The flags of `sparkctl create` that matter here. */
export interface CreateFlags {
  readonly filename?: readonly string[];
  readonly delete?: boolean;
  readonly logs?: boolean;
  readonly dryRun?: boolean;
  readonly output?: 'name';
  /** Of the global flags: a manifest must not name another one. */
  readonly namespace?: string;
}

/** An object of a manifest that has passed all checks which need no cluster. */
export interface PlannedObject {
  readonly document: ManifestDocument;
  readonly resource: Resource;
}

/**
 * Reads and checks all manifests before anything is created.
 * @throws UserError with every violation: file, line, field and what is wrong
 */
export async function planManifests(
  cli: Cli,
  files: readonly string[],
  flags: CreateFlags,
): Promise<readonly PlannedObject[]> {
  const documents = await readManifests(cli, files);
  const planned = documents.map((document) => ({ document, resource: resourceOf(document) }));
  const violations = documents.flatMap((document) => [...namespaceClash(document, flags), ...violationsOf(document)]);
  if (violations.length > 0) throw new UserError(violations.join('\n'));
  const applications = planned.filter(isApplication).length;
  if (flags.logs === true && applications !== 1) {
    throw new UserError(`--logs follows one SparkApplication, but the manifests hold ${applications}`, {
      exitCode: exitCode.usage,
    });
  }
  return planned;
}

/**
 * Creates the objects in order, all of them even when one fails, as kubectl does. Then, with `--logs`, follows the driver.
 * @throws UserError with all failures
 */
export async function createManifests(
  cli: Cli,
  cluster: Cluster,
  planned: readonly PlannedObject[],
  flags: CreateFlags,
): Promise<void> {
  const mode = { replace: flags.delete === true, dryRun: flags.dryRun === true };
  const created: Created[] = [];
  const failures: unknown[] = [];
  for (const one of planned) {
    const namespace = one.document.object.metadata.namespace ?? cluster.namespace;
    try {
      const object = await createObject(cli, cluster, { ...one, namespace }, mode);
      created.push(object);
      report(cli, object, flags);
    } catch (error) {
      failures.push(error);
    }
  }
  throwFailures(failures);
  const followed = created.find(isApplication);
  if (flags.logs === true && followed !== undefined) {
    await printLog(cli, { ...cluster, namespace: followed.namespace }, followed.name, { follow: true });
  }
}

function report({ terminal }: Cli, { resource, name }: Created, { output, dryRun }: CreateFlags): void {
  const sentence = `${resource.kind} "${name}" created${dryRun === true ? ' (dry run)' : ''}`;
  terminal.print(output === 'name' ? qualifiedName(resource, name) : sentence);
}

/** A flag that contradicts the manifest is a mistake, as with kubectl. */
function namespaceClash({ object, where }: ManifestDocument, flags: CreateFlags): readonly string[] {
  const { namespace } = object.metadata;
  if (namespace === undefined || flags.namespace === undefined || namespace === flags.namespace) return [];
  const place = where('metadata.namespace');
  return [`${place}: metadata.namespace: is "${namespace}", but --namespace is "${flags.namespace}"`];
}

const isApplication = ({ resource }: { readonly resource: Resource }): boolean =>
  resource.kind === resources.sparkApplications.kind;
