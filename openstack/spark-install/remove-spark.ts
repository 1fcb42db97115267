import { ANNOTATION_PROPAGATED_FROM, LABEL_PROPAGATED_BY } from '../../api/labels.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isForbidden } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../identity/session.ts';
import { S3_POD_DEFAULTS, S3_SECRET } from '../s3/objects.ts';
import { removeS3Keys } from '../s3/remove-s3.ts';
import { remove } from './apply-object.ts';
import type { Helm } from './helm.ts';
import { STATE_NAME } from './in-cluster-state.ts';
import type { StepReport } from './report.ts';
import { allApplications, runningApplications, type RunningApplication } from './running-applications.ts';

export interface Removal {
  readonly namespace: string;
  readonly release: string;
  /** The definitions, too: every application of the cluster goes with them. */
  readonly crds: boolean;
  /** The access id that an earlier run wrote down as ours. */
  readonly accessKey: string | undefined;
}

export interface RemovalWorld {
  readonly cli: Cli;
  readonly client: KubeClient;
  readonly helm: Helm;
  /** Undefined: there is no key of ours, or it shall stay. */
  readonly session: Session | undefined;
}

/** @throws UserError with exit code 6 when applications have not ended, naming them */
export async function refuseWhileRunning(client: KubeClient, namespaces: readonly string[] | undefined): Promise<void> {
  const running = await runningApplications(client, namespaces);
  if (running.length === 0) return;
  const shown = running.slice(0, MOST_SHOWN).map(({ namespace, name, state }) => `  ${namespace}/${name} (${state})`);
  const more = running.length > MOST_SHOWN ? [`  … and ${running.length - MOST_SHOWN} more`] : [];
  const lines = [
    `${count(running)} not ended, so the operator stays:`,
    ...shown,
    ...more,
    'wait for them, delete them (sparkctl delete), or say --force: their pods go on without anyone to watch them',
  ];
  throw new UserError(lines.join('\n'), { exitCode: exitCode.conflict });
}

const MOST_SHOWN = 20;

const count = (running: readonly RunningApplication[]): string =>
  running.length === 1 ? '1 application has' : `${running.length} applications have`;

/**
 * Takes the operator off a cluster: defaults for pods and their copies, the release, our S3 key, the Secret, the state, in that order,
 * so that a run that was interrupted can be repeated. Bucket, namespaces, applications and (unless told) definitions stay.
 */
export async function removeSpark(world: RemovalWorld, removal: Removal): Promise<readonly StepReport[]> {
  const { cli, client } = world;
  const { namespace } = removal;
  const defaults = await remove(client, resources.sparkPodDefaults, { namespace, name: S3_POD_DEFAULTS });
  // The operator removes its copies of the Secret, as long as it runs.
  if (defaults === 'deleted')
    await cli.progress.step('Copies of the Secret in job namespaces', () => copiesGone(cli, client, namespace));
  const steps: StepReport[] = [{ step: 'pod defaults', result: defaults, detail: `${namespace}/${S3_POD_DEFAULTS}` }];
  steps.push(await uninstall(world, removal));
  steps.push(...(await removeKeys(world, removal)));
  const state = await remove(client, resources.configmaps, { namespace, name: STATE_NAME });
  steps.push({ step: 'state', result: state, detail: `${namespace}/${STATE_NAME}` });
  steps.push(...(removal.crds ? await removeCrds(client) : []));
  return steps;
}

/** The key before the Secret, which tells which key it is. */
async function removeKeys({ cli, client, session }: RemovalWorld, removal: Removal): Promise<readonly StepReport[]> {
  const { namespace: operatorNamespace, accessKey } = removal;
  const gone = await removeS3Keys(
    { session, client },
    session === undefined ? { operatorNamespace } : { operatorNamespace, accessKey },
  );
  for (const warning of gone.warnings) cli.terminal.printError(`Warning: ${warning}`);
  return [
    { step: 'S3 key', result: gone.key, detail: gone.accessKeys.join(', ') },
    { step: 'Secret', result: gone.secret, detail: `${operatorNamespace}/${S3_SECRET}` },
  ];
}

async function uninstall({ cli, helm }: RemovalWorld, { release, namespace }: Removal): Promise<StepReport> {
  const there = (await helm.release()) !== undefined;
  if (there) await cli.progress.step(`Helm release ${release}`, () => helm.uninstall(), '10 s');
  return { step: `release ${release}`, result: there ? 'deleted' : 'absent', detail: `namespace ${namespace}` };
}

const COPIES_GONE_WITHIN_MS = 20_000;

/** Waits a while; copies that stay are no danger, and without an operator that runs nobody would remove them. */
async function copiesGone({ now, sleep, interrupted }: Cli, client: KubeClient, namespace: string): Promise<void> {
  const end = now().getTime() + COPIES_GONE_WITHIN_MS;
  while (now().getTime() < end && !interrupted.aborted) {
    const copies = await client.list(resources.secrets, { labelSelector: LABEL_PROPAGATED_BY }).catch(forbiddenIsNone);
    if (
      !copies.items.some(
        ({ metadata }) => metadata?.annotations?.[ANNOTATION_PROPAGATED_FROM] === `${namespace}/${S3_SECRET}`,
      )
    )
      return;
    await sleep(500);
  }
}

const forbiddenIsNone = (error: unknown): { readonly items: readonly never[] } => {
  if (isForbidden(error)) return { items: [] };
  throw error;
};

const DEFINITIONS = ['sparkapplications', 'scheduledsparkapplications', 'sparkpoddefaults'] as const;

async function removeCrds(client: KubeClient): Promise<readonly StepReport[]> {
  const lost = (await allApplications(client)).length;
  const steps: StepReport[] = [];
  for (const plural of DEFINITIONS) {
    const name = `${plural}.${resources.sparkApplications.group}`;
    const result = await remove(client, resources.customResourceDefinitions, { name });
    steps.push({ step: 'definition', result, detail: name });
  }
  return [...steps, { step: 'applications', result: lost === 0 ? 'absent' : 'deleted', detail: `${lost}` }];
}

/** What stays on the cluster and in the cloud: said so that nobody looks for it later. */
export function whatStays(bucket: string | undefined, crds: boolean): readonly string[] {
  return [
    ...(bucket === undefined ? [] : [`the bucket "${bucket}" with its event logs`]),
    ...(crds ? [] : ['the custom resource definitions, and the applications (--delete-crds removes both)']),
    'the namespaces',
  ];
}
