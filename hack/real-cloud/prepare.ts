import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import { freePorts } from '../cluster/free-ports.ts';
import { withLock } from '../cluster/lock.ts';
import { OPENSTACK_PACKAGES, type AptPackage } from '../cluster/packages.ts';
import { missingPackages } from '../cluster/requirements.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { novaDatabases } from './configuration/nova.ts';
import { sqlite } from './configuration/sqlite.ts';
import { switchToWriteAheadLog } from './databases.ts';
import { endAll, launch } from './launch.ts';
import { makeIdentities, makeObjects, type CloudObjects } from './objects.ts';
import { authUrl, places, PORT_NAMES, REGION, SECRET_NAMES, type RigPlan, type Secrets } from './plan.ts';
import { pythonProgram } from './python-program.ts';
import { rigServices, type RigService } from './services.ts';
import { stubCommand } from './stub-command.ts';
import { writeConfiguration } from './write-configuration.ts';

/** Raised when what is prepared, or how, changes: what an older recipe has made is not used then. */
const RECIPE = 1;

/** Databases, keys and objects that every cloud begins with. */
export interface Prepared {
  /** Copied as the `data` folder of each cloud. */
  readonly data: string;
  readonly secrets: Secrets;
  readonly objects: CloudObjects;
}

/** Makes the databases with everything in them, once for each set of package versions; later calls find them made. */
export async function prepareOnce(
  progress: Progress,
  needed: readonly AptPackage[] = OPENSTACK_PACKAGES,
): Promise<Prepared> {
  const missing = missingPackages(needed).map(({ name }) => name);
  if (missing.length > 0) {
    throw new Error(
      `OpenStack's packages are not all here: ${missing.join(' ')}\nGet them with: npm run real-cloud -- start --kerberos`,
    );
  }
  const folder = cacheDir('real-cloud', `prepared-${await preparedKey()}`);
  const onWait = (pid: number): void => progress.say(`Waiting for process ${pid}, which prepares the databases`);
  await withLock(cacheDir('real-cloud', 'prepare.lock'), () => prepareIn(folder, progress), onWait);
  const known = JSON.parse(await readFile(join(folder, 'prepared.json'), 'utf8')) as Omit<Prepared, 'data'>;
  return { ...known, data: join(folder, 'data') };
}

async function prepareIn(folder: string, progress: Progress): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = cacheDir('real-cloud', 'preparing');
  await endAll(unfinished, 0);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const plan = await preparationPlan(unfinished);
  try {
    await progress.step('Making the databases of Keystone, Magnum, Nova and Glance', () => makeDatabases(plan), '20 s');
    const objects = await progress.step('Making users, templates and flavors', () => makeContent(plan), '40 s');
    const prepared = { secrets: plan.secrets, objects };
    await writeFile(join(unfinished, 'prepared.json'), JSON.stringify(prepared), { mode: 0o600 });
  } catch (error) {
    await endAll(unfinished, 0);
    throw new Error(`The databases could not be prepared; logs are in ${places(unfinished).logs}`, { cause: error });
  }
  // Written anew for each cloud; these hold passwords, too.
  const { configuration, logs, run: runFolder } = places(unfinished);
  for (const other of [configuration, logs, runFolder]) await rm(other, { recursive: true, force: true });
  await rename(unfinished, folder);
}

async function preparationPlan(root: string): Promise<RigPlan> {
  return { root, address: '127.0.0.1', ports: await choosePorts(), secrets: makeSecrets(), kerberos: false };
}

/** A free port for each part. */
export async function choosePorts(): Promise<RigPlan['ports']> {
  const free = await freePorts(PORT_NAMES.length);
  // One entry for each name, in the same order.
  return Object.fromEntries(PORT_NAMES.map((name, index) => [name, free[index] ?? 0])) as RigPlan['ports'];
}

