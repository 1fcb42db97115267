// The entry of every npm script: installs node_modules when they are missing or out of date, then runs the program with the
// Node.js that they bring. Needs nothing but Node.js 20 and npm itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nodePackage, outdatedPackages, OLDEST_NODE, runsSources } from './setup/dependencies.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PROGRAMS = {
  demo: 'hack/demo.ts',
  test: 'hack/test.ts',
  check: 'hack/check.ts',
  build: 'hack/build.ts',
  generate: 'hack/generate.ts',
  cluster: 'hack/cluster.ts',
  bench: 'hack/bench.ts',
  dev: 'hack/dev.ts',
  package: 'hack/package.ts',
  'fake-cloud': 'hack/fake-cloud.ts',
  'real-cloud': 'hack/real-cloud.ts',
  'openstack-setup': 'hack/openstack-setup.ts',
};

const [command = '', ...args] = process.argv.slice(2).filter((argument) => argument !== '--');
if (!Object.hasOwn(PROGRAMS, command))
  fail(`Usage: node hack/start.mjs ${Object.keys(PROGRAMS).join('|')} [ARGUMENTS]`, 2);
await installDependencies();
runProgram(join(ROOT, PROGRAMS[command]), args);

async function installDependencies() {
  const lock = readJson('package-lock.json');
  const outdated = outdatedPackages(lock, readJson('node_modules/.package-lock.json'), platformPackage());
  if (outdated.length === 0) return;
  const total = Object.keys(lock.packages).length;
  console.error(`Installing ${total} npm packages into node_modules (usually 1 to 3 min, once): ${summary(outdated)}`);
  const started = Date.now();
  const timer = setInterval(() => console.error(`  … npm ci, ${seconds(started)}`), 20_000);
  const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(timer);
  if (code !== 0)
    fail("npm ci failed (see above). Check the network and npm's registry setting, then run this again.", 1);
  console.error(`  ✓ npm packages installed, ${seconds(started)}`);
}

/** Only Linux has a package with Node.js; elsewhere the Node.js that runs this must be new enough. */
function platformPackage() {
  return process.platform === 'linux' ? nodePackage('linux', process.arch) : '';
}

function summary(outdated) {
  return outdated.length > 3 ? `${outdated.length} are missing or of another version` : outdated.join(', ');
}

function npm(npmArgs) {
  return new Promise((resolve) => {
    // npm's output goes where progress goes: standard output belongs to the program.
    const child = spawn('npm', npmArgs, { cwd: ROOT, stdio: ['ignore', 2, 2] });
    child.on('error', (error) => fail(`npm cannot be started: ${error.message}. Install it together with Node.js.`, 1));
    child.on('close', resolve);
  });
}

function runProgram(file, programArgs) {
  const child = spawn(nodeBinary(), [file, ...programArgs], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  // A terminal sends Ctrl-C to the program as well; it decides when to end, and its code is ours.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${nodeBinary()} cannot be started: ${error.message}`, 1));
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function nodeBinary() {
  const own = join(ROOT, 'node_modules', platformPackage(), 'bin/node');
  if (platformPackage() !== '' && existsSync(own) && spawnSync(own, ['--version']).status === 0) return own;
  if (runsSources(process.versions.node)) return process.execPath;
  return fail(
    `Node.js ${OLDEST_NODE.join('.')} or newer is needed on this platform, this is ${process.versions.node}.`,
    1,
  );
}

function readJson(path) {
  const file = join(ROOT, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function seconds(started) {
  return `${Math.round((Date.now() - started) / 1000)} s`;
}

function fail(message, code) {
  console.error(message);
  process.exit(code);
}
