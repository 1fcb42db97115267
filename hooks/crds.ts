import { sleep } from '../kube/clock.ts';
import { isNotFound } from '../kube/errors.ts';
import { notEstablished, definitions, type CustomResourceDefinition } from './crd.ts';
import { readCrdFiles } from './crd-files.ts';
import { crdVerdict } from './crd-verdict.ts';
import type { HookContext, HookOutcome } from './hook.ts';
import { persist } from './persist.ts';

export interface CrdsSettings {
  /** Folder with one CustomResourceDefinition as JSON in each file. */
  readonly directory: string;
}

/** What became of one definition. */
interface Applied {
  readonly name: string;
  readonly result: 'created' | 'updated' | 'unchanged' | 'left' | 'refused';
  readonly reason?: string;
}

const FIELD_MANAGER = 'spark-operator-crds';
const POLL_MS = 200;

/**
 * Brings the CustomResourceDefinitions of this release into the cluster by server-side apply (Helm installs the CRDs of a
 * chart once and never upgrades them), and waits until they are served. Never deletes one.
 */
export const crds =
  ({ directory }: CrdsSettings) =>
  async (context: HookContext): Promise<HookOutcome> => {
    const wanted = await readCrdFiles(directory);
    const applied = await Promise.all(wanted.map((crd) => applyOne(context, crd)));
    const refused = applied.filter(({ result }) => result === 'refused');
    const told = applied.map(({ name, result }) => `${name} ${result}`).join(', ');
    const reasons = applied.flatMap(({ reason }) => reason ?? []);
    return {
      ok: refused.length === 0,
      message: [told, ...reasons].join('; '),
      details: { definitions: applied },
    };
  };

async function applyOne(context: HookContext, wanted: CustomResourceDefinition): Promise<Applied> {
  const { name } = wanted.metadata;
  const existing = await read(context, name);
  const verdict = crdVerdict(existing, wanted);
  if (verdict.kind === 'Refuse') return { name, result: 'refused', reason: verdict.reason };
  if (verdict.kind === 'Leave') {
    context.log.warn({ definition: name, reason: verdict.reason }, 'Leaving a definition as it is');
    return { name, result: 'left', reason: verdict.reason };
  }
  context.log.info({ definition: name }, 'Applying a definition');
  const { client, signal } = context;
  const options = { type: 'apply', fieldManager: FIELD_MANAGER, force: true, signal } as const;
  const now = await persist(context, () => client.patch(definitions, { name }, wanted, options));
  await untilEstablished(context, now);
  if (existing === undefined) return { name, result: 'created' };
  // The API server raises the generation with every change of the spec.
  return { name, result: existing.metadata.generation === now.metadata.generation ? 'unchanged' : 'updated' };
}

async function read({ client, signal }: HookContext, name: string): Promise<CustomResourceDefinition | undefined> {
  try {
    return await client.get(definitions, { name }, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function untilEstablished(context: HookContext, applied: CustomResourceDefinition): Promise<void> {
  const { name } = applied.metadata;
  for (let seen: CustomResourceDefinition | undefined = applied; ; seen = await read(context, name)) {
    const problem = seen === undefined ? 'it was deleted' : notEstablished(seen);
    if (problem === undefined) return;
    await sleep(context.clock, POLL_MS, context.signal);
    if (context.signal.aborted) throw new Error(`${name} is not served: ${problem}`);
  }
}
