import type { KubeClient } from './client.ts';
import { isConflict, isNotFound } from './errors.ts';
import type { ObjectRef } from './key.ts';
import { type Resource, resources } from './resources.ts';

/** The parts of a webhook configuration that say whom the API server trusts; the same in both kinds. */
export interface WebhookConfiguration {
  readonly metadata?: { readonly name?: string; readonly resourceVersion?: string };
  readonly webhooks?: readonly {
    readonly name: string;
    readonly clientConfig: {
      readonly caBundle?: string;
      readonly service?: { readonly name: string; readonly namespace: string };
    };
  }[];
}

/** What one entry of a configuration trusts. */
export interface TrustedBy {
  /** Name of the entry, such as `pods.sparkoperator.k8s.io`. */
  readonly entry: string;
  /** Its place in `webhooks`. */
  readonly index: number;
  /** Decoded; empty when there is none. */
  readonly caBundle: string;
}

/** Both kinds of webhook configuration, as far as they are read and patched here. */
export const webhookConfigurations: readonly Resource<WebhookConfiguration>[] = [
  resources.mutatingWebhookConfigurations,
  resources.validatingWebhookConfigurations,
];

/** The entries that call this Service. Others, by URL or to another Service, are somebody else's. */
export const trustedBy = (configuration: WebhookConfiguration, service: ObjectRef): readonly TrustedBy[] =>
  (configuration.webhooks ?? []).flatMap(({ name, clientConfig: { service: called, caBundle = '' } }, index) =>
    called?.name === service.name && called.namespace === service.namespace
      ? [{ entry: name, index, caBundle: Buffer.from(caBundle, 'base64').toString('utf8') }]
      : [],
  );

/**
 * The JSON patch (RFC 6902) that sets the caBundle of the entries that have another one, and only while the
 * configuration is as it was seen; undefined when all are right.
 */
export function caBundlePatch(
  configuration: WebhookConfiguration,
  service: ObjectRef,
  caBundle: string,
): readonly object[] | undefined {
  const wrong = trustedBy(configuration, service).filter((trusted) => trusted.caBundle !== caBundle);
  if (wrong.length === 0) return undefined;
  const value = Buffer.from(caBundle, 'utf8').toString('base64');
  // "replace" of the version makes the API server refuse the patch (409) when somebody else has written.
  const unchanged = {
    op: 'replace',
    path: '/metadata/resourceVersion',
    value: configuration.metadata?.resourceVersion,
  };
  const set = wrong.map(({ index }) => ({ op: 'add', path: `/webhooks/${index}/clientConfig/caBundle`, value }));
  return [unchanged, ...set];
}

export interface CaBundleOptions {
  readonly client: KubeClient;
  /** Of both configurations. */
  readonly configurationName: string;
  /** The Service whose entries are meant. */
  readonly service: ObjectRef;
  /** The bundle (PEM) that is right now; asked again after each lost race. Undefined = leave all as it is. */
  readonly caBundle: () => Promise<string | undefined>;
}

/** Kind and fate of each of the two configurations. */
export interface CaBundleOutcome {
  readonly kind: string;
  readonly outcome: 'absent' | 'right' | 'patched';
}

const TRIES = 10;

/**
 * Makes the caBundle of our entries right in both configurations; touches nothing else. A configuration that does not
 * exist is left so. Throws the ApiErrors of reading and patching, except those of a lost race.
 */
export async function setCaBundles(options: CaBundleOptions): Promise<readonly CaBundleOutcome[]> {
  const outcomes: CaBundleOutcome[] = [];
  for (const resource of webhookConfigurations) {
    outcomes.push({ kind: resource.kind, outcome: await setCaBundle(resource, options) });
  }
  return outcomes;
}

async function setCaBundle(
  resource: Resource<WebhookConfiguration>,
  options: CaBundleOptions,
): Promise<CaBundleOutcome['outcome']> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryToSet(resource, options);
    } catch (error) {
      if (!isConflict(error) || tries === TRIES) throw error;
    }
  }
}

async function tryToSet(
  resource: Resource<WebhookConfiguration>,
  { client, configurationName: name, service, caBundle }: CaBundleOptions,
): Promise<CaBundleOutcome['outcome']> {
  // In this order: whoever changes the bundle after it was read here changes the configuration, too, and wins.
  const configuration = await found(client.get(resource, { name }));
  if (configuration === undefined) return 'absent';
  const wanted = await caBundle();
  const patch = wanted === undefined ? undefined : caBundlePatch(configuration, service, wanted);
  if (patch === undefined) return 'right';
  const patched = await found(client.patch(resource, { name }, patch, { type: 'json' }));
  return patched === undefined ? 'absent' : 'patched';
}

async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
