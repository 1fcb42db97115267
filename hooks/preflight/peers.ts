import { GROUP } from '../../api/group.ts';
import type { MutatingWebhookConfiguration, ValidatingWebhookConfiguration } from '../../api/kubernetes.ts';
import type { Peer, PeerWebhook } from './seen.ts';

/** The label that this chart and kubeflow's give to all their objects. */
export const OPERATOR_SELECTOR = 'app.kubernetes.io/name=spark-operator';

/** The part of a Deployment that tells an operator. */
export interface Deployment {
  readonly metadata: { readonly namespace?: string; readonly name?: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly template: {
      readonly spec?: { readonly containers: readonly { readonly args?: readonly string[] }[] };
    };
  };
}

/**
 * The controllers among the Deployments of Spark operators in other namespaces that are not scaled to 0. Both charts run the
 * controller as `controller start --namespaces=a,b`; the flag's absence, or an empty name in it, means all namespaces, unless
 * `--namespace-selector` chooses.
 */
export function peersAmong(deployments: readonly Deployment[], ownNamespace: string): readonly Peer[] {
  return deployments
    .filter(({ metadata, spec }) => metadata.namespace !== ownNamespace && spec?.replicas !== 0)
    .map((deployment) => ({ deployment, args: argumentsOf(deployment) }))
    .filter(({ args }) => args.includes('controller'))
    .map(({ deployment: { metadata }, args }) => peerOf(metadata, args));
}

const argumentsOf = ({ spec }: Deployment): readonly string[] =>
  (spec?.template.spec?.containers ?? []).flatMap(({ args = [] }) => args);

function peerOf({ namespace = '', name = '' }: Deployment['metadata'], args: readonly string[]): Peer {
  const names = valuesOf('--namespaces=', args).flatMap((value) => value.split(','));
  const [namespaceSelector] = valuesOf('--namespace-selector=', args);
  const jobNamespaces = names.includes('') ? [] : names;
  return { namespace, name, jobNamespaces, ...(namespaceSelector === undefined ? {} : { namespaceSelector }) };
}

const valuesOf = (flag: string, args: readonly string[]): readonly string[] =>
  args.filter((arg) => arg.startsWith(flag)).map((arg) => arg.slice(flag.length));

/** The configurations with a webhook for kinds of our group. */
export function peerWebhooksAmong(
  kind: string,
  configurations: readonly (MutatingWebhookConfiguration | ValidatingWebhookConfiguration)[],
): readonly PeerWebhook[] {
  return configurations.flatMap(({ metadata, webhooks = [] }) => {
    const ours = webhooks.find(({ rules = [] }) => rules.some(({ apiGroups = [] }) => apiGroups.includes(GROUP)));
    if (ours === undefined) return [];
    return [{ kind, name: metadata?.name ?? '', serviceNamespace: ours.clientConfig.service?.namespace }];
  });
}
