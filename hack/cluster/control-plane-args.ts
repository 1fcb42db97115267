import type { AuthorityFiles } from './authorities.ts';
import type { KeyPairFiles, Pki } from './pki.ts';

/** Where the parts of a control plane listen and what they trust. */
export interface ControlPlaneLayout {
  readonly pki: Pki;
  readonly serving: KeyPairFiles;
  /** Client certificate for calls to kubelets (logs, exec); without it there is no kubelet. */
  readonly kubeletClient?: KeyPairFiles;
  /** Where authorities from outside can be added; without it only the cluster's own is trusted. */
  readonly authorities?: AuthorityFiles;
  readonly folder: string;
  /** The address that clients inside the cluster reach the API server at. */
  readonly address: string;
  readonly apiPort: number;
  readonly etcdPort: number;
  readonly etcdPeerPort: number;
  /** Behave as this minor of Kubernetes: `1.31`. */
  readonly emulatedVersion?: string;
}

/** The network that Services get their addresses from. Its first address is the API server, its tenth the DNS server. */
export const SERVICE_NETWORK = { cidr: '10.96.0.0/16', api: '10.96.0.1', dns: '10.96.0.10' } as const;

/** Names that the API server's certificate must carry. */
export function apiServerHosts(address: string): string[] {
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  return [...new Set(['localhost', '127.0.0.1', address, SERVICE_NETWORK.api]), ...service];
}

/** etcd on the loopback device, without waiting for the disk: nothing in a test cluster must survive a power cut. */
export function etcdArgs({ folder, etcdPort, etcdPeerPort }: ControlPlaneLayout): string[] {
  const client = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${etcdPeerPort}`;
  return [
    '--name=default',
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

/** The API server: certificates for people and programs, tokens for service accounts, RBAC. */
export function apiServerArgs(layout: ControlPlaneLayout): string[] {
  const { pki, serving, address, apiPort, etcdPort, emulatedVersion } = layout;
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--bind-address=${address === '127.0.0.1' ? address : '0.0.0.0'}`,
    `--advertise-address=${address}`,
    `--secure-port=${apiPort}`,
    `--tls-cert-file=${serving.cert}`,
    `--tls-private-key-file=${serving.key}`,
    ...authorityArgs(layout),
    `--service-cluster-ip-range=${SERVICE_NETWORK.cidr}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${pki.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${pki.serviceAccountKey}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    // One server: nothing to reconcile, and a loopback address is refused by the default way.
    ...(address === '127.0.0.1' ? ['--endpoint-reconciler-type=none'] : []),
    ...kubeletArgs(layout),
    ...(emulatedVersion === undefined ? [] : [`--emulated-version=kube=${emulatedVersion}`]),
  ];
}

/** The second serving certificate is chosen for connections to the one address, the first for all others. */
function authorityArgs({ pki, authorities }: ControlPlaneLayout): string[] {
  if (authorities === undefined) return [`--client-ca-file=${pki.caCert}`];
  const { bundle, serving, address } = authorities;
  return [`--client-ca-file=${bundle}`, `--tls-sni-cert-key=${serving.cert},${serving.key}:${address}`];
}

function kubeletArgs({ pki, kubeletClient }: ControlPlaneLayout): string[] {
  if (kubeletClient === undefined) return [];
  return [
    `--kubelet-client-certificate=${kubeletClient.cert}`,
    `--kubelet-client-key=${kubeletClient.key}`,
    `--kubelet-certificate-authority=${pki.caCert}`,
    // Node names resolve nowhere.
    '--kubelet-preferred-address-types=InternalIP',
  ];
}

/** The controllers that even a cluster without nodes needs: tokens, garbage collection, deletion of namespaces. */
const CONTROLLERS_WITHOUT_NODES = [
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'garbage-collector-controller',
  'namespace-controller',
];

/** The controller manager: all controllers when there are nodes, the few needed ones otherwise. */
export function controllerManagerArgs(layout: ControlPlaneLayout, kubeconfig: string): string[] {
  const { pki, kubeletClient } = layout;
  const nodes = kubeletClient !== undefined;
  return [
    `--kubeconfig=${kubeconfig}`,
    '--use-service-account-credentials=true',
    `--root-ca-file=${pki.caCert}`,
    `--service-account-private-key-file=${pki.serviceAccountKey}`,
    '--leader-elect=false',
    // Nobody reads its metrics, and a port less can clash.
    '--secure-port=0',
    ...(nodes ? nodeControllerArgs(pki) : [`--controllers=${CONTROLLERS_WITHOUT_NODES.join(',')}`]),
  ];
}

function nodeControllerArgs({ caCert, caKey }: Pki): string[] {
  return [
    '--controllers=*',
    `--cluster-signing-cert-file=${caCert}`,
    `--cluster-signing-key-file=${caKey}`,
    '--enable-hostpath-provisioner=true',
  ];
}
