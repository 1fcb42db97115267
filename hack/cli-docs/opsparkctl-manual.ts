import type { Cli } from '../../openstack/cli.ts';
import { examples } from '../../openstack/examples.ts';
import { exitCodeMeaning } from '../../openstack/exit-code.ts';
import { buildProgram } from '../../openstack/program.ts';
import type { Manual } from './manual.ts';
import { code } from './markdown.ts';

/** The manual of opsparkctl: docs/opsparkctl.md. */
export const opsparkctlManual = (): Manual => ({
  program: buildProgram(noWorld),
  examples,
  exitCodes: exitCodeMeaning,
  installation,
  environment: [
    [code('OS_CLOUD'), 'entry of clouds.yaml'],
    [
      code('OS_CLIENT_CONFIG_FILE'),
      'the clouds.yaml to read, instead of those of this folder, the home folder and the site',
    ],
    [
      `${code('OS_AUTH_URL')}, ${code('OS_USERNAME')}, ${code('OS_PASSWORD')}, …`,
      "OpenStack's variables, as its own client reads them",
    ],
    [code('OPSPARKCTL_PROFILE'), 'site profile'],
    [code('OPSPARKCTL_HELM'), `the Helm to run, instead of the ${code('helm')} on the path`],
    [code('KUBECONFIG'), `kubeconfig files, separated as in ${code('PATH')}`],
    [
      code('XDG_STATE_HOME'),
      `where the state lies, in a folder ${code('opsparkctl')} (default: ${code('~/.local/state')})`,
    ],
    [`${code('HTTPS_PROXY')}, ${code('HTTP_PROXY')}, ${code('NO_PROXY')}`, 'how services are reached'],
    [code('CI'), 'any value: nothing is asked'],
    [code('NO_COLOR'), 'any value: no colour'],
    [code('FORCE_COLOR'), 'colour also in a pipe'],
  ],
});

const installation = `\`npm run package\` makes a package of it, with the chart inside: \`npm install --global opsparkctl-*.tgz\` puts \`opsparkctl\` on
the path of any machine with Node 22.19 or newer. From a clone it also runs as \`node openstack/main.ts\` with Node 24. The commands that put
the operator on a cluster run Helm 3.14 or newer. [openstack.md](openstack.md) tells how all of it fits together.`;

const nothing = (what: string) => (): Promise<never> => Promise.reject(new Error(`no ${what} here`));

/** The commands are only looked at, never run. */
const noWorld: Cli = {
  terminal: { print: () => undefined, printError: () => undefined, write: () => Promise.resolve(), colour: false },
  progress: { heading: () => undefined, say: () => undefined, step: nothing('work') },
  ask: undefined,
  env: {},
  home: '',
  workingFolder: '',
  random: (bytes) => new Uint8Array(bytes),
  now: () => new Date(0),
  sleep: () => Promise.resolve(),
  interrupted: new AbortController().signal,
  openSession: () => {
    throw new Error('no cloud here');
  },
  openBucket: () => {
    throw new Error('no object store here');
  },
  openKubernetes: nothing('cluster'),
  helm: nothing('Helm'),
};