function makeSecrets(): Secrets {
  // One entry for each name.
  return Object.fromEntries(SECRET_NAMES.map((name) => [name, randomBytes(15).toString('base64url')])) as Secrets;
}

/** What makes a difference to the databases: the versions of the packages, and how they are filled. */
async function preparedKey(): Promise<string> {
  const names = OPENSTACK_PACKAGES.map(({ name }) => name);
  const { stdout } = await run('dpkg-query', ['--show', '--showformat', '${Package} ${Version}\n', ...names]);
  return createHash('sha256').update(`${RECIPE}\n${stdout}`).digest('hex').slice(0, 12);
}

async function makeDatabases(plan: RigPlan): Promise<void> {
  const { configuration, data } = places(plan.root);
  await writeConfiguration(plan);
  const config = (name: string): string[] => ['--config-file', join(configuration, name)];
  const owner = ['--keystone-user', 'root', '--keystone-group', 'root'];
  const keystone = (args: readonly string[]): Promise<unknown> =>
    tool('keystone-manage', [...config('keystone.conf'), ...args]);
  const makeKeystone = async (): Promise<void> => {
    await keystone(['db_sync']);
    await keystone(['fernet_setup', ...owner]);
    await keystone(['credential_setup', ...owner]);
    const url = authUrl(plan);
    const urls = ['public', 'internal', 'admin'].flatMap((name) => [`--bootstrap-${name}-url`, url]);
    // By the environment: arguments are seen by everybody.
    const env = { OS_BOOTSTRAP_PASSWORD: plan.secrets.admin };
    await tool(
      'keystone-manage',
      [...config('keystone.conf'), 'bootstrap', '--bootstrap-region-id', REGION, ...urls],
      env,
    );
  };
  const makeMagnum = async (): Promise<void> => {
    await run(...pythonProgram('magnum_tables', [sqlite(join(data, 'magnum.db'))]));
    await tool('magnum-db-manage', [...config('magnum.conf'), 'stamp', 'head']);
  };
  const makeGlance = (): Promise<unknown> => tool('glance-manage', [...config('glance.conf'), 'db_sync']);
  await Promise.all([makeKeystone(), makeMagnum(), makeNova(plan), makeGlance()]);
  await switchToWriteAheadLog(plan.root);
}

async function makeNova(plan: RigPlan): Promise<void> {
  const file = join(places(plan.root).configuration, 'nova', 'nova.conf');
  const nova = (args: readonly string[]): Promise<unknown> => tool('nova-manage', ['--config-file', file, ...args]);
  const { cell0, cell1 } = novaDatabases(plan.root);
  await nova(['api_db', 'sync']);
  await nova(['cell_v2', 'map_cell0', '--database_connection', sqlite(cell0)]);
  await nova(['db', 'sync']);
  const cell = ['--name', 'cell1', '--database_connection', sqlite(cell1), '--transport-url', 'fake:///'];
  await nova(['cell_v2', 'create_cell', ...cell]);
}

/** A tool of the Debian packages, on Debian's Python. */
function tool(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  return run(`/usr/bin/${name}`, args, { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env } });
}

/** Starts everything once, fills it through its own interfaces and ends it again. */
async function makeContent(plan: RigPlan): Promise<CloudObjects> {
  const services = rigServices(plan, stubCommand(plan, ''));
  const options = { root: plan.root, untilParentEnds: true };
  const isNeeded = ({ name }: RigService): boolean => !name.startsWith('swift');
  const keystone = services.filter(({ name }) => name === 'keystone');
  const others = services.filter((service) => isNeeded(service) && service.name !== 'keystone');
  const rest = launch(others, options);
  // Looked at below; an error before that must not end the program.
  rest.catch(() => undefined);
  await launch(keystone, options);
  const identities = await makeIdentities(plan);
  await rest;
  const objects = { ...identities, ...(await makeObjects(plan)) };
  await endAll(plan.root, 20_000);
  return objects;
}
