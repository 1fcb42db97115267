import type { FailureCase } from './failure-case.ts';

const rotated = 'CA rotated, cert expired or soon';
const address = 'api_address missing or private';
const unsettled = 'cluster not settled';
const renew = 'opsparkctl kubeconfig cluster-001 --renew';

/** What may go wrong between a person and a cluster's API server. */
export const accessCases = {
  rotatedAuthority: {
    row: rotated,
    when: 'a command meets the new certificate: the authorities are compared',
    command: 'create spark --cluster cluster-001 --no-s3',
    message: `The authority of the cluster at https://localhost:… was rotated: its kubeconfig is worth nothing since. Make it anew: ${renew}`,
    exitCode: 9,
  },
  rotatedAuthorityRenewed: {
    row: rotated,
    when: 'the kubeconfig is asked for again',
    command: 'kubeconfig cluster-001',
    message: "cluster-001-RegionOne is made anew: the cluster's authority was rotated",
    exitCode: 0,
  },
  anotherServer: {
    row: rotated,
    when: "something else answers at the cluster's address, and Magnum confirms the authority",
    command: 'create spark --cluster cluster-001 --no-s3',
    message:
      "What answers at https://localhost:… is not the cluster: its certificate is not signed by the cluster's authority",
    exitCode: 9,
  },
  expiredCertificate: {
    row: rotated,
    when: "the person's certificate has expired",
    command: 'create spark --cluster cluster-001 --no-s3',
    message: `The credentials for https://localhost:… expired on … UTC. Make them anew: ${renew}`,
    exitCode: 3,
  },
  expiringCertificate: {
    row: rotated,
    when: 'it ends within 30 days: status warns',
    command: 'status cluster-001',
    message: `certificate    warning   cluster-001-RegionOne: 9 days left, until ……- certificate: ${renew}`,
    exitCode: 0,
  },
  missingAddress: {
    row: address,
    when: 'Magnum knows none: the kubeconfig is written all the same',
    command: 'kubeconfig cluster-001',
    message:
      'Warning: Magnum does not know the address of the API server of "cluster-001": give it with --api-address, or repeat ' +
      'this command with --renew when "opsparkctl status" shows one',
    exitCode: 0,
  },
  privateAddress: {
    row: address,
    when: 'it is a private one: the kubeconfig is written all the same',
    command: 'kubeconfig cluster-001',
    message:
      'Warning: The API server of "cluster-001" has the private address https://10.0.0.5:6443: where it cannot be reached, go ' +
      'through a proxy (--proxy socks5://HOST:1080), or give another address (--api-address)',
    exitCode: 0,
  },
  unreachable: {
    row: address,
    when: 'nothing answers there',
    command: 'create spark --cluster cluster-001 --no-s3',
    message:
      'The API server https://127.0.0.1:1 cannot be reached: …ECONNREFUSED… Is the address right ("opsparkctl status"), and is ' +
      'there a route to it?',
    exitCode: 9,
  },
  stillMade: {
    row: unsettled,
    when: 'the cluster is being made',
    command: 'kubeconfig cluster-001',
    message: 'Cluster "cluster-001" is CREATE_IN_PROGRESS: "opsparkctl create kube cluster-001" waits for it',
    exitCode: 1,
  },
  failedCluster: {
    row: unsettled,
    when: 'its creation failed',
    command: 'kubeconfig cluster-001',
    message:
      'Cluster "cluster-001" is CREATE_FAILED: No valid host was found. It cannot be used: "opsparkctl delete kube cluster-001"',
    exitCode: 8,
  },
  unknownCluster: {
    row: 'unknown cluster',
    when: 'a slip of the finger',
    command: 'kubeconfig clutser-002',
    message: 'The project has no cluster "clutser-002": is it "cluster-002"',
    exitCode: 5,
  },
  severalClusters: {
    row: 'name taken',
    when: 'two clusters have the name, and neither was made here',
    command: 'kubeconfig twin',
    message:
      'The project has 2 clusters of the name "twin": give the UUID of the one that is meant\n  …-…  twin  CREATE_COMPLETE',
    exitCode: 6,
  },
  noKeystoneTokens: {
    row: 'Keystone login for kubectl',
    when: 'the cluster was made without it',
    command: 'kubeconfig cluster-001 --user keystone',
    message:
      'Cluster "cluster-001" does not accept Keystone\'s tokens: it was made without the label keystone_auth_enabled=true. ' +
      'Use --user admin, or --user sa:NAMESPACE/NAME',
    exitCode: 1,
  },
  brokenKubeconfig: {
    row: 'kubeconfig that is none',
    when: 'the file to write into is not YAML: it stays as it is',
    command: 'kubeconfig cluster-001',
    message: 'config is not a kubeconfig: line 2 is not YAML',
    exitCode: 2,
  },
  oldMagnum: {
    row: 'microversion too low',
    when: 'doctor looks at a Magnum without node groups',
    command: 'doctor',
    message:
      'magnum       warning   speaks 1.1 to 1.5…' +
      'What to do:…- magnum: node groups (1.9) are missing: status shows the two default ones only',
    exitCode: 0,
  },
} satisfies Readonly<Record<string, FailureCase>>;
