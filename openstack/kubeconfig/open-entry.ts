import { kubeClient } from '../../kube/client.ts';
import { createTransport } from '../../kube/transport.ts';
import type { Kubernetes } from '../cli.ts';
import { packageVersion } from '../../terminal/package-version.ts';
import type { CertificateEntry } from './entry.ts';

/** Someone waits at the keyboard: an address that does not answer is told soon. */
const limits = { attempts: 3, connectTimeoutMs: 5000 };

/** The Kubernetes of an entry, without a file: the key stays in memory. Nothing is sent yet. The entry's proxy is kubectl's alone. */
export function openEntry(entry: CertificateEntry): Omit<Kubernetes, 'kubeconfig'> {
  const { server, caPem: ca, certPem: clientCertificate, keyPem: clientKey } = entry;
  const credentials = { ca, clientCertificate, clientKey };
  const transport = createTransport({ server, credentials, limits, userAgent: `opsparkctl/${packageVersion()}` });
  return { client: kubeClient(transport), server, close: () => transport.close() };
}
