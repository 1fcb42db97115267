import { isNotFound, ApiError } from '../../kube/errors.ts';
import type { ObjectRef } from '../../kube/key.ts';
import type { Resource } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import type { ManifestDocument } from '../manifest/parse-manifest.ts';
import { serverRefusal } from '../manifest/server-refusal.ts';
import { poll } from '../poll.ts';
import { UserError } from '../../terminal/user-error.ts';

/** An object of a manifest with the place where it will live. */
export interface Planned {
  readonly document: ManifestDocument;
  readonly resource: Resource;
  readonly namespace: string;
}

/** How it is created. */
export interface CreateMode {
  /** After an earlier object of the name is deleted and gone. */
  readonly replace: boolean;
  /** Everything is checked, nothing is stored. */
  readonly dryRun: boolean;
}

/** An object that lives. */
export interface Created {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** How long the deletion of an earlier object may take: its pods go after it, not before. */
const DELETE_MS = 60_000;

/**
 * Creates one object.
 * @throws UserError with the place in the manifest when the API server refuses a field
 */
export async function createObject(cli: Cli, cluster: Cluster, planned: Planned, mode: CreateMode): Promise<Created> {
  const { document, resource, namespace } = planned;
  const { name, generateName } = document.object.metadata;
  if (mode.replace && name !== undefined) await remove(cli, cluster, resource, { namespace, name });
  const object = { ...document.object, metadata: { ...document.object.metadata, namespace } };
  try {
    const ref = { namespace, name: name ?? generateName ?? '' };
    const created = await cluster.create(resource, object, { ref, dryRun: mode.dryRun });
    return { resource, namespace, name: nameOf(created) ?? name ?? '' };
  } catch (error) {
    const refused = error instanceof Error ? serverRefusal(error.cause, document) : undefined;
    throw refused === undefined ? error : new UserError(refused.join('\n'), { cause: error });
  }
}

/** Deletes an object if there is one, and waits until it is gone. */
async function remove(cli: Cli, cluster: Cluster, resource: Resource, ref: Required<ObjectRef>): Promise<void> {
  const there = await exists(() => cluster.delete(resource, ref));
  if (!there) return;
  cli.terminal.printError(`${resource.kind} "${ref.name}" deleted`);
  const patience = { what: `the deletion of ${resource.kind} "${ref.name}"`, timeoutMs: DELETE_MS };
  await poll(cli, patience, async () =>
    (await exists(() => cluster.get(resource, ref))) ? { pending: 'it still exists' } : { found: true },
  );
}

async function exists(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    const missing =
      cause instanceof ApiError && isNotFound(cause) && error instanceof UserError && error.exitCode === 1;
    if (missing) return false;
    throw error;
  }
}

/** The API server returns every object with its name, also one that was generated. */
function nameOf(created: unknown): string | undefined {
  const { metadata } = created as { readonly metadata?: { readonly name?: string } };
  return metadata?.name;
}
