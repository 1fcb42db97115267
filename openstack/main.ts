#!/usr/bin/env node
// Wiring only. Nothing that an old Node cannot read is imported before its version is known.
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `opsparkctl needs Node 22.19 or newer; this is Node ${process.versions.node} (${process.execPath})\n`,
  );
  process.exitCode = 1;
} else {
  const [{ run }, { processCli }] = await Promise.all([import('./run.ts'), import('./process-cli.ts')]);
  const args = process.argv.slice(2);
  const cli = processCli(process, args);
  process.exitCode = await run(args, cli);
  // What was under way when Ctrl-C came, such as a request without an answer, must not keep the process alive.
  if (cli.interrupted.aborted) process.exit();
}
