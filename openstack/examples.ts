import type { Examples } from '../terminal/prepare-command.ts';

/** What people type, by command: shown below the help of each command and in docs/opsparkctl.md. */
export const examples: Examples = {
  'create kube': [
    ['opsparkctl create kube demo', 'asks for what it has to know'],
    ['opsparkctl create kube demo --template k8s --nodes 3 --dry-run', 'what would be ordered'],
    [
      'opsparkctl create kube demo --template k8s --nodes 3 --ssh-public-key ~/.ssh/id_ed25519.pub',
      'with a new keypair',
    ],
    ['opsparkctl create kube demo --recreate --yes', 'delete it first if it failed'],
    ['opsparkctl create kube demo --no-wait', 'then again without, to wait and get a kubeconfig'],
  ],
  'delete kube': [
    ['opsparkctl delete kube demo --dry-run', 'what would go, and what stays'],
    ['opsparkctl delete kube demo', 'asks first'],
    ['opsparkctl delete kube demo --yes --delete-bucket', 'with its event logs, without a question'],
  ],
  'create spark': [
    ['opsparkctl create spark', 'on the cluster of the current context, with a bucket of its own'],
    ['opsparkctl create spark --cluster demo --job-namespace team-a', 'for the applications of a team'],
    ['opsparkctl create spark --no-s3', 'without object store and event logs'],
    ['opsparkctl create spark --s3-access-key-file id --s3-secret-key-file key', 'with existing S3 keys'],
  ],
  'create spark-history': [
    ['opsparkctl create spark-history', 'reached by kubectl port-forward'],
    ['opsparkctl create spark-history --service NodePort', 'reached by the address of a node'],
    ['opsparkctl create spark-history --ingress-host history.example.org', 'reached by an Ingress'],
  ],
  'update spark': [
    ['opsparkctl update spark --dry-run', 'what would change'],
    ['opsparkctl update spark', 'to the chart of this version; what was changed by hand comes back'],
    ['opsparkctl update spark --set controller.logLevel=debug', 'one value, the others stay'],
  ],
  'update spark-history': [['opsparkctl update spark-history --service LoadBalancer', 'another way to reach it']],
  'delete spark': [
    ['opsparkctl delete spark', 'asks first; refuses while applications run'],
    ['opsparkctl delete spark --yes --delete-crds', 'with the definitions, and every application'],
  ],
  'delete spark-history': [['opsparkctl delete spark-history', 'the event logs stay']],
  kubeconfig: [
    ['opsparkctl kubeconfig demo', 'as administrator, into ~/.kube/config, beside what is there'],
    ['opsparkctl kubeconfig demo --user sa:team-a/alice --output alice.yaml', 'for a Spark user of one namespace'],
    ['opsparkctl kubeconfig demo --renew', "after the cluster's authority was rotated, or before credentials end"],
    ['opsparkctl kubeconfig demo --api-address 192.0.2.7 --set-current', "at another address than Magnum's"],
  ],
  'create local-kube-config': [
    ['opsparkctl create local-kube-config demo', 'the same as "opsparkctl kubeconfig demo"'],
  ],
  status: [
    ['opsparkctl status', 'the clusters of the project'],
    ['opsparkctl status demo', 'all of one cluster: nodes, operator, applications, history, storage, credentials'],
    ['opsparkctl status demo -o json', 'for programs; the exit code tells the worst'],
  ],
  doctor: [
    ['opsparkctl doctor', 'before anything else: makes nothing'],
    ['opsparkctl doctor --os-cloud mine --probe', 'tries an S3 key and a bucket out, and deletes them again'],
    ['opsparkctl doctor -o json', 'for programs; the exit code is that of the first problem'],
  ],
  's3 init': [
    ['opsparkctl s3 init demo', 'the bucket that "create spark" would make for the cluster demo'],
    [
      'opsparkctl s3 init --bucket logs --endpoint https://s3.example.org --s3-access-key-file id --s3-secret-key-file key',
      'another store',
    ],
    ['opsparkctl s3 init demo --cluster demo', 'with keys and defaults in the cluster'],
  ],
  version: [['opsparkctl version -o json', 'for programs']],
};
