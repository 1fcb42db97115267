import { type TrustedBy, trustedBy, webhookConfigurations, type WebhookConfiguration } from '../../kube/ca-bundle.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Clock } from '../../kube/clock.ts';
import { type Informer, informer } from '../../kube/informer.ts';
import type { ObjectRef } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import type { Resource } from '../../kube/resources.ts';

/** What an entry of a webhook configuration trusts, and where it stands. */
export interface TrustedEntry extends TrustedBy {
  /** Kind of the configuration. */
  readonly kind: string;
}

/** Whom the API server trusts to be this webhook, as its webhook configurations say. */
export interface Trust {
  /** Undefined until both configurations have been looked for; empty when there is none. */
  entries(): readonly TrustedEntry[] | undefined;
  /** Since when the caBundles are what they are (epoch milliseconds). */
  sinceMs(): number;
  onChange(listener: () => void): void;
  /** Watches until `stop` aborts; never rejects. */
  run(stop: AbortSignal): Promise<void>;
}

export interface TrustOptions {
  readonly client: KubeClient;
  readonly log: Logger;
  readonly clock: Clock;
  readonly configurationName: string;
  readonly service: ObjectRef;
}

/** Watches the two configurations by name; keeps nothing of them but the trust. */
export function watchTrust(options: TrustOptions): Trust {
  const { clock } = options;
  const watched = webhookConfigurations.map((resource) => watch(resource, options));
  const isKnown = (): boolean => watched.every(({ informer: each }) => each.synced());
  const entries = (): readonly TrustedEntry[] | undefined =>
    isKnown() ? watched.flatMap(({ kind, informer: each }) => entriesOf(kind, each)) : undefined;
  let bundles = '';
  let sinceMs = clock.now();
  const note = (): void => {
    const seen = JSON.stringify(entries()?.map(({ caBundle }) => caBundle));
    if (seen !== bundles) sinceMs = clock.now();
    bundles = seen;
  };
  return {
    entries,
    sinceMs: () => sinceMs,
    onChange: (listener) => {
      const tell = (): void => {
        note();
        listener();
      };
      for (const { informer: each } of watched) {
        each.onChange(tell);
        void each.whenSynced().then(tell);
      }
    },
    run: async (stop) => {
      await Promise.all(watched.map(({ informer: each }) => each.run(stop)));
    },
  };
}

type Entries = readonly TrustedBy[];

interface Watched {
  readonly kind: string;
  readonly informer: Informer<WebhookConfiguration, Entries>;
}

function watch(resource: Resource<WebhookConfiguration>, options: TrustOptions): Watched {
  const { client, log, clock, configurationName, service } = options;
  return {
    kind: resource.kind,
    informer: informer<WebhookConfiguration, Entries>({
      client,
      resource,
      selection: { fieldSelector: `metadata.name=${configurationName}` },
      project: (configuration) => trustedBy(configuration, service),
      log,
      clock,
    }),
  };
}

const entriesOf = (kind: string, { store }: Watched['informer']): TrustedEntry[] =>
  [...store.values()].flat().map((trusted) => ({ ...trusted, kind }));
