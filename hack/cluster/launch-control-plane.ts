import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { prepareAuthorities } from './authorities.ts';
import { apiProbe, type ApiProbe } from './api-probe.ts';
import { binaryPath } from './binaries.ts';
import {
  apiServerArgs,
  apiServerHosts,
  controllerManagerArgs,
  etcdArgs,
  type ControlPlaneLayout,
} from './control-plane-args.ts';
import { logTail, type Daemon, type DaemonSpec } from './daemon.ts';
import { eventually } from './eventually.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { createPki, type Pki } from './pki.ts';
import { isRunning } from './process-identity.ts';

/** What a control plane is made of before anything runs: certificates, kubeconfigs, places. */
export interface PreparedControlPlane {
  readonly layout: ControlPlaneLayout;
  /** For people, with every right. */
  readonly kubeconfig: string;
  readonly controllerManagerKubeconfig: string;
  readonly server: string;
  readonly probe: ApiProbe;
}

/** The choices behind a control plane. */
export interface ControlPlanePlan extends Omit<
  ControlPlaneLayout,
  'pki' | 'serving' | 'kubeletClient' | 'authorities'
> {
  /** The context's name in the kubeconfigs. */
  readonly name: string;
  /** Where people and tests reach the API server, if not at its own address. */
  readonly publicServer?: string;
  readonly withNodes: boolean;
  /** An address more, at which the server answers with the certificates of adopted authorities. */
  readonly authorityAddress?: string;
}

/** Makes the folder, the authority, the certificates and the kubeconfigs. */
export async function prepareControlPlane(plan: ControlPlanePlan): Promise<PreparedControlPlane> {
  const { folder, name, address } = plan;
  await mkdir(join(folder, 'logs'), { recursive: true });
  const pki = await createPki(join(folder, 'pki'));
  const [serving, admin, manager, kubeletClient] = await Promise.all([
    pki.issue('api-server', { commonName: 'kube-apiserver', hosts: apiServerHosts(address) }),
    pki.issue('admin', { commonName: 'admin', organisations: ['system:masters'] }),
    pki.issue('controller-manager', { commonName: 'system:kube-controller-manager' }),
    plan.withNodes ? issueKubeletClient(pki) : undefined,
  ]);
  const authorities =
    plan.authorityAddress === undefined ? undefined : await prepareAuthorities(folder, pki, plan.authorityAddress);
  const own = `https://${address}:${plan.apiPort}`;
  const server = plan.publicServer ?? own;
  return {
    layout: {
      ...plan,
      ...{ pki, serving },
      ...(kubeletClient === undefined ? {} : { kubeletClient }),
      ...(authorities === undefined ? {} : { authorities }),
    },
    kubeconfig: await writeKubeconfig(join(folder, 'kubeconfig'), pki, admin, { name, server }),
    controllerManagerKubeconfig: await writeKubeconfig(join(folder, 'controller-manager.kubeconfig'), pki, manager, {
      name,
      server: own,
    }),
    server,
    probe: await apiProbe(server, pki, admin),
  };
}

/** Starts one program of a cluster: on the machine, or inside a node. */
export type Starter = (spec: DaemonSpec) => Promise<Daemon>;

/** Starts etcd, the API server and the controller manager; returns when pods can be created in the default namespace. */
export async function launchControlPlane(prepared: PreparedControlPlane, start: Starter): Promise<void> {
  const { layout, probe } = prepared;
  const etcd = await start(programSpec(layout, 'etcd', etcdArgs(layout)));
  const api = await start(apiServerSpec(layout));
  // The controllers start up while the server still does: they need an answer, not a ready one.
  await waitFor('/livez', probe, [etcd, api], (status) => status !== undefined);
  const args = controllerManagerArgs(layout, prepared.controllerManagerKubeconfig);
  const manager = await start(programSpec(layout, 'kube-controller-manager', args));
  const all = [etcd, api, manager];
  await Promise.all([
    waitFor('/readyz', probe, all),
    waitFor('/api/v1/namespaces/default/serviceaccounts/default', probe, all),
  ]);
}

/** How the API server of this control plane is started, also for the second time. */
export function apiServerSpec(layout: ControlPlaneLayout): DaemonSpec {
  return programSpec(layout, 'kube-apiserver', apiServerArgs(layout));
}

/** A program of the Kubernetes build with its log in the cluster's folder. */
export function programSpec({ folder }: ControlPlaneLayout, name: string, args: readonly string[]): DaemonSpec {
  return { name, command: binaryPath('kubernetes', name), args, logFile: join(folder, 'logs', `${name}.log`) };
}

/**
 * Waits until the path answers as wanted, 200 unless told otherwise. Throws with the end of the log as soon as one of the
 * programs has ended, or after a minute.
 */
export async function waitFor(
  path: string,
  probe: ApiProbe,
  daemons: readonly Daemon[],
  isWanted = (status: number | undefined): boolean => status === 200,
): Promise<void> {
  const answers = async (): Promise<boolean> => {
    const ended = daemons.find((daemon) => !isRunning(daemon.identity));
    if (ended !== undefined) throw new Error(`${ended.name} ended\n${await logTail(ended.logFile)}`);
    return isWanted(await probe(path));
  };
  if (await eventually(answers, { timeoutMs: 60_000 })) return;
  const logs = await Promise.all(daemons.map(async ({ name, logFile }) => `${name}:\n${await logTail(logFile, 5)}`));
  throw new Error(`The API server did not answer ${path} within a minute\n${logs.join('\n')}`);
}

function issueKubeletClient(pki: Pki): ReturnType<Pki['issue']> {
  return pki.issue('kubelet-client', {
    commonName: 'kube-apiserver-kubelet-client',
    organisations: ['system:masters'],
  });
}
