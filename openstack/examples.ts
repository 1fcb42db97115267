import type { Examples } from '../terminal/prepare-command.ts';

/** What people type, by command: shown below the help of each command and in docs/opsparkctl.md. */
export const examples: Examples = {
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
