import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { CloudConfig } from '../../openstack/cloud-config/cloud-config.ts';
import type { FoundFile } from '../../openstack/cloud-config/cloud-files.ts';
import { loadCloud } from '../../openstack/cloud-config/load-cloud.ts';
import { readLocalFile } from '../../openstack/cloud-config/read-local-file.ts';

/** A Secret with clouds.yaml, as files of the pod. */
export interface CloudsMount {
  readonly folder: string;
  /** The file in it that is clouds.yaml. */
  readonly file: string;
  /** Name of the Secret, for messages. */
  readonly secret: string;
  /** Undefined: the only entry. */
  readonly cloud: string | undefined;
}

/** A Secret with S3 keys, as files of the pod. */
export interface KeysMount {
  readonly folder: string;
  readonly secret: string;
}

/** `secretKey` is a secret. */
export interface S3Keys {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** The authority of the cloud's certificates, if the Secret has it. It counts before a path in clouds.yaml, which is another machine's. */
const CA_FILE = 'ca.pem';

/**
 * The cloud that the mounted files describe; undefined when there is no clouds.yaml. No other file and no variable counts.
 *
 * @throws UserError that names file, entry and key when the cloud is described wrongly
 */
export async function mountedCloud({ folder, file, cloud }: CloudsMount): Promise<CloudConfig | undefined> {
  const path = join(folder, file);
  if (!(await isFile(path))) return undefined;
  const authority = join(folder, CA_FILE);
  const world = { env: { OS_CLIENT_CONFIG_FILE: path }, home: folder, workingFolder: folder, readFile: readOwnFile };
  return loadCloud(world, { osCloud: cloud, osCacert: (await isFile(authority)) ? authority : undefined });
}

/** Nobody else lives in the pod, so the permissions of its files are of no interest. */
async function readOwnFile(path: string): Promise<FoundFile | undefined> {
  const file = await readLocalFile(path);
  return file === undefined ? undefined : { ...file, mode: 0o600 };
}

/** The S3 keys of a mounted Secret; undefined when it does not have both. */
export async function mountedKeys({ folder }: KeysMount): Promise<S3Keys | undefined> {
  const [accessKey, secretKey] = await Promise.all(
    ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => textOf(join(folder, name))),
  );
  return accessKey === undefined || secretKey === undefined ? undefined : { accessKey, secretKey };
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** The text of a file without blanks around it; undefined when there is none. */
async function textOf(path: string): Promise<string | undefined> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trim();
  return text === '' ? undefined : text;
}
