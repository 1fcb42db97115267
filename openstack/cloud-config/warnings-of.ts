import type { CloudsFile } from './cloud-files.ts';
import { isMapping, type Layer, type RawCloud } from './raw-cloud.ts';
import { settingsOf } from './settings.ts';

const OTHERS_MAY_READ = 0o004;
const secrets = ['password', 'token', 'application_credential_secret'];

/** A warning for each file that holds a secret of the entry and is readable by everybody on the machine. */
export function fileWarnings(name: string, files: readonly (CloudsFile | undefined)[]): readonly string[] {
  return files.flatMap((file) => {
    const entry = file?.clouds[name];
    if (file === undefined || entry === undefined || (file.mode & OTHERS_MAY_READ) === 0) return [];
    return holdsSecret(entry) ? [`others can read ${file.path}, which holds a secret: chmod 600 ${file.path}`] : [];
  });
}

const holdsSecret = (entry: RawCloud): boolean => {
  const { auth } = entry;
  const all = isMapping(auth) ? { ...entry, ...auth } : entry;
  return secrets.some((key) => all[key] !== undefined);
};

/** Variables that say something else than the entry that was chosen: often left over from another cloud. */
export function overrideWarnings(entry: readonly Layer[], environment: Layer | undefined): readonly string[] {
  if (environment === undefined || entry.length === 0) return [];
  const file = settingsOf(entry);
  const place = (key: string, other: string, origin: string): string =>
    `${environment.nameOf(key)} of the environment takes the place of ${other} of ${origin}`;
  return Object.entries(environment.raw).flatMap(([key, value]) => {
    const found = file.find(key);
    if (found !== undefined) return String(found.value) === value ? [] : [place(key, key, found.layer.origin)];
    const secret = secrets.includes(key) ? file.find(...secrets) : undefined;
    return secret === undefined ? [] : [place(key, secret.key, secret.layer.origin)];
  });
}
