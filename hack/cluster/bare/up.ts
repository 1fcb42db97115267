import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../../cache.ts';
import type { Progress } from '../../../terminal/progress.ts';
import { run } from '../../run.ts';
import { binaryPath, kubectlPath } from '../binaries.ts';
import { clusterFolder, machineWideName, emptyRecord, keepRecord, type RecordKeeper } from '../cluster-record.ts';
import type { Daemon } from '../daemon.ts';
import { eventually } from '../eventually.ts';
import { freePorts } from '../free-ports.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import {
  launchControlPlane,
  prepareControlPlane,
  programSpec,
  type PreparedControlPlane,
} from '../launch-control-plane.ts';
import { addonManifests, COREDNS_USER } from './addons.ts';
import { buildNetwork } from './build-network.ts';
import { chooseHostLink, connectHost, ownAddresses } from './host-link.ts';
import { makeCgroup } from './cgroups.ts';
import { boundFolders, foreignMounts, mountCommands } from './mount-commands.ts';
import { corefile } from './node-configuration.ts';
import { makePlace } from './places.ts';
import { nodeLayouts, type NodeLayout } from './node-layout.ts';
import { startNodePrograms } from './node-programs.ts';
import { createNode, type NodeShell } from './node-shell.ts';
import { startRelay } from './relay.ts';

/** What a bare cluster is to be like. */
export interface BareOptions {
  readonly name: string;
  readonly nodes: number;
  readonly emulatedVersion?: string;
}

const API_PORT = 6443;

/** Makes a bare cluster; there must be none of this name. Everything made is in the record before the next thing is made. */
export async function bareUp(options: BareOptions, progress: Progress): Promise<void> {
  const record = keepRecord(emptyRecord(options.name, 'bare', options.emulatedVersion));
  const layouts = nodeLayouts(machineWideName(options.name), clusterFolder(options.name), options.nodes);
  const shells = await progress.step('Making namespaces and the network', () =>
    makeNodes(options.name, layouts, record),
  );
  const [first] = shells;
  if (first === undefined) throw new Error('A cluster needs one node at least');
  const control = await progress.step(
    'Starting etcd, the API server, controllers and scheduler',
    () => startControl(options, first, record),
    '5 s',
  );
  await progress.step('Starting containerd, kubelet and kube-proxy', () => startNodes(shells, control, record), '5 s');
  await progress.step('Starting DNS and storage', () => startAddons(first, control, record));
  await progress.step(
    'Waiting until the nodes are ready',
    () => waitForNodes(control.kubeconfig, options.nodes),
    '10 s',
  );
  record.update(() => ({ complete: true, server: control.server }));
}

async function makeNodes(cluster: string, layouts: readonly NodeLayout[], record: RecordKeeper): Promise<NodeShell[]> {
  const shells: NodeShell[] = [];
  for (const layout of layouts) {
    const bound = boundFolders(layout, clusterFolder(cluster));
    await mkdir(layout.folder, { recursive: true });
    for (const { from, to } of bound) {
      await mkdir(from, { recursive: true });
      makePlace(to);
    }
    record.update(({ cgroups }) => ({ cgroups: [...cgroups, layout.cgroup] }));
    await makeCgroup(layout.cgroup);
    const shell = await createNode(layout, keepDaemon(record));
    record.update(({ nodes }) => ({ nodes: [...nodes, { name: layout.name, init: shell.init }] }));
    const copies = foreignMounts(await shell.run('cat', ['/proc/mounts']), cacheDir());
    for (const point of copies) await shell.run('umount', ['--lazy', point]);
    for (const args of mountCommands(bound)) await shell.run('mount', args);
    shells.push(shell);
  }
  await buildNetwork(shells);
  await layHostLink(cluster, shells, record);
  return shells;
}

/** Noted before it is made: the machine's end is all of a cluster that is not in a namespace. */
async function layHostLink(cluster: string, [first]: readonly NodeShell[], record: RecordKeeper): Promise<void> {
  if (first === undefined) return;
  const hostLink = chooseHostLink(machineWideName(cluster), ownAddresses());
  record.update(() => ({ hostLink }));
  await connectHost(first, hostLink);
}

