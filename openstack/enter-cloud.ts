import { UserError } from '../terminal/user-error.ts';
import type { Cli } from './cli.ts';
import type { CloudConfig } from './cloud-config/cloud-config.ts';
import type { CloudFlags } from './cloud-config/cloud-flags.ts';
import { exitCode } from './exit-code.ts';
import { explainFailure } from './explain-failure.ts';
import { lacksTicket } from './explain/login-refused.ts';
import type { Login, Session } from './identity/session.ts';
import { failedWith } from './openstack-error.ts';
import { chooseProject } from './project-choice.ts';
import { wrongProject } from './wrong-project.ts';

/** A cloud that is logged in to. */
export interface OpenCloud {
  readonly config: CloudConfig;
  readonly session: Session;
  readonly login: Login;
}

const SKEW_WORTH_A_WORD_MS = 120_000;

/** A cloud by its configuration, and the flags it was found by. */
export interface ConfiguredCloud {
  readonly config: CloudConfig;
  readonly flags: CloudFlags;
}

/**
 * Logs in to a cloud for as long as `use` takes; asks for a project, or a password in place of a ticket, where somebody can
 * answer. What fails is explained to people. @throws UserError with an exit code of exit-code.ts
 */
export async function enterCloud<T>(
  cli: Cli,
  { config, flags }: ConfiguredCloud,
  use: (cloud: OpenCloud) => Promise<T>,
): Promise<T> {
  const cloud = await enter(cli, config, flags);
  try {
    return await use(cloud);
  } catch (error) {
    throw explainFailure(error, { cloud: cloud.config, login: cloud.login });
  } finally {
    await cloud.session.close();
  }
}

async function enter(cli: Cli, config: CloudConfig, flags: CloudFlags): Promise<OpenCloud> {
  try {
    return await open(cli, config, flags);
  } catch (error) {
    const instead = await passwordInstead(cli, config, error);
    if (instead !== undefined) return enter(cli, instead, flags);
    throw (await wrongProject(cli, config, error)) ?? explainFailure(error, { cloud: config });
  }
}

async function open(cli: Cli, given: CloudConfig, flags: CloudFlags): Promise<OpenCloud> {
  const config = await chooseProject(cli, given, flags);
  const session = cli.openSession(config);
  try {
    const login = await session.login();
    checkProject(login, flags);
    warnOfClock(cli, login);
    return { config, session, login };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Without a ticket a person may type the password; programs get the error. */
async function passwordInstead(
  { ask, terminal }: Cli,
  config: CloudConfig,
  error: unknown,
): Promise<CloudConfig | undefined> {
  const { auth } = config;
  if (ask === undefined || auth.method !== 'kerberos') return undefined;
  if (!failedWith(error, 'Unauthenticated') || !lacksTicket(error)) return undefined;
  terminal.printError('There is no Kerberos ticket ("kinit" gets one): logging in with a password instead');
  const user = auth.user ?? {
    id: undefined,
    name: await ask.text('User'),
    domain: { id: 'default', name: undefined },
  };
  const password = await ask.secret(`Password of ${user.name ?? user.id ?? ''} (cloud ${config.name})`);
  return { ...config, auth: { method: 'password', user, password, scope: auth.scope } };
}

/** An application credential or ready token may be for another project than the one that was asked for. */
function checkProject({ project }: Login, { project: wanted }: CloudFlags): void {
  if (wanted === undefined || project === undefined || wanted === project.id || wanted === project.name) return;
  throw new UserError(
    `the login is for project "${project.name}" and cannot be used for "${wanted}": leave --project out, or log in with a password`,
    { exitCode: exitCode.usage },
  );
}

function warnOfClock({ terminal }: Cli, { clockSkewMs }: Login): void {
  if (Math.abs(clockSkewMs) < SKEW_WORTH_A_WORD_MS) return;
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
  const way = clockSkewMs > 0 ? 'behind' : 'ahead of';
  terminal.printError(
    `Warning: the clock of this machine is ${minutes} min ${way} Keystone's: S3 signatures and certificates may be refused`,
  );
}
