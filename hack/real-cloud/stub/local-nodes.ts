import { adoptAuthority, authorityHost, dropAuthority } from '../../cluster/authorities.ts';
import { bootMaster, masterParameters } from './master.ts';
import type { StackWork } from './stacks.ts';

/** Nothing listens there: the address of clusters that are made while no local Kubernetes runs. */
const NOBODY = '127.0.0.2';

/**
 * The machines of a stack: the local Kubernetes of this name, which learns to trust the authority of the Magnum cluster
 * and forgets it when the stack is deleted.
 */
export function localNodes(cluster: string, log: (line: string) => void): StackWork {
  const authorities = new Map<string, string>();
  return {
    create: async ({ id, name, parameters }) => {
      const master = masterParameters(parameters);
      const host = authorityHost(cluster);
      if (master === undefined) return host ?? NOBODY;
      const certificates = await bootMaster(master, host ?? NOBODY);
      if (host === undefined) {
        log(`${name}: complete without machines, no local cluster "${cluster}" runs`);
        return NOBODY;
      }
      await adoptAuthority(cluster, certificates);
      authorities.set(id, certificates.caPem);
      log(`${name}: the local cluster "${cluster}" at ${host} trusts its authority`);
      return host;
    },
    delete: async ({ id, name }) => {
      const caPem = authorities.get(id);
      if (caPem === undefined || authorityHost(cluster) === undefined) return;
      await dropAuthority(cluster, caPem);
      authorities.delete(id);
      log(`${name}: the local cluster "${cluster}" has forgotten its authority`);
    },
  };
}
