import { kubeClient } from '../../kube/client.ts';
import { createTransport } from '../../kube/transport.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Kubernetes } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { packageVersion } from '../package-version.ts';
import type { CertificateEntry } from './entry.ts';

/** Someone waits at the keyboard: an address that does not answer is told soon. */
const limits = { attempts: 3, connectTimeoutMs: 5000 };

/**
 * The Kubernetes of an entry, without a file: the key stays in memory. Nothing is sent yet.
 * @throws UserError with exit code 2 for an entry with a proxy, which only kubectl goes through
 */
export function openEntry(entry: CertificateEntry): Omit<Kubernetes, 'kubeconfig'> {
  const { server, caPem: ca, certPem: clientCertificate, keyPem: clientKey, proxyUrl } = entry;
  if (proxyUrl !== undefined)
    throw new UserError(
      'opsparkctl does not reach API servers through a proxy: run it where there is a route, without --proxy',
      { exitCode: exitCode.usage },
    );
  const credentials = { ca, clientCertificate, clientKey };
  const transport = createTransport({ server, credentials, limits, userAgent: `opsparkctl/${packageVersion()}` });
  return { client: kubeClient(transport), server, close: () => transport.close() };
}
