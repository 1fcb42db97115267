import { spawn } from 'node:child_process';

import { CANNOT_START } from './helm-exit.ts';

// Runs a program and ends it when the parent goes, however that ended: a Helm that nobody waits for would go on changing the
// cluster beside the next run. The parent holds an IPC channel open as long as it lives.
const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit'] });
const stop = (): void => void child.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', stop);
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(CANNOT_START);
});
child.on('close', (code) => process.exit(code ?? 1));
