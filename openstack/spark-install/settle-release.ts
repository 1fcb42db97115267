import type { Step } from '../../terminal/progress.ts';
import type { Cli } from '../cli.ts';
import type { Helm, Release } from './helm.ts';

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

/** A Helm that lives renews nothing in its release, so age decides. Ours ends with us; this is for those of others. */
const ABANDONED_AFTER_MS = 30_000;

/** Helm refuses to touch a release that it believes to be at work on (`another operation is in progress`): pure. */
export function settling(release: Release | undefined, goodRevisions: readonly number[], now: Date): Settling {
  const busy = release?.status.startsWith('pending-') === true || release?.status === 'uninstalling';
  if (release === undefined || !busy) return { kind: 'ready' };
  if (now.getTime() - release.lastDeployed.getTime() < ABANDONED_AFTER_MS) return { kind: 'wait' };
  const last = goodRevisions.at(-1);
  return last === undefined || release.status === 'uninstalling'
    ? { kind: 'remove' }
    : { kind: 'rollback', revision: last };
}

const POLL_MS = 2000;

/** The newest revision, after an interrupted Helm was cleaned up after. Undefined when there is no release. */
export async function settledRelease(
  { now, sleep, interrupted }: Pick<Cli, 'now' | 'sleep' | 'interrupted'>,
  helm: Helm,
  step: Step,
): Promise<Release | undefined> {
  for (;;) {
    const release = await helm.release();
    const what = settling(release, release === undefined ? [] : await helm.goodRevisions(), now());
    if (what.kind === 'ready' || interrupted.aborted) return release;
    if (what.kind === 'wait') {
      step.update('Helm is at work on it, or was interrupted a moment ago');
      await sleep(POLL_MS);
    }
    if (what.kind === 'remove') await helm.uninstall({ hooks: false });
    if (what.kind === 'rollback') await helm.rollback(what.revision);
  }
}
