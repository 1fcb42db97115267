import type { Lease } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../../kube/errors.ts';
import { decideLease, type LeaseView } from '../../kube/lease-decide.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { found, MANAGED_LABELS } from './apply-object.ts';

/** Name of the Lease in the operator's namespace. */
export const TURN_NAME = 'opsparkctl';

/** Others take over when it was not renewed for so long. */
const DURATION_MS = 15_000;
const RENEW_MS = 4_000;
const LOOK_MS = 1_000;

/** What a run knows when it is its turn. */
export interface Turn {
  /** The run before it ended without giving its turn back: what it left half done is nobody's work any more. */
  readonly inherited: boolean;
}

type TurnWorld = Pick<Cli, 'now' | 'sleep' | 'interrupted' | 'random' | 'terminal'>;

/**
 * Lets one run at a time work on an operator, wherever the others run: by a Lease in the namespace, which is renewed as long as the
 * work goes on and given back at its end. Waits for its turn, and says so.
 */
export async function withTurn<T>(
  cli: TurnWorld,
  place: { readonly client: KubeClient; readonly namespace: string },
  work: (turn: Turn) => Promise<T>,
): Promise<T> {
  const { client, namespace } = place;
  const identity = Buffer.from(cli.random(8)).toString('hex');
  const turn = await awaitTurn(cli, place, identity);
  const write = (holderIdentity: string): Promise<unknown> => {
    const patch = { spec: { holderIdentity, renewTime: microTime(new Date()) } };
    return client.patch(resources.leases, { namespace, name: TURN_NAME }, patch).catch(() => undefined);
  };
  const timer = setInterval(() => void write(identity), RENEW_MS);
  try {
    return await work(turn);
  } finally {
    clearInterval(timer);
    await write('');
  }
}

/** What was seen of the Lease, and since when by our own clock: clocks of machines are never compared. */
interface Seen {
  readonly lease: Lease | undefined;
  readonly since: number;
}

async function awaitTurn(
  cli: TurnWorld,
  { client, namespace }: { readonly client: KubeClient; readonly namespace: string },
  identity: string,
): Promise<Turn> {
  let seen: Seen = { lease: undefined, since: cli.now().getTime() };
  for (let told = false; ;) {
    if (cli.interrupted.aborted) throw new UserError('interrupted', { exitCode: exitCode.interrupted });
    seen = seenNow(seen, await found<Lease>(client, resources.leases, { namespace, name: TURN_NAME }), cli.now());
    const view = viewOf(seen.lease);
    const unchangedForMs = cli.now().getTime() - seen.since;
    const decision = decideLease({ identity, lease: view, unchangedForMs, retryPeriodMs: LOOK_MS });
    if (decision.kind === 'wait') {
      if (!told) cli.terminal.printError(WAITING);
      told = true;
      await cli.sleep(decision.ms);
    } else if (await took(client, leaseOf(namespace, identity, versionOf(seen.lease)))) {
      return { inherited: isHeld(view) };
    }
  }
}

const WAITING = 'Another run is at work on this operator, or was interrupted: waiting for it';

const isHeld = (view: LeaseView | undefined): boolean => view?.holder !== undefined && view.holder !== '';

const versionOf = (lease: Lease | undefined): string => lease?.metadata?.resourceVersion ?? '';

const seenNow = (seen: Seen, lease: Lease | undefined, now: Date): Seen =>
  versionOf(lease) === versionOf(seen.lease) ? { ...seen, lease } : { lease, since: now.getTime() };

const viewOf = (lease: Lease | undefined): LeaseView | undefined =>
  lease === undefined
    ? undefined
    : { holder: lease.spec?.holderIdentity, durationMs: DURATION_MS, transitions: lease.spec?.leaseTransitions ?? 0 };

function leaseOf(namespace: string, holderIdentity: string, resourceVersion: string): Lease {
  const metadata = { name: TURN_NAME, namespace, labels: MANAGED_LABELS };
  const renewTime = microTime(new Date());
  const spec = { holderIdentity, leaseDurationSeconds: DURATION_MS / 1000, acquireTime: renewTime, renewTime };
  return { metadata: resourceVersion === '' ? metadata : { ...metadata, resourceVersion }, spec };
}

/** False when another run was faster. */
async function took(client: KubeClient, lease: Lease): Promise<boolean> {
  try {
    const { name = '', namespace, resourceVersion } = lease.metadata ?? {};
    if (resourceVersion === undefined) await client.create(resources.leases, lease);
    else await client.patch(resources.leases, { namespace, name }, lease);
    return true;
  } catch (error) {
    if (isAlreadyExists(error) || isConflict(error) || isNotFound(error)) return false;
    throw error;
  }
}

/** Leases have microseconds. */
const microTime = (date: Date): string => date.toISOString().replace('Z', '000Z');
