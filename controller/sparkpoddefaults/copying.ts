import type { KubeClient } from '../../kube/client.ts';
import { ApiError, isForbidden, isInvalid, isNotFound } from '../../kube/errors.ts';
import { found } from '../sparkapplication/live.ts';
import { copyOf, isCopy, repairOf, type Content, type Copied, type Place } from './copy.ts';
import type { NamedObject } from './named-objects.ts';
import { resourceOf } from './source-watches.ts';
import type { WantedCopy } from './wanted-copies.ts';

/** How the making of one copy ended. Messages name objects and never what is in them. */
export type CopyOutcome =
  | { readonly kind: 'Copied' }
  | { readonly kind: 'SourceMissing' | 'NameTaken' | 'Forbidden' | 'Refused'; readonly message: string };

export interface Copying {
  readonly client: KubeClient;
  readonly read: (object: NamedObject) => Promise<Content | undefined>;
  readonly place: Place;
}

const COPIED: CopyOutcome = { kind: 'Copied' };

/** Makes or repairs one copy; writes nothing when it is as it should be. Throws ApiError when another try may help. */
export async function makeCopy(copying: Copying, wanted: WantedCopy): Promise<CopyOutcome> {
  try {
    const content = await copying.read(wanted);
    return content === undefined ? sourceMissing(copying, wanted) : await write(copying, wanted, content);
  } catch (error) {
    const outcome = outcomeOf(error, copying, wanted);
    if (outcome === undefined) throw error;
    return outcome;
  }
}

async function write(copying: Copying, wanted: WantedCopy, content: Content): Promise<CopyOutcome> {
  const { client, place } = copying;
  const resource = resourceOf(wanted);
  const ref = { namespace: place.namespace, name: wanted.name };
  const there = await present(copying, wanted);
  if (there === undefined) {
    await client.create(resource, copyOf(wanted, content, place));
    return COPIED;
  }
  if (!isCopy(there, wanted.name, place)) return nameTaken(wanted, place);
  const repair = repairOf(there, wanted, content, place);
  if (repair.kind === 'Patch') await client.patch(resource, ref, repair.patch);
  if (repair.kind === 'Replace') {
    await client.delete(resource, ref, { uid: there.metadata?.uid });
    await client.create(resource, copyOf(wanted, content, place));
  }
  return COPIED;
}

/**
 * Removes a copy that nobody asks for any more; what is not ours stays. False when it may not be removed: it is asked for
 * again later. Throws ApiError when another try may help.
 */
export async function removeCopy(copying: Copying, object: NamedObject): Promise<boolean> {
  const { client, place } = copying;
  try {
    const there = await present(copying, object);
    if (there === undefined || !isCopy(there, object.name, place)) return true;
    const ref = { namespace: place.namespace, name: object.name };
    await client.delete(resourceOf(object), ref, { uid: there.metadata?.uid });
    return true;
  } catch (error) {
    if (isNotFound(error)) return true;
    if (isForbidden(error)) return false;
    throw error;
  }
}

const present = ({ client, place }: Copying, object: NamedObject): Promise<Copied | undefined> =>
  found(client.get(resourceOf(object), { namespace: place.namespace, name: object.name }));

const sourceMissing = ({ place }: Copying, { kind, name }: NamedObject): CopyOutcome => ({
  kind: 'SourceMissing',
  message: `${kind} ${name} does not exist in namespace ${place.operatorNamespace}. Create it there.`,
});

const nameTaken = ({ kind, name }: NamedObject, { namespace }: Place): CopyOutcome => ({
  kind: 'NameTaken',
  message: `${kind} ${name} in namespace ${namespace} is not a copy of ours and stays as it is. Delete it to get the copy.`,
});

/** Facts about rights and objects; undefined for broken plumbing. */
function outcomeOf(error: unknown, { place }: Copying, { kind, name }: NamedObject): CopyOutcome | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const what = `${kind} ${name} cannot be copied to namespace ${place.namespace}`;
  if (isForbidden(error) && /cannot (?:get|create|update|patch|delete) resource/.test(error.message)) {
    const value = `podDefaults.propagate.${kind === 'Secret' ? 'secrets' : 'configMaps'}`;
    return {
      kind: 'Forbidden',
      message: `${what}: the operator lacks the right. Name it in the chart's value ${value}; a namespace that is added later also needs its RoleBinding (sparkctl setup namespace). ${error.message}`,
    };
  }
  // Quota, other admission, a name or content that the API server does not take: without its words for a Secret's content.
  if (isForbidden(error)) return { kind: 'Refused', message: `${what}: ${error.message}` };
  return isInvalid(error)
    ? { kind: 'Refused', message: `${what}: the API server refuses it (${error.reason})` }
    : undefined;
}
