/** The Debian and Ubuntu packages that a part needs beyond a minimal system, with the command each is looked for by. */
export interface AptPackage {
  readonly name: string;
  /** Found on the PATH (or in the given folder) when the package is installed. */
  readonly provides: string;
}

/** Certificates are made with the openssl command. */
export const CONTROL_PLANE_PACKAGES: readonly AptPackage[] = [{ name: 'openssl', provides: 'openssl' }];

/** What a node without a container engine needs: a runtime, the plug-ins of its network, kube-proxy's tools, relays. */
export const BARE_PACKAGES: readonly AptPackage[] = [
  ...CONTROL_PLANE_PACKAGES,
  { name: 'containerd', provides: 'containerd' },
  { name: 'runc', provides: 'runc' },
  { name: 'containernetworking-plugins', provides: '/usr/lib/cni/bridge' },
  { name: 'iptables', provides: 'iptables' },
  { name: 'conntrack', provides: 'conntrack' },
  { name: 'iproute2', provides: 'ip' },
  { name: 'socat', provides: 'socat' },
  { name: 'tini', provides: 'tini' },
  { name: 'util-linux', provides: 'nsenter' },
];