async function startControl(
  options: BareOptions,
  node: NodeShell,
  record: RecordKeeper,
): Promise<PreparedControlPlane> {
  const [publicPort = 0] = await freePorts(1);
  const { hostLink } = record.current();
  const prepared = await prepareControlPlane({
    ...options,
    folder: clusterFolder(options.name),
    address: node.layout.address,
    apiPort: API_PORT,
    etcdPort: 2379,
    etcdPeerPort: 2380,
    publicServer: `https://127.0.0.1:${publicPort}`,
    withNodes: true,
    ...(hostLink === undefined ? {} : { authorityAddress: hostLink.nodeAddress }),
  });
  const keep = keepDaemon(record);
  await startRelay(node, { publicPort, apiPort: API_PORT, cluster: options.name }, keep);
  await launchControlPlane(prepared, async (spec) => {
    const daemon = await node.start(spec);
    keep(daemon);
    return daemon;
  });
  const { layout } = prepared;
  const scheduler = await layout.pki.issue('scheduler', { commonName: 'system:kube-scheduler' });
  const context = { name: options.name, server: nodeServer(layout.address) };
  const kubeconfig = await writeKubeconfig(join(layout.folder, 'scheduler.kubeconfig'), layout.pki, scheduler, context);
  const args = [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
  keep(await node.start(programSpec(layout, 'kube-scheduler', args)));
  return prepared;
}

async function startNodes(
  shells: readonly NodeShell[],
  { layout }: PreparedControlPlane,
  record: RecordKeeper,
): Promise<void> {
  const world = {
    cluster: record.current().name,
    pki: layout.pki,
    server: nodeServer(layout.address),
    onStart: keepDaemon(record),
  };
  await Promise.all(shells.map((shell) => startNodePrograms(shell, world)));
}

async function startAddons(
  node: NodeShell,
  { layout, kubeconfig }: PreparedControlPlane,
  record: RecordKeeper,
): Promise<void> {
  const { folder, pki, address } = layout;
  await run(kubectlPath(), ['--kubeconfig', kubeconfig, 'apply', '-f', '-'], { input: addonManifests(address) });
  const client = await pki.issue('coredns', { commonName: COREDNS_USER });
  const context = { name: record.current().name, server: nodeServer(address) };
  const dnsKubeconfig = await writeKubeconfig(join(folder, 'coredns.kubeconfig'), pki, client, context);
  const keep = keepDaemon(record);
  const volumes = join(folder, 'volumes');
  const opener = binaryPath('node-programs', 'open-volumes');
  keep(
    await node.start({
      name: 'open-volumes',
      command: opener,
      args: [volumes],
      logFile: logOf(folder, 'open-volumes'),
    }),
  );
  const file = join(folder, 'Corefile');
  await writeFile(file, corefile(address, dnsKubeconfig));
  const command = binaryPath('coredns', 'coredns');
  keep(await node.start({ name: 'coredns', command, args: ['-conf', file], logFile: logOf(folder, 'coredns') }));
}

async function waitForNodes(kubeconfig: string, count: number): Promise<void> {
  const conditions = '-o=jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}';
  const areReady = async (): Promise<boolean> => {
    const { stdout } = await run(kubectlPath(), ['--kubeconfig', kubeconfig, 'get', 'nodes', conditions]);
    return stdout.split(' ').filter((status) => status === 'True').length === count;
  };
  if (await eventually(areReady, { timeoutMs: 120_000, everyMs: 500 })) return;
  throw new Error(
    `The nodes did not become ready within two minutes; see node*/logs/kubelet.log in the cluster's folder`,
  );
}

const logOf = (folder: string, program: string): string => join(folder, 'logs', `${program}.log`);

const nodeServer = (address: string): string => `https://${address}:${API_PORT}`;

const keepDaemon =
  (record: RecordKeeper) =>
  (daemon: Daemon): void =>
    record.update(({ daemons }) => ({ daemons: [...daemons, daemon] }));
