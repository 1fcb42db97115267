import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { CloudsFile } from './cloud-files.ts';
import { isMapping, type Layer, type RawCloud } from './raw-cloud.ts';
import { badSetting, settingsOf } from './settings.ts';

/** The files that were found. */
export interface CloudsFiles {
  readonly clouds: CloudsFile | undefined;
  readonly secure: CloudsFile | undefined;
  readonly vendors: CloudsFile | undefined;
  /** Where clouds.yaml was looked for, for messages. */
  readonly looked: readonly string[];
}

/**
 * The layers that the files have for an entry, lowest first: the vendor's profile, clouds.yaml, secure.yaml.
 * @throws UserError (exit 2) when no file has the entry, or its profile is not to be had
 */
export function fileLayers(name: string, files: CloudsFiles): readonly Layer[] {
  const layers = [files.clouds, files.secure].flatMap((file) => {
    const raw = file?.clouds[name];
    return file === undefined || raw === undefined ? [] : [layerOf(raw, `cloud "${name}" in ${file.path}`)];
  });
  if (layers.length === 0) throw unknownCloud(name, files);
  return [...profileLayers(layers, files), ...layers];
}

/** Keys of a file are called as they stand there. */
const loginKeys = /^(auth_url|username|user_|password$|project_|domain_|application_credential|token$|system_scope)/;

const layerOf = (raw: RawCloud, origin: string): Layer => ({
  raw,
  origin,
  nameOf: (key) => (loginKeys.test(key) && raw[key] === undefined ? `auth.${key}` : key),
});

function profileLayers(layers: readonly Layer[], { vendors }: CloudsFiles): readonly Layer[] {
  const settings = settingsOf(layers);
  const found = settings.find('profile', 'cloud');
  const profile = settings.text('profile', 'cloud');
  if (found === undefined || profile === undefined) return [];
  const raw = vendors?.clouds[profile];
  if (vendors !== undefined && raw !== undefined) return [layerOf(raw, `profile "${profile}" in ${vendors.path}`)];
  const where = vendors === undefined ? 'there is no clouds-public.yaml' : `${vendors.path} does not have it`;
  throw badSetting(found, `is "${profile}", but ${where}: write auth.auth_url into the entry instead`);
}

function unknownCloud(name: string, { clouds, looked }: CloudsFiles): UserError {
  const known = Object.keys(clouds?.clouds ?? {});
  const has =
    clouds === undefined
      ? `there is no clouds.yaml (looked for ${looked.join(', ')})`
      : `${clouds.path} has ${known.length === 0 ? 'no cloud' : known.join(', ')}`;
  return new UserError(`no cloud "${name}": ${has}`, { exitCode: exitCode.usage });
}

/**
 * The layer with the settings of one region of the entry's `regions`: names, or mappings with `name` and `values`.
 * Undefined without any. @throws UserError (exit 2) when the region is not among them
 */
export function regionLayer(layers: readonly Layer[], region: string | undefined): Layer | undefined {
  const found = settingsOf(layers).find('regions');
  if (found === undefined) return undefined;
  const regions = Array.isArray(found.value) ? found.value.map((entry) => regionOf(entry)) : [undefined];
  const named = regions.filter((entry) => entry !== undefined);
  const [first] = named;
  if (first === undefined || named.length < regions.length)
    throw badSetting(found, 'must be a list of names, or of mappings with name and values');
  const chosen = region === undefined ? first : named.find(({ name }) => name === region);
  if (chosen === undefined)
    throw badSetting(found, `has no "${region ?? ''}", only ${named.map(({ name }) => name).join(', ')}`);
  return layerOf({ region_name: chosen.name, ...chosen.values }, `${found.layer.origin}, region ${chosen.name}`);
}

function regionOf(entry: unknown): { readonly name: string; readonly values: RawCloud } | undefined {
  if (typeof entry === 'string') return { name: entry, values: {} };
  if (!isMapping(entry) || typeof entry['name'] !== 'string') return undefined;
  return { name: entry['name'], values: isMapping(entry['values']) ? entry['values'] : {} };
}
