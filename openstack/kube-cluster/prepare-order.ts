import { UserError } from '../../terminal/user-error.ts';
import type { Cluster, ClusterOrder } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { chooseTemplate } from './choose-template.ts';
import { clusterNameProblem } from './cluster-name.ts';
import type { ClusterWishes } from './cluster-wishes.ts';
import { completeWishes } from './complete-wishes.ts';
import type { CreateRequest } from './create-cluster.ts';
import { ensureKeypair } from './ensure-keypair.ts';
import type { Finding } from './finding.ts';
import { gatherFacts } from './gather-facts.ts';
import type { KubeWorld } from './kube-world.ts';
import { orderOf } from './order.ts';
import { preflight } from './preflight.ts';

export interface PreparedOrder {
  readonly order: ClusterOrder;
  /** With what was answered, so that nothing is asked twice. */
  readonly wishes: ClusterWishes;
}

/**
 * Checks everything that can be known before an order, asks for what is missing, and imports the public key.
 * @param clusters all of the project
 * @throws UserError when a check refuses: nothing was changed then
 */
export async function prepareOrder(
  world: KubeWorld,
  request: CreateRequest,
  clusters: readonly Cluster[],
): Promise<PreparedOrder> {
  const { cli, magnum, login, projectId } = world;
  const problem = clusterNameProblem(request.wishes.name);
  if (problem !== undefined) throw new UserError(problem, { exitCode: exitCode.usage });
  const template = await chooseTemplate(cli, magnum, request.wishes.template);
  const { facts, wishes } = await cli.progress.step('checks before the order', async () => {
    const known = await gatherFacts(world, { login, projectId, template, clusters });
    const named = withKeypairName(request);
    // A key that is about to be imported counts as there.
    const imported = request.publicKey === undefined || named.keypair === undefined ? [] : [named.keypair];
    return { facts: { ...known, keypairs: known.keypairs?.concat(imported) }, wishes: named };
  });
  refuse(preflight(facts, wishes));
  const complete = await completeWishes(cli.ask, facts, wishes);
  const findings = preflight(facts, complete);
  refuse(findings);
  for (const { text } of findings) cli.terminal.printError(`Warning: ${text}`);
  await importKey(world, request, complete);
  return { order: orderOf(complete, template.uuid), wishes: { ...complete, template: template.uuid } };
}

/** A key without a name gets one by which it is recognised. */
const withKeypairName = ({ wishes, publicKey }: CreateRequest): ClusterWishes =>
  publicKey === undefined || wishes.keypair !== undefined
    ? wishes
    : { ...wishes, keypair: `opsparkctl-${publicKey.fingerprint.replaceAll(':', '').slice(0, 8)}` };

/** All refusals in one message, with the exit code of the first. */
function refuse(findings: readonly Finding[]): void {
  const refusals = findings.filter((finding) => finding.level === 'refusal');
  const [first] = refusals;
  if (first === undefined) return;
  throw new UserError(refusals.map(({ text }) => text).join('\n'), { exitCode: first.exitCode });
}

async function importKey(
  { cli, nova }: KubeWorld,
  { publicKey, dryRun }: CreateRequest,
  { keypair }: ClusterWishes,
): Promise<void> {
  if (publicKey === undefined || keypair === undefined || dryRun) return;
  if ((await ensureKeypair(nova, keypair, publicKey)) === 'imported')
    cli.progress.say(`imported the public key as keypair "${keypair}"`);
}
