import type { Step } from '../../terminal/progress.ts';
import type { Cli } from '../cli.ts';
import type { Helm, Release } from './helm.ts';
import type { Turn } from './turn.ts';

/** What is done about the newest revision of a release before it is changed. */
export type Settling =
  /** Helm is at work on it, or was until a moment ago. */
  | { readonly kind: 'wait' }
  /** It can be upgraded as it is. */
  | { readonly kind: 'ready' }
  /** Helm was killed in the middle of the first installation, or of an uninstallation: there is nothing to go back to. */
  | { readonly kind: 'remove' }
  /** Helm was killed in the middle of an upgrade. */
  | { readonly kind: 'rollback'; readonly revision: number };

/** A Helm that somebody runs by hand renews nothing in its release, so age decides: its hooks take less, or have failed. */
const ABANDONED_AFTER_MS = 5 * 60_000;

/** Helm refuses to touch a release that it believes to be at work on (`another operation is in progress`): pure. */
export function settling(
  release: Release | undefined,
  goodRevisions: readonly number[],
  { inherited, now }: Turn & { readonly now: Date },
): Settling {
  const busy = release?.status.startsWith('pending-') === true || release?.status === 'uninstalling';
  if (release === undefined || !busy) return { kind: 'ready' };
  const isYoung = now.getTime() - release.lastDeployed.getTime() < ABANDONED_AFTER_MS;
  if (isYoung && !inherited) return { kind: 'wait' };
  const last = goodRevisions.at(-1);
  return last === undefined || release.status === 'uninstalling'
    ? { kind: 'remove' }
    : { kind: 'rollback', revision: last };
}

const POLL_MS = 2000;

/** The newest revision, after an interrupted Helm was cleaned up after. Undefined when there is no release. */
export async function settledRelease(
  { now, sleep, interrupted }: Pick<Cli, 'now' | 'sleep' | 'interrupted'>,
  { helm, turn }: { readonly helm: Helm; readonly turn: Turn },
  step: Step,
): Promise<Release | undefined> {
  for (;;) {
    const release = await helm.release();
    const what = settling(release, release === undefined ? [] : await helm.goodRevisions(), {
      ...turn,
      now: now(),
    });
    if (what.kind === 'ready' || interrupted.aborted) return release;
    if (what.kind === 'wait') {
      step.update('Helm is at work on it, by hand or from elsewhere');
      await sleep(POLL_MS);
    }
    if (what.kind === 'remove') await helm.uninstall({ hooks: false });
    if (what.kind === 'rollback') await helm.rollback(what.revision);
  }
}
