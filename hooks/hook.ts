import type { KubeClient } from '../kube/client.ts';
import type { Clock } from '../kube/clock.ts';
import type { Logger } from '../kube/log.ts';

/** The jobs that the Helm hooks of the chart run. */
export const HOOK_NAMES = ['preflight', 'certificates', 'crds', 'openstack-init', 'cleanup'] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** What a hook works with. Nothing else of the world is at hand. */
export interface HookContext {
  readonly client: KubeClient;
  readonly log: Logger;
  readonly clock: Clock;
  /** Aborts shortly before the hook's time is over: requests fail then, and the hook says how far it came. */
  readonly signal: AbortSignal;
}

/** How a hook ended. A hook rejects only for what it cannot explain itself. */
export interface HookOutcome {
  readonly ok: boolean;
  /** One sentence for the person who ran helm. */
  readonly message: string;
  /** Facts for machines; part of the JSON line. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A hook, ready to run. */
export type Hook = (context: HookContext) => Promise<HookOutcome>;
