/** Every version the test clusters are made of. The Kubernetes and etcd versions are also those of `kubernetes/go.mod`. */
export const VERSIONS = {
  kubernetes: '1.34.4',
  etcd: '3.6.4',
  helm: '3.19.5',
  coredns: '1.12.4',
  kind: '0.30.0',
  /** The S3 server of the tests. */
  versitygw: '1.0.14',
  /** The Kubernetes of the node image; kind publishes images for some patches only. */
  kindNode: '1.34.0',
  /** Our own programs: raise it with a change of `kubernetes/pause` or `kubernetes/open-volumes`. */
  nodePrograms: '1',
  /** The oldest Go that builds all of them. */
  go: '1.24',
} as const;
