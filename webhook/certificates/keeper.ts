import { randomBytes } from 'node:crypto';
import { createCertificateAuthority } from '../../certificates/authority.ts';
import { serviceDnsNames } from '../../certificates/dns-names.ts';
import { rsaKeyPair } from '../../certificates/key-pair.ts';
import { SERIAL_BYTES } from '../../certificates/serial-number.ts';
import { issueServerCertificate } from '../../certificates/server-certificate.ts';
import type { KubeClient } from '../../kube/client.ts';
import { type Clock, systemClock } from '../../kube/clock.ts';
import type { ObjectRef } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import type { Metrics } from '../../kube/metrics.ts';

/** What a TLS server needs: PEM, the certificate with its intermediates first. */
export interface ServingCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Keeps the certificate of the webhook server right while the program runs. */
export interface CertificateKeeper {
  /** What to serve now; undefined until the first one is there. */
  current(): ServingCertificate | undefined;
  /** Hears each certificate that is to be served from then on, the first one included if it comes later. */
  onChange(listener: (certificate: ServingCertificate) => void): void;
  /** For readiness: why the API server could not trust this server; undefined when it can. */
  problem(): string | undefined;
  /** Works until `stop` aborts; never rejects. */
  run(stop: AbortSignal): Promise<void>;
}

export interface KeeperOptions {
  readonly client: KubeClient;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clock?: Clock | undefined;
  /** Who signs: this program, or cert-manager (then nothing is ever written). */
  readonly issuer: 'self' | 'cert-manager';
  /** The Secret with `tls.crt`, `tls.key`, `ca.crt` and, with issuer `self`, `ca.key`. */
  readonly secret: ObjectRef;
  /** The Service in front of this server, in the namespace of the Secret. */
  readonly serviceName: string;
  /** Name of both webhook configurations. */
  readonly configurationName: string;
  readonly leafLifeMs: number;
  readonly caLifeMs: number;
  /** Spreads the work of replicas: the name of the pod (default: the host name). */
  readonly identity?: string | undefined;
}

/** Nothing happens before `run`. */
export function certificateKeeper(options: KeeperOptions): CertificateKeeper {
  const listeners: ((certificate: ServingCertificate) => void)[] = [];
  let held: ServingCertificate | undefined;
  return {
    current: () => held,
    onChange: (listener) => void listeners.push(listener),
    problem: () => (held === undefined ? 'there is no certificate yet' : undefined),
    run: async (stop) => {
      held = await selfSigned(options);
      for (const listener of listeners) listener(held);
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
    },
  };
}

async function selfSigned(options: KeeperOptions): Promise<ServingCertificate> {
  const { secret, serviceName, leafLifeMs, caLifeMs, clock = systemClock } = options;
  const nowMs = clock.now();
  const [authorityKeys, keys] = await Promise.all([rsaKeyPair(3072), rsaKeyPair(2048)]);
  const random = (): Uint8Array => randomBytes(SERIAL_BYTES);
  const name = 'spark-operator webhook';
  const authority = createCertificateAuthority({ name, keys: authorityKeys, random: random(), nowMs, lifeMs: caLifeMs });
  const dnsNames = serviceDnsNames(serviceName, secret.namespace ?? 'default');
  const certificatePem = issueServerCertificate({
    authority,
    dnsNames,
    keys,
    random: random(),
    nowMs,
    lifeMs: leafLifeMs,
  });
  return { certificatePem, keyPem: keys.privatePem };
}
