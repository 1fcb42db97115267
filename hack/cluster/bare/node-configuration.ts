import { join } from 'node:path';
import { stringify } from 'yaml';

import { SERVICE_NETWORK } from '../control-plane-args.ts';
import type { KeyPairFiles } from '../pki.ts';
import { POD_NETWORK, type NodeLayout } from './node-layout.ts';

/** The image that holds a pod's namespaces; imported into every node. */
export const PAUSE_IMAGE = 'localhost/pause:1';

/** containerd's socket, the same path in every node. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** containerd's configuration (version 2, understood by 1.6 and 1.7). */
export function containerdToml({ folder }: NodeLayout): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "${folder}/containerd"
state = "/run/containerd"

[grpc]
  address = "${CONTAINERD_SOCKET}"

[${cri}]
  sandbox_image = "${PAUSE_IMAGE}"
  # Where negative values are refused to us, no pod would start otherwise.
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true

[${cri}.cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = "${folder}/cni-configuration"

[${cri}.containerd]
  snapshotter = "overlayfs"

[${cri}.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
`;
}

/** The pod network of a node: a bridge that is the pods' gateway. The plug-in does not enforce NetworkPolicy. */
export function cniConflist({ podCidr }: NodeLayout): string {
  return JSON.stringify({
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'pods0',
        isGateway: true,
        hairpinMode: true,
        ipam: { type: 'host-local', ranges: [[{ subnet: podCidr }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  });
}

/** The kubelet's configuration. Resources are not guarded: the machine is shared with whoever runs the tests. */
export function kubeletConfiguration(node: NodeLayout, caCert: string, serving: KeyPairFiles): string {
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: node.address,
    tlsCertFile: serving.cert,
    tlsPrivateKeyFile: serving.key,
    authentication: { anonymous: { enabled: false }, x509: { clientCAFile: caCert }, webhook: { enabled: true } },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    cgroupRoot: node.cgroup,
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    localStorageCapacityIsolation: false,
    oomScoreAdj: 0,
    // Imported images come from nowhere else: they must never be collected.
    imageGCHighThresholdPercent: 100,
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    resolvConf: '',
    clusterDNS: [SERVICE_NETWORK.dns],
    clusterDomain: 'cluster.local',
    // Spark starts many pods at once.
    registryPullQPS: 0,
    maxPods: 250,
    shutdownGracePeriod: '0s',
  });
}

/** kube-proxy's configuration: iptables, and no settings of the whole machine. */
export function kubeProxyConfiguration(node: NodeLayout, kubeconfig: string): string {
  return stringify({
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    clientConnection: { kubeconfig },
    clusterCIDR: POD_NETWORK,
    hostnameOverride: node.name,
    bindAddress: node.address,
    healthzBindAddress: `${node.address}:10256`,
    metricsBindAddress: '127.0.0.1:10249',
    conntrack: { maxPerCore: 0, min: 0 },
    oomScoreAdj: 0,
  });
}

/** CoreDNS for the names of Services and pods; other names are answered with "no such name", at once. */
export function corefile(address: string, kubeconfig: string): string {
  return `cluster.local:53 in-addr.arpa:53 ip6.arpa:53 {
    bind ${address}
    errors
    ready ${address}:8181
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        kubeconfig ${kubeconfig}
        pods insecure
        ttl 5
    }
}
.:53 {
    bind ${address}
    template ANY ANY {
        rcode NXDOMAIN
    }
}
`;
}

/** Files that a node's programs read, by path. */
export interface NodeFiles {
  readonly containerd: string;
  readonly cni: string;
  readonly kubelet: string;
  readonly kubeProxy: string;
}

/** Where the configuration files of a node are. */
export function nodeFiles({ folder }: NodeLayout): NodeFiles {
  return {
    containerd: join(folder, 'containerd.toml'),
    cni: join(folder, 'cni-configuration', '10-pods.conflist'),
    kubelet: join(folder, 'kubelet.yaml'),
    kubeProxy: join(folder, 'kube-proxy.yaml'),
  };
}
