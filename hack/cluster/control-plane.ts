import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { startDaemon, stopDaemon, type Daemon, type DaemonSpec } from './daemon.ts';
import { freePorts } from './free-ports.ts';
import {
  apiServerSpec,
  launchControlPlane,
  prepareControlPlane,
  waitFor,
  type PreparedControlPlane,
  type Starter,
} from './launch-control-plane.ts';
import { makeOwnedFolder } from './owned-folder.ts';

/** A Kubernetes API without nodes: etcd, the API server, and the controllers that do not need nodes. */
export interface ControlPlane {
  /** Path of a kubeconfig with every right. */
  readonly kubeconfig: string;
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** Ends its programs and removes its folder. */
  stop(): Promise<void>;
  /** Kills the API server and starts it again at the same address, with the same data. */
  restartApiServer(): Promise<void>;
}

/** How a control plane behaves. */
export interface ControlPlaneOptions {
  /** Behave as this minor of Kubernetes, `1.31` to the built one. */
  readonly emulatedVersion?: string;
  /** Shown in the kubeconfig and in the folder's name. */
  readonly name?: string;
}

/**
 * Starts a control plane of its own on free loopback ports, in a new temporary folder; needs no root, and several run side
 * by side. It ends with `stop()`, or at the latest with this process. The Kubernetes binaries must have been built
 * (`npm run cluster -- build`). Throws with the end of the log of the program that did not start.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const name = options.name ?? 'control-plane';
  const folder = await makeOwnedFolder(tmpdir(), name);
  const daemons = new Map<string, Daemon>();
  const start: Starter = async (spec) => {
    const daemon = await startDaemon(untilParentEnds(spec));
    daemons.set(spec.name, daemon);
    return daemon;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...daemons.values()].map((daemon) => stopDaemon(daemon, 0)));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const prepared = await prepareAndLaunch({ ...options, name, folder }, start);
    const restartApiServer = async (): Promise<void> => {
      const running = daemons.get('kube-apiserver');
      if (running !== undefined) await stopDaemon(running, 0);
      await waitFor('/readyz', prepared.probe, [await start(apiServerSpec(prepared.layout))]);
    };
    return { kubeconfig: prepared.kubeconfig, server: prepared.server, stop, restartApiServer };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Chooses ports, prepares everything in the folder and starts it. */
export async function prepareAndLaunch(
  options: ControlPlaneOptions & { readonly name: string; readonly folder: string },
  start: Starter,
): Promise<PreparedControlPlane> {
  await mkdir(options.folder, { recursive: true });
  const [apiPort = 0, etcdPort = 0, etcdPeerPort = 0] = await freePorts(3);
  const prepared = await prepareControlPlane({
    ...options,
    address: '127.0.0.1',
    apiPort,
    etcdPort,
    etcdPeerPort,
    withNodes: false,
  });
  await launchControlPlane(prepared, start);
  return prepared;
}

/** Has the kernel end the program when the thread that started it is gone, however that ended. */
function untilParentEnds(spec: DaemonSpec): DaemonSpec {
  const setpriv = '/usr/bin/setpriv';
  if (!existsSync(setpriv)) return spec;
  return { ...spec, command: setpriv, args: ['--pdeathsig', 'KILL', spec.command, ...spec.args] };
}
