import { parseAllDocuments } from 'yaml';

import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { applyObject, found, type Outcome } from './apply-object.ts';

/** Field manager of the chart's own hook: whoever of the two writes the definitions, they have one owner. */
const CRD_MANAGER = 'spark-operator-crds';

const definitions = resources.customResourceDefinitions;

/** The definitions of `helm show crds`. */
export function parseCrds(text: string): readonly KubernetesObject[] {
  return separated(text)
    .flatMap((part) => parseAllDocuments(part).map((document) => document.toJS() as unknown))
    .filter(isDefinition);
}

/** Helm joins the files of a chart as they are: not each of them begins with the line that separates documents. */
const separated = (text: string): readonly string[] =>
  text.split(/^(?=apiVersion:)/m).filter((part) => part.trim() !== '');

const isDefinition = (value: unknown): value is KubernetesObject =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === definitions.kind;

/**
 * Applies definitions: those that are missing, or all of them. What is there belongs to the chart's hook, which knows when an older
 * definition must not take the place of a newer one; it is left alone unless the hook is off.
 * @returns what happened to the definitions as a whole
 */
export async function applyCrds(
  { client, crds }: { readonly client: KubeClient; readonly crds: readonly KubernetesObject[] },
  which: 'missing' | 'all',
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const crd of crds) {
    const there = which === 'missing' && (await found(client, definitions, { name: nameOf(crd) })) !== undefined;
    outcomes.push(there ? 'unchanged' : await applyObject(client, definitions, crd, { fieldManager: CRD_MANAGER }));
  }
  if (outcomes.includes('updated')) return 'updated';
  return outcomes.includes('created') ? 'created' : 'unchanged';
}

const SERVED_WITHIN_MS = 30_000;

/** Waits until the API server serves the kinds of definitions. @throws UserError with exit code 7 */
export async function untilServed(
  { sleep, now }: Pick<Cli, 'sleep' | 'now'>,
  client: KubeClient,
  names: readonly string[],
): Promise<void> {
  const end = now().getTime() + SERVED_WITHIN_MS;
  for (;;) {
    const missing: string[] = [];
    for (const name of names) {
      if (!isServed(await found<KubernetesObject>(client, definitions, { name }))) missing.push(name);
    }
    if (missing.length === 0) return;
    if (now().getTime() >= end)
      throw new UserError(`the API server does not serve ${missing.join(', ')}: look at kubectl describe crd`, {
        exitCode: exitCode.timedOut,
      });
    await sleep(250);
  }
}

interface DefinitionStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

const isServed = (crd: (KubernetesObject & { readonly status?: DefinitionStatus }) | undefined): boolean =>
  crd?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') === true;

/** The name of a definition. */
export const nameOf = ({ metadata }: KubernetesObject): string => metadata?.name ?? '';
