import { isAbsolute, join } from 'node:path';

import type { Ask } from '../../terminal/ask.ts';
import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Auth, CloudConfig, CloudTls } from './cloud-config.ts';
import type { CloudFlags } from './cloud-flags.ts';
import {
  cloudsYaml,
  type FileKind,
  type FileWorld,
  findCloudsFile,
  placesOf,
  publicYaml,
  secureYaml,
} from './cloud-files.ts';
import { readLocalFile } from './read-local-file.ts';
import { cloudChoices, type CloudWish, type Given, resolveCloud } from './resolve-cloud.ts';

/** What loading a cloud needs of the outside. */
export interface CloudWorld extends Omit<FileWorld, 'readFile'> {
  readonly readFile?: FileWorld['readFile'];
  /** Asks which of several clouds, and for a password that nothing told. */
  readonly ask?: Pick<Ask, 'choose' | 'secret'> | undefined;
}

/**
 * The cloud that flags, `OS_*` variables and clouds.yaml describe (with secure.yaml and clouds-public.yaml).
 * Nothing is asked of the cloud itself. A password that is missing is asked for where somebody can answer.
 * @throws UserError (exit 2) naming the file, entry and key that is wrong or missing
 */
export async function loadCloud(world: CloudWorld, flags: CloudFlags): Promise<CloudConfig> {
  const files = { ...world, readFile: world.readFile ?? readLocalFile };
  const find = (kind: FileKind) => findCloudsFile(files, kind);
  const [clouds, secure, vendors] = await Promise.all([find(cloudsYaml), find(secureYaml), find(publicYaml)]);
  const looked = placesOf(world, cloudsYaml).filter((path) => path.endsWith('.yaml'));
  const given = { files: { clouds, secure, vendors, looked }, env: world.env, flags };
  const wish = resolveCloud({ ...given, flags: await withChoice(world, given) });
  return { ...wish, auth: await completeAuth(wish, world), tls: absolute(wish.tls, world) };
}

/** Several clouds, and somebody to choose one. */
async function withChoice({ ask }: CloudWorld, given: Given): Promise<CloudFlags> {
  const choices = cloudChoices(given);
  if (ask === undefined || choices.length < 2) return given.flags;
  const osCloud = await ask.choose(
    'Cloud',
    choices.map((name) => ({ name, value: name })),
  );
  return { ...given.flags, osCloud };
}

async function completeAuth({ auth, name }: CloudWish, { ask }: CloudWorld): Promise<Auth> {
  if (auth.method !== 'password') return auth;
  if (auth.password !== undefined) return auth;
  const who = auth.user.name ?? auth.user.id ?? '';
  if (ask === undefined)
    throw new UserError(
      `no password for user "${who}" of cloud "${name}": set OS_PASSWORD, or auth.password of the entry in secure.yaml`,
      { exitCode: exitCode.usage },
    );
  return { ...auth, password: await ask.secret(`Password of ${who} (cloud ${name})`) };
}

/** Relative paths are meant from the working folder, and `~` is the home folder, as OpenStack's own client has it. */
function absolute(tls: CloudTls, { home, workingFolder }: CloudWorld): CloudTls {
  const full = (path: string | undefined): string | undefined => {
    if (path === undefined || isAbsolute(path)) return path;
    return path.startsWith('~/') ? join(home, path.slice(2)) : join(workingFolder, path);
  };
  return { ...tls, caFile: full(tls.caFile), certFile: full(tls.certFile), keyFile: full(tls.keyFile) };
}
