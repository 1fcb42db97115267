import { isAbsolute, join } from 'node:path';

import { parseDocument } from 'yaml';

import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Environment } from './environment.ts';
import { isMapping, type RawCloud } from './raw-cloud.ts';

/** A file as it was read. `mode`: its permission bits. */
export interface FoundFile {
  readonly text: string;
  readonly mode: number;
}

/** Where cloud files are looked for. */
export interface FileWorld {
  readonly env: Environment;
  readonly home: string;
  readonly workingFolder: string;
  /** Undefined when there is no such file. */
  readonly readFile: (path: string) => Promise<FoundFile | undefined>;
}

/** The clouds of a file by name. */
export interface CloudsFile {
  readonly path: string;
  readonly mode: number;
  readonly clouds: Readonly<Record<string, RawCloud>>;
}

/** One of the three files, and the variable that names it. */
export interface FileKind {
  readonly name: string;
  readonly variable: string;
  /** The key of the file that holds its entries. */
  readonly root: 'clouds' | 'public-clouds';
}

export const cloudsYaml: FileKind = { name: 'clouds.yaml', variable: 'OS_CLIENT_CONFIG_FILE', root: 'clouds' };
export const secureYaml: FileKind = { name: 'secure.yaml', variable: 'OS_CLIENT_SECURE_FILE', root: 'clouds' };
export const publicYaml: FileKind = {
  name: 'clouds-public.yaml',
  variable: 'OS_CLIENT_VENDOR_FILE',
  root: 'public-clouds',
};

/** The places of a file, best first: the variable's, then working folder, the person's, the machine's; `.yml` and `.json` count, too. */
export function placesOf({ env, home, workingFolder }: Omit<FileWorld, 'readFile'>, kind: FileKind): readonly string[] {
  const named = env[kind.variable];
  const configured = env['XDG_CONFIG_HOME'];
  const folders = [
    workingFolder,
    join(configured === undefined || configured === '' ? join(home, '.config') : configured, 'openstack'),
    join(home, 'Library', 'Application Support', 'openstack'),
    '/etc/openstack',
  ];
  const stem = kind.name.replace(/\.yaml$/, '');
  const found = folders.flatMap((folder) => ['yaml', 'yml', 'json'].map((end) => join(folder, `${stem}.${end}`)));
  if (named === undefined || named === '') return found;
  return [isAbsolute(named) ? named : join(workingFolder, named), ...found];
}

/**
 * The first file of a kind that exists; undefined when none does.
 * @throws UserError (exit 2) when the variable names a file that does not exist, and when the file is no YAML of clouds
 */
export async function findCloudsFile(world: FileWorld, kind: FileKind): Promise<CloudsFile | undefined> {
  const named = world.env[kind.variable] ?? '';
  for (const path of placesOf(world, kind)) {
    const file = await world.readFile(path);
    if (file !== undefined) return { path, mode: file.mode, clouds: parseClouds(path, kind.root, file.text) };
    if (named !== '')
      throw new UserError(`${kind.variable} names ${path}, which does not exist`, { exitCode: exitCode.usage });
  }
  return undefined;
}

function parseClouds(path: string, root: FileKind['root'], text: string): Readonly<Record<string, RawCloud>> {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  // Without its excerpt: the line may hold a password.
  if (error !== undefined) throw unreadable(path, `line ${lineOf(text, error.pos[0])}: ${error.message}`);
  const content: unknown = document.toJS();
  const clouds = isMapping(content) ? content[root] : undefined;
  if (clouds === undefined || clouds === null) return {};
  if (!isMapping(clouds)) throw unreadable(path, `"${root}" must hold one entry for each cloud`);
  return Object.fromEntries(
    Object.entries(clouds).map(([name, entry]) => {
      if (!isMapping(entry)) throw unreadable(path, `${root}.${name} must hold keys such as auth and region_name`);
      return [name, entry];
    }),
  );
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const unreadable = (path: string, why: string): UserError =>
  new UserError(`cannot use ${path}: ${why}`, { exitCode: exitCode.usage });
