/** The Debian and Ubuntu packages that a part needs beyond a minimal system, with the command each is looked for by. */
export interface AptPackage {
  readonly name: string;
  /** Found on the PATH (or in the given folder) when the package is installed. */
  readonly provides: string;
}

/** Certificates are made with the openssl command. */
export const CONTROL_PLANE_PACKAGES: readonly AptPackage[] = [{ name: 'openssl', provides: 'openssl' }];

/** OpenStack's services, their broker and what serves them. They are run by `real-cloud`, not by the system. */
export const OPENSTACK_PACKAGES: readonly AptPackage[] = [
  { name: 'keystone', provides: '/usr/bin/keystone-wsgi-public' },
  { name: 'rabbitmq-server', provides: '/usr/sbin/rabbitmqctl' },
  { name: 'magnum-api', provides: '/usr/bin/magnum-api-wsgi' },
  { name: 'magnum-conductor', provides: '/usr/bin/magnum-conductor' },
  { name: 'nova-api', provides: '/usr/bin/nova-api-wsgi' },
  { name: 'glance-api', provides: '/usr/bin/glance-api' },
  { name: 'swift-proxy', provides: '/usr/bin/swift-proxy-server' },
  { name: 'swift-account', provides: '/usr/bin/swift-account-server' },
  { name: 'swift-container', provides: '/usr/bin/swift-container-server' },
  { name: 'swift-object', provides: '/usr/bin/swift-object-server' },
  { name: 'uwsgi-core', provides: 'uwsgi-core' },
  { name: 'uwsgi-plugin-python3', provides: 'uwsgi_python3' },
  { name: 'openssl', provides: 'openssl' },
];

/** A Kerberos realm, and the web server that checks its tickets in front of Keystone. */
export const KERBEROS_PACKAGES: readonly AptPackage[] = [
  { name: 'krb5-kdc', provides: 'krb5kdc' },
  { name: 'krb5-admin-server', provides: 'kadmin.local' },
  { name: 'krb5-user', provides: 'kinit' },
  { name: 'apache2-bin', provides: 'apache2' },
  // A module is no command: without it Apache ends at its start with a message that names it.
  { name: 'libapache2-mod-auth-gssapi', provides: 'apache2' },
  { name: 'curl', provides: 'curl' },
];

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
