import { type KubeClient, kubeClient } from '../../kube/client.ts';
import { createTransport } from '../../kube/transport.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { adminEntry } from '../kubeconfig/admin-entry.ts';
import { packageVersion } from '../../terminal/package-version.ts';
import type { KubeWorld } from './kube-world.ts';

/** A cluster may be half gone: it gets one short chance. */
const limits = { attempts: 1, connectTimeoutMs: 5000, headersTimeoutMs: 15_000 };

/** Why a cluster's Kubernetes could not be asked. */
export interface Unreachable {
  readonly unreachable: string;
}

export interface AdminClient {
  readonly client: KubeClient;
  readonly close: () => Promise<void>;
}

/**
 * The Kubernetes of a cluster with an administrator's certificate that is kept nowhere; or the reason why it does not answer. Needs
 * no kubeconfig: whoever may delete a cluster need not be who made it.
 */
export async function adminClient(
  { magnum, region }: Pick<KubeWorld, 'magnum' | 'region'>,
  cluster: Cluster,
): Promise<AdminClient | Unreachable> {
  if (!cluster.api_address) return { unreachable: 'Magnum knows no address of it' };
  try {
    const { server, caPem: ca, certPem, keyPem } = await adminEntry(magnum, cluster, { region });
    const credentials = { ca, clientCertificate: certPem, clientKey: keyPem };
    const userAgent = `opsparkctl/${packageVersion()}`;
    const transport = createTransport({ server, credentials, limits, userAgent });
    const admin = { client: kubeClient(transport), close: () => transport.close() };
    return await answering(admin, server);
  } catch (error) {
    return { unreachable: reasonOf(error) };
  }
}

async function answering(admin: AdminClient, server: string): Promise<AdminClient | Unreachable> {
  try {
    await admin.client.transport.request({ verb: 'get', method: 'GET', resource: 'version', path: '/version' });
    return admin;
  } catch (error) {
    await admin.close();
    return { unreachable: `${server}: ${reasonOf(error)}` };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
