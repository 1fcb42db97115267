import type { KubeClient } from '../kube/client.ts';
import type { Clock } from '../kube/clock.ts';
import type { Logger } from '../kube/log.ts';
import { selectPodDefaults } from '../spark/pod-defaults/select.ts';
import { accessReviews } from './cluster/access-reviews.ts';
import { quotasOf } from './cluster/quotas.ts';
import type { WebhookConfig } from './config.ts';
import type { ReviewWorld } from './routes.ts';
import { scopeOf } from './scope.ts';
import type { Watches } from './watches.ts';

export interface WorldOptions {
  readonly config: WebhookConfig;
  readonly client: KubeClient;
  readonly watched: Watches;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What reviews read: the watches, the settings, and two questions to the API server. */
export function worldOf({ config, client, watched, clock, log }: WorldOptions): ReviewWorld {
  const { namespaces, namespaceSelector, operatorNamespace, quota, userAccess, trustedServiceAccounts } = config;
  const { application, podDefaults, namespaceLabels } = watched;
  return {
    scope: scopeOf({
      namespaces,
      selected: namespaceSelector !== undefined,
      operatorNamespace,
      labelsOf: namespaceLabels,
    }),
    application,
    podDefaults,
    namespaceLabels,
    selectDefaults: (namespace, labels) =>
      selectPodDefaults(podDefaults(), {
        namespace,
        namespaceLabels: namespaceLabels(namespace) ?? {},
        labels,
        operatorNamespace,
      }),
    quota,
    quotasOf: quotasOf(client, clock, log),
    userAccess,
    trustedServiceAccounts,
    operatorNamespace,
    mayDo: accessReviews(client, log),
    log,
  };
}
