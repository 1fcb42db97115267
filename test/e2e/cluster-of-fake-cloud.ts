import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { adoptAuthority, authorityHost, dropAuthority } from '../../hack/cluster/authorities.ts';
import type { RaisedCluster } from '../../hack/fake-cloud/options.ts';
import { run } from '../../hack/run.ts';

/** Lets the local cluster play the machines of a fake cloud's clusters. */
export interface MachinesOfFakeCloud {
  /** Options of the fake cloud: where its clusters answer, and what is done when one comes up. */
  readonly options: {
    readonly apiAddress: string;
    readonly onClusterUp: (raised: RaisedCluster) => Promise<void>;
  };
  /** Makes the local cluster forget all that it learnt. */
  readonly forget: () => Promise<void>;
}

/** @param cluster name of a running local cluster of the bare provider */
export function machinesOfFakeCloud(cluster: string): MachinesOfFakeCloud {
  const host = authorityHost(cluster);
  if (host === undefined) throw new Error(`The cluster "${cluster}" cannot adopt an authority: npm run cluster -- up`);
  const adopted: string[] = [];
  return {
    options: {
      apiAddress: `https://${host}:6443`,
      onClusterUp: async ({ caPem, sign }) => {
        const { keyPem, requestPem } = await servingRequest(host);
        await adoptAuthority(cluster, { caPem, certificatePem: sign(requestPem), keyPem });
        adopted.push(caPem);
      },
    },
    forget: async () => {
      for (const caPem of adopted.splice(0)) await dropAuthority(cluster, caPem);
    },
  };
}

/** As a master of Heat's clusters asks for its certificate. */
async function servingRequest(host: string): Promise<{ keyPem: string; requestPem: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'serving-'));
  const [key, request] = [join(folder, 'key.pem'), join(folder, 'request.pem')];
  await writeFile(key, '', { mode: 0o600 });
  try {
    const subject = ['-subj', '/CN=kube-apiserver', '-addext', `subjectAltName=IP:${host}`];
    await run('openssl', ['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, ...subject]);
    return { keyPem: await readFile(key, 'utf8'), requestPem: await readFile(request, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
