import type { FailureCase } from './failure-case.ts';

const command = 'create kube spark --template k8s --nodes 2';
const delegated = 'delegated login for create on a trust-making Magnum';
const unknown = 'unknown template/flavor/keypair';
const choices =
  'Next: "opsparkctl delete kube spark" removes it, "opsparkctl create kube spark --recreate" removes it and tries again';

/** What may go wrong while a cluster is made or deleted. */
export const kubeCases = {
  restrictedCredential: {
    row: delegated,
    when: 'the application credential is restricted: nothing is ordered',
    command,
    message:
      'the login is a restricted application credential, which Keystone does not let act for a cluster: log in with a ' +
      'password or Kerberos instead, or with an unrestricted one',
    exitCode: 4,
  },
  unrestrictedCredential: {
    row: delegated,
    when: 'the application credential is unrestricted, and Keystone has the fixes of 2026: that shows only afterwards',
    command,
    message:
      'Warning: the login is an application credential, and this Magnum (1.10) makes a trust for each cluster…' +
      'cluster "spark" (…) failed:…trustee or trust…' +
      'This means: Keystone refused the trust that Magnum makes for a cluster…Log in with a password or Kerberos, ' +
      `then create it again\n${choices}`,
    exitCode: 8,
  },
  clusterQuota: {
    row: 'Magnum quota',
    when: 'the project has as many clusters as it may',
    command,
    message:
      "the project's quota of 2 clusters is used up: delete one (opsparkctl delete kube NAME), or ask for more\n" +
      '  …  CREATE_COMPLETE\n  …  CREATE_COMPLETE\n',
    exitCode: 4,
  },
  computeQuotaBefore: {
    row: 'Nova quota at build',
    when: 'it can be seen before: a warning, as it may be another when Nova looks',
    command: `${command} --flavor m1.large --dry-run`,
    message: "Warning: the cluster needs 9 cores, but the project's quota has 4 cores left: the creation may fail",
    exitCode: 0,
  },
  computeQuota: {
    row: 'Nova quota at build',
    when: 'the driver reports it',
    command,
    message:
      'cluster "spark" (…) failed:\n' +
      '  default-worker: Resource CREATE failed: Forbidden: resources.kube-minion: Quota exceeded for cores\n' +
      '…This means: a quota of the project is used up: "opsparkctl doctor" shows what is left; free some, or order fewer ' +
      `or smaller nodes\n${choices}`,
    exitCode: 8,
  },
  endlessProgress: {
    row: 'Nova quota at build',
    when: 'the driver never reports a failure',
    command: `${command} --timeout 20m`,
    message:
      'cluster "spark" (…) is not ready after 20m; Magnum goes on with it, and the same command waits again (longer with ' +
      '--timeout)\n  status: CREATE_IN_PROGRESS…\n  node group default-master: CREATE_IN_PROGRESS, 1 nodes\n…' +
      'Look at: the quota left ("opsparkctl doctor"), the servers of the project ("openstack server list")',
    exitCode: 7,
  },
  unknownTemplate: {
    row: unknown,
    when: 'the template is misspelt',
    command: 'create kube spark --template k8',
    message: 'error: no cluster template "k8": is it "k8s" or "k8s-large"?',
    exitCode: 5,
  },
  unknownFlavor: {
    row: unknown,
    when: 'the flavor is misspelt',
    command: `${command} --flavor m1.lage`,
    message: 'error: there is no flavor "m1.lage": is it "m1.large"',
    exitCode: 5,
  },
  unknownKeypair: {
    row: unknown,
    when: 'the keypair is misspelt',
    command: `${command} --keypair demokey`,
    message: 'error: there is no keypair "demokey": is it "demo-key"?; --ssh-public-key FILE imports one',
    exitCode: 5,
  },
  createFailed: {
    row: 'CREATE_FAILED',
    when: 'no hypervisor has room',
    command,
    message:
      'cluster "spark" (…) failed:\n  …No valid host was found…This means: no hypervisor has room for a server of this ' +
      `flavor: try a smaller one, fewer nodes, or ask the operators of the cloud\n${choices}`,
    exitCode: 8,
  },
  interrupted: {
    row: 'interrupted (Ctrl-C, crash, network)',
    when: 'Ctrl-C while it is waited for; the next run waits for the same cluster',
    command,
    message: 'interrupted: the same command goes on where this one was',
    exitCode: 130,
  },
  lostAnswer: {
    row: 'interrupted (Ctrl-C, crash, network)',
    when: 'the connection breaks after the order: the cluster is found by its label',
    command,
    message: 'Magnum did not answer the order; looking whether it was taken…built by Magnum',
    exitCode: 0,
  },
  severalOfTheName: {
    row: 'interrupted (Ctrl-C, crash, network)',
    when: 'several clusters have the name and none is remembered',
    command,
    message:
      '2 clusters are called "spark"; delete the superfluous ones by UUID (opsparkctl delete kube UUID), or choose another ' +
      'name:\n  …  CREATE_COMPLETE',
    exitCode: 6,
  },
  nameTaken: {
    row: 'name taken',
    when: 'by a cluster that opsparkctl did not make',
    command,
    message:
      'the name "spark" is taken by a cluster that opsparkctl did not make (…, CREATE_COMPLETE): choose another name, or ' +
      'take that cluster with --adopt',
    exitCode: 6,
  },
  orderedOtherwise: {
    row: 'name taken',
    when: 'by a cluster that was ordered otherwise',
    command: 'create kube spark --template k8s --nodes 3',
    message:
      'cluster "spark" exists (…), but not as it is wished now; nothing was changed…nodes: it has 2, wished is 3',
    exitCode: 6,
  },
  deleteFailed: {
    row: 'delete stuck',
    when: 'the deletion fails, also when it is asked for once more',
    command: 'delete kube spark --yes',
    message:
      'cluster "spark" (…) could not be deleted:\n  Port is in use (2)\nWhat mostly stands in the way: load balancers, ' +
      'floating IPs, ports and volumes of Services and PersistentVolumeClaims of the cluster…Remove them, then repeat this command',
    exitCode: 8,
  },
  deleteEndless: {
    row: 'delete stuck',
    when: 'the deletion does not end',
    command: 'delete kube spark --yes --timeout 2m',
    message:
      'cluster "spark" (…) is not gone after 2m (DELETE_IN_PROGRESS); Magnum goes on, and the same command waits again. What mostly',
    exitCode: 7,
  },
  addressMissing: {
    row: 'api_address missing or private',
    when: 'Magnum knows no address yet: the kubeconfig is written all the same',
    command,
    message: 'Warning: Magnum does not know the address of the API server of "spark": give it with --api-address',
    exitCode: 0,
  },
  conductorDown: {
    row: 'conductor/RPC down',
    when: 'for longer than ten minutes while a cluster is waited for',
    command,
    message: 'error: Magnum has a problem of its own (500): …',
    exitCode: 9,
  },
  oldMagnum: {
    row: 'microversion too low',
    when: 'Magnum knows neither node groups nor quotas: it goes without them',
    command,
    message: 'built by Magnum',
    exitCode: 0,
  },
  noVersionInCommon: {
    row: 'microversion too low',
    when: 'Magnum takes no version that is known here',
    command,
    message: 'error: Magnum is of another version than is needed here: …',
    exitCode: 1,
  },
} as const satisfies Readonly<Record<string, FailureCase>>;
