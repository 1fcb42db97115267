import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { apiServerDnsName } from '../../certificates/dns-names.ts';
import { type TrustedBy, trustedBy } from '../../kube/ca-bundle.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/log.ts';
import { createMetrics, type Metrics } from '../../kube/metrics.ts';
import { resources } from '../../kube/resources.ts';
import { contentOf, type SecretContent } from '../../kube/secret-store.ts';
import { certificateKeeper, type CertificateKeeper, type KeeperOptions } from '../../webhook/certificates/keeper.ts';

/** The objects around one webhook, each test its own. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
  readonly secret: { readonly namespace: string; readonly name: string };
  readonly serviceName: string;
}

export const placeOf = (namespace: string, name: string): Place => ({
  namespace,
  name,
  secret: { namespace, name: `${name}-certs` },
  serviceName: `${name}-svc`,
});

/** Both webhook configurations: two entries of ours, and one of somebody else in the first. They match no object. */
export async function createConfigurations(client: KubeClient, place: Place, caBundle?: string): Promise<void> {
  const entry = (name: string, serviceName: string, bundle = caBundle) => ({
    name: `${name}.example.com`,
    clientConfig: {
      service: { namespace: place.namespace, name: serviceName, path: '/x', port: 443 },
      ...(bundle === undefined ? {} : { caBundle: Buffer.from(bundle).toString('base64') }),
    },
    rules: [{ operations: ['CREATE'], apiGroups: ['none.example.com'], apiVersions: ['v1'], resources: ['nothings'] }],
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    failurePolicy: 'Ignore',
  });
  const webhooks = [entry('one', place.serviceName), entry('two', place.serviceName)];
  const metadata = { name: place.name };
  const mutating = { metadata, webhooks: [...webhooks, entry('other', 'somebody-else', '')] };
  await client.create(resources.mutatingWebhookConfigurations, mutating);
  await client.create(resources.validatingWebhookConfigurations, { metadata, webhooks });
}

/** What all entries of both configurations trust, as it is now. */
export async function trusted(client: KubeClient, place: Place): Promise<readonly TrustedBy[]> {
  const ref = { name: place.name };
  const both = [
    await client.get(resources.mutatingWebhookConfigurations, ref),
    await client.get(resources.validatingWebhookConfigurations, ref),
  ];
  return both.flatMap((each) => trustedBy(each, { namespace: place.namespace, name: place.serviceName }));
}

/** The Secret as it is now; rejects when there is none. */
export const secretOf = async (client: KubeClient, place: Place): Promise<SecretContent> =>
  contentOf(await client.get(resources.secrets, place.secret));

/** A keeper behind a real TLS server, wired as the webhook wires it. */
export interface Replica {
  readonly keeper: CertificateKeeper;
  readonly metrics: Metrics;
  readonly port: number;
  /** How often the served certificate changed, the first one included. */
  switches(): number;
  stop(): Promise<void>;
}

export interface ReplicaOptions extends Partial<
  Pick<KeeperOptions, 'issuer' | 'leafLifeMs' | 'caLifeMs' | 'identity'>
> {
  readonly client: KubeClient;
  readonly place: Place;
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;

/** Resolves when a certificate is served. Its server answers every request with 200. */
export async function startReplica({ client, place, log, ...options }: ReplicaOptions): Promise<Replica> {
  const metrics = createMetrics();
  const keeper = certificateKeeper({
    client,
    log,
    metrics,
    issuer: 'self',
    secret: place.secret,
    serviceName: place.serviceName,
    configurationName: place.name,
    leafLifeMs: 24 * HOUR_MS,
    caLifeMs: 240 * HOUR_MS,
    ...options,
  });
  const server: Server = createServer((_request, response) => void response.end('ok'));
  let switches = 0;
  keeper.onChange(({ certificatePem: cert, keyPem: key }) => {
    switches += 1;
    server.setSecureContext({ cert, key, minVersion: 'TLSv1.3' });
  });
  const first = new Promise<void>((resolve) => keeper.onChange(() => resolve()));
  const stop = new AbortController();
  const running = keeper.run(stop.signal);
  await first;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    keeper,
    metrics,
    port,
    switches: () => switches,
    stop: async () => {
      stop.abort();
      await running;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * A handshake as the API server makes it: trusting this bundle alone, for the name of the Service. Resolves with the
 * serial number of the certificate; rejects when the bundle does not verify it.
 */
export const handshake = (port: number, place: Place, caBundle: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: caBundle,
      servername: apiServerDnsName(place.serviceName, place.namespace),
    });
    socket.once('secureConnect', () => {
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      resolve(serialNumber);
    });
    socket.once('error', reject);
  });
