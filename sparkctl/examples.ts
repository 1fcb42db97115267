import type { Examples } from '../terminal/prepare-command.ts';

/** What people type, by command: shown below the help of each command and in docs/sparkctl.md. */
export const examples: Examples = {
  create: [
    ['sparkctl create pi.yaml', 'create what the file holds'],
    ['sparkctl create -d -l pi.yaml', 'replace an earlier one, then follow the driver'],
    ['helm template jobs | sparkctl create -f -', 'from standard input'],
  ],
  delete: [
    ['sparkctl delete pi', 'one application'],
    ['sparkctl delete pi etl', 'several'],
    ['sparkctl delete scheduledsparkapplication/nightly', 'a schedule'],
  ],
  list: [
    ['sparkctl list', 'of the current namespace'],
    ['sparkctl list -A -o wide', 'of all namespaces, with reason, driver pod and Spark id'],
    ['sparkctl list -l team=risk -o name', 'names only, for scripts'],
    ['sparkctl list scheduledsparkapplications', 'the schedules'],
  ],
  status: [
    ['sparkctl status pi', 'state, reason, attempts, pods, last events, what comes next'],
    ['sparkctl status pi -o json', 'the whole object'],
  ],
  log: [
    ['sparkctl log pi', 'of the driver'],
    ['sparkctl log pi -f', 'until it ends'],
    ['sparkctl log pi -e 1 --tail 50', 'the last 50 lines of executor 1'],
  ],
  event: [
    ['sparkctl event pi', 'so far'],
    ['sparkctl event pi -f', 'until the application ends'],
  ],
  forward: [
    ['sparkctl forward pi', 'then open http://localhost:4040'],
    ['sparkctl forward pi -l 0', 'on any free port'],
  ],
  'explain-defaults': [
    ['sparkctl explain-defaults pi', 'what the site gives it, and what it does not take'],
    ['sparkctl explain-defaults pi -o json', 'for programs'],
  ],
  'setup namespace': [
    ['sparkctl setup namespace team-a', 'service account "spark", its Role and binding'],
    ['sparkctl setup namespace team-a --create --quota cpu=20,memory=64Gi', 'with a new namespace and a quota'],
    ['sparkctl setup namespace team-a --dry-run | kubectl diff -f -', 'look first'],
  ],
  version: [['sparkctl version -o json', 'for programs']],
};
