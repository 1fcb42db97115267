import type { ObjectRef } from '../../kube/key.ts';
import { readCrdFiles } from '../crd-files.ts';
import type { HookContext, HookOutcome } from '../hook.ts';
import type { Need } from './access-needs.ts';
import { findings } from './checks.ts';
import type { Finding } from './finding.ts';
import { gather } from './gather.ts';

export interface PreflightSettings {
  /** False: failures are told, but do not stop the installation. */
  readonly strict: boolean;
  /** The release's namespace. */
  readonly namespace: string;
  /** Empty = all. */
  readonly jobNamespaces: readonly string[];
  readonly requiredSecrets: readonly ObjectRef[];
  /** Later hooks that run with the same service account: their rights are checked. */
  readonly needs: readonly Need[];
  /** Of the release's webhook configurations; empty = it has none. */
  readonly configurationName: string;
  readonly secretName: string;
  /** Folder with the definitions of this release as JSON. */
  readonly crdDirectory: string;
}

/** Looks, before anything is installed, whether the operator can work in this cluster. Changes nothing. */
export const preflight =
  (settings: PreflightSettings) =>
  async (context: HookContext): Promise<HookOutcome> => {
    const found = await look(context, settings);
    for (const { level, check, message } of found) context.log[LOG_LEVELS[level]]({ check, finding: message }, 'Found');
    return outcomeOf(found, settings.strict);
  };

const LOG_LEVELS = { failure: 'error', warning: 'warn', note: 'info' } as const;

async function look(context: HookContext, settings: PreflightSettings): Promise<readonly Finding[]> {
  try {
    return findings(await gather(context, settings, await readCrdFiles(settings.crdDirectory)), settings);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ level: 'failure', check: 'api-server', message }];
  }
}

/** Failures come first in the message; without `strict` they do not fail the hook. */
export function outcomeOf(found: readonly Finding[], strict: boolean): HookOutcome {
  const of = (level: Finding['level']): readonly string[] =>
    found.filter((finding) => finding.level === level).map((finding) => finding.message);
  const [failures, warnings, notes] = [of('failure'), of('warning'), of('note')];
  const told = [...failures, ...warnings];
  const forgiven = failures.length > 0 && !strict ? 'Going on, since preflight.strict=false: ' : '';
  return {
    ok: failures.length === 0 || !strict,
    message: told.length === 0 ? 'The cluster has what the operator needs' : `${forgiven}${told.join('; ')}`,
    details: { failures, warnings, notes },
  };
}
