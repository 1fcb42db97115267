import type { Cli } from '../../sparkctl/cli.ts';
import { examples } from '../../sparkctl/examples.ts';
import { exitCodeMeaning } from '../../sparkctl/exit-code.ts';
import { buildProgram } from '../../sparkctl/program.ts';
import type { Manual } from './manual.ts';
import { code } from './markdown.ts';

/** The manual of sparkctl: docs/sparkctl.md. */
export const sparkctlManual = (): Manual => ({
  program: buildProgram(noWorld),
  examples,
  exitCodes: exitCodeMeaning,
  installation,
  environment: [
    [code('KUBECONFIG'), `kubeconfig files, separated as in ${code('PATH')}`],
    [code('NO_COLOR'), 'any value: no colour'],
    [code('FORCE_COLOR'), 'colour also in a pipe'],
  ],
});

const installation = `\`npm run package\` makes a package of it: \`npm install --global sparkctl-*.tgz\` puts \`sparkctl\` on the path of any
machine with Node 22.19 or newer. From a clone it also runs as \`node sparkctl/main.ts\` with Node 24. In the cluster it needs nothing but the
rights of whoever runs it.`;

/** The commands are only looked at, never run. */
const noWorld: Cli = {
  terminal: { print: () => undefined, printError: () => undefined, write: () => Promise.resolve(), colour: false },
  readFile: () => Promise.reject(new Error('no files here')),
  connect: () => Promise.reject(new Error('no cluster here')),
  now: () => new Date(0),
  sleep: () => Promise.resolve(),
  interrupted: new AbortController().signal,
};
