import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { binaryPath } from '../binaries.ts';
import type { Daemon, DaemonSpec } from '../daemon.ts';
import { eventually } from '../eventually.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import type { Pki } from '../pki.ts';
import { importImage, pauseArchive } from './import-image.ts';
import {
  cniConflist,
  containerdToml,
  kubeletConfiguration,
  kubeProxyConfiguration,
  nodeFiles,
} from './node-configuration.ts';
import type { NodeShell } from './node-shell.ts';

/** What the programs of every node need to know of the cluster. */
export interface NodeWorld {
  readonly cluster: string;
  readonly pki: Pki;
  /** The API server as seen from the nodes. */
  readonly server: string;
  /** Called for each program that was started, at once. */
  readonly onStart: (daemon: Daemon) => void;
}

/** Starts containerd, the kubelet and kube-proxy in a node, and brings the pause image in. The API server must answer. */
export async function startNodePrograms(shell: NodeShell, world: NodeWorld): Promise<void> {
  const kubeconfigs = await writeNodeFiles(shell, world);
  const start = async (spec: Omit<DaemonSpec, 'logFile'>): Promise<void> => {
    const logFile = join(shell.layout.folder, 'logs', `${spec.name}.log`);
    world.onStart(await shell.start({ ...spec, logFile }));
  };
  const files = nodeFiles(shell.layout);
  await start({ name: 'containerd', command: 'containerd', args: ['--config', files.containerd] });
  await waitForContainerd(shell);
  await importImage(shell.init.pid, await pauseArchive());
  const kubelet = [`--config=${files.kubelet}`, `--kubeconfig=${kubeconfigs.kubelet}`];
  const identity = [`--hostname-override=${shell.layout.name}`, `--node-ip=${shell.layout.address}`];
  await start({ name: 'kubelet', command: binaryPath('kubernetes', 'kubelet'), args: [...kubelet, ...identity] });
  await start({
    name: 'kube-proxy',
    command: binaryPath('kubernetes', 'kube-proxy'),
    args: [`--config=${files.kubeProxy}`],
  });
}

async function writeNodeFiles(shell: NodeShell, world: NodeWorld): Promise<{ readonly kubelet: string }> {
  const { layout } = shell;
  const { pki, server, cluster } = world;
  const [client, serving, proxy] = await Promise.all([
    pki.issue(`${layout.name}-kubelet`, { commonName: `system:node:${layout.name}`, organisations: ['system:nodes'] }),
    pki.issue(`${layout.name}-serving`, { commonName: layout.name, hosts: [layout.address, layout.name] }),
    pki.issue(`${layout.name}-proxy`, { commonName: 'system:kube-proxy' }),
  ]);
  const context = { name: cluster, server };
  const kubelet = await writeKubeconfig(join(layout.folder, 'kubelet.kubeconfig'), pki, client, context);
  const kubeProxy = await writeKubeconfig(join(layout.folder, 'kube-proxy.kubeconfig'), pki, proxy, context);
  const files = nodeFiles(layout);
  await mkdir(dirname(files.cni), { recursive: true });
  await mkdir(join(layout.folder, 'logs'), { recursive: true });
  await writeFile(files.containerd, containerdToml(layout));
  await writeFile(files.cni, cniConflist(layout));
  await writeFile(files.kubelet, kubeletConfiguration(layout, pki.caCert, serving));
  await writeFile(files.kubeProxy, kubeProxyConfiguration(layout, kubeProxy));
  return { kubelet };
}

async function waitForContainerd(shell: NodeShell): Promise<void> {
  const answers = (): Promise<boolean> =>
    shell.run('ctr', ['version']).then(
      () => true,
      () => false,
    );
  if (await eventually(answers, { timeoutMs: 30_000, everyMs: 200 })) return;
  throw new Error(`containerd of ${shell.layout.name} does not answer; see ${shell.layout.folder}/logs/containerd.log`);
}
