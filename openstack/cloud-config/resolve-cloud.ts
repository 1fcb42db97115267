import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { serviceTypeOf } from '../identity/service-types.ts';
import { authOf, type AuthWish } from './auth-of.ts';
import { authUrlOf } from './auth-url-of.ts';
import type { CloudConfig, CloudTls } from './cloud-config.ts';
import type { CloudFlags } from './cloud-flags.ts';
import type { Environment } from './environment.ts';
import { environmentLayer } from './environment-layer.ts';
import { flagsLayer } from './flags-layer.ts';
import { type CloudsFiles, fileLayers, regionLayer } from './layers-of.ts';
import type { Layer } from './raw-cloud.ts';
import { badSetting, type Settings, settingsOf } from './settings.ts';
import { fileWarnings, overrideWarnings } from './warnings-of.ts';

/** A configuration whose password may still be asked for. */
export type CloudWish = Omit<CloudConfig, 'auth'> & { readonly auth: AuthWish };

/** What a person gave: files, variables, flags. */
export interface Given {
  readonly files: CloudsFiles;
  readonly env: Environment;
  readonly flags: CloudFlags;
}

/**
 * Makes one configuration of files, variables and flags: flags before variables before files.
 * @throws UserError (exit 2) that names the file, entry and key, or the variable or flag, that is wrong or missing
 */
export function resolveCloud(given: Given): CloudWish {
  const { files, env, flags } = given;
  const environment = environmentLayer(env);
  const name = entryName(given);
  const entry = name === undefined ? [] : fileLayers(name, files);
  const upper = [environment, flagsLayer(flags)].filter((layer) => layer !== undefined);
  const layers = [...withRegion(entry, upper), ...upper];
  const settings = settingsOf(layers);
  const about = entry.at(-1)?.origin ?? 'the environment';
  return {
    name: name ?? 'envvars',
    source: sourceOf(name, files),
    authUrl: authUrlOf(settings) ?? noAuthUrl(files, about),
    auth: authOf(layers, about),
    region: settings.text('region_name'),
    interface: interfaceOf(settings),
    tls: tlsOf(settings),
    endpointOverrides: overridesOf(settings),
    warnings: [
      ...(name === undefined ? [] : fileWarnings(name, [files.clouds, files.secure])),
      ...overrideWarnings(entry, environment),
    ],
  };
}

/** The settings of the region that is meant lie above those of its entry. */
function withRegion(entry: readonly Layer[], upper: readonly Layer[]): readonly Layer[] {
  const regional = regionLayer(entry, settingsOf([...entry, ...upper]).text('region_name'));
  return regional === undefined ? entry : [...entry, regional];
}

function sourceOf(name: string | undefined, { clouds, secure }: CloudsFiles): string {
  const file = [clouds, secure].find((candidate) => name !== undefined && candidate?.clouds[name] !== undefined);
  return file?.path ?? 'the environment';
}

/** The entries to choose from: none where one is named, or variables describe a cloud of their own. */
export function cloudChoices({ files, env, flags }: Given): readonly string[] {
  const named = flags.osCloud ?? env['OS_CLOUD'] ?? '';
  if (named !== '' || environmentLayer(env)?.raw['auth_url'] !== undefined) return [];
  return Object.keys(files.clouds?.clouds ?? {});
}

/** The entry that is meant: the named one, or the only one there is. */
function entryName(given: Given): string | undefined {
  const named = given.flags.osCloud ?? given.env['OS_CLOUD'] ?? '';
  if (named !== '') return named === 'envvars' ? undefined : named;
  const known = cloudChoices(given);
  const { clouds } = given.files;
  if (known.length <= 1 || clouds === undefined) return known[0];
  throw new UserError(
    `${clouds.path} has several clouds: choose one with --os-cloud or OS_CLOUD: ${known.join(', ')}`,
    { exitCode: exitCode.usage },
  );
}

function noAuthUrl({ clouds, looked }: CloudsFiles, about: string): never {
  const message =
    clouds === undefined
      ? `no cloud to log in to: there is no clouds.yaml (looked for ${looked.join(', ')}), and OS_AUTH_URL is not set`
      : `${about} does not tell Keystone's URL: set auth.auth_url or OS_AUTH_URL`;
  throw new UserError(message, { exitCode: exitCode.usage });
}

const interfaces: Readonly<Record<string, CloudConfig['interface']>> = {
  public: 'public',
  publicURL: 'public',
  internal: 'internal',
  internalURL: 'internal',
  admin: 'admin',
  adminURL: 'admin',
};

function interfaceOf(settings: Settings): CloudConfig['interface'] {
  const found = settings.find('interface', 'endpoint_type');
  if (found === undefined) return 'public';
  const first: unknown = Array.isArray(found.value) ? found.value[0] : found.value;
  const chosen = typeof first === 'string' ? interfaces[first] : undefined;
  if (chosen === undefined) throw badSetting(found, 'must be public, internal or admin');
  return chosen;
}

/** The highest layer that says whether to check certificates decides; `verify: false` and `insecure: true` mean the same. */
function tlsOf(settings: Settings): CloudTls {
  const found = settings.find('insecure', 'verify');
  const verify = found === undefined || (found.key === 'verify' ? settings.flag('verify') : !settings.flag('insecure'));
  return {
    caFile: settings.text('cacert'),
    certFile: settings.text('cert'),
    keyFile: settings.text('key'),
    verify: verify === true,
  };
}

const OVERRIDE = '_endpoint_override';

function overridesOf(settings: Settings): Readonly<Record<string, string>> {
  const overrides: Record<string, string> = {};
  for (const key of settings.keys().filter((name) => name.endsWith(OVERRIDE))) {
    const service = serviceTypeOf(key.slice(0, -OVERRIDE.length));
    const found = settings.find(key);
    const url = settings.text(key);
    if (service === undefined || found === undefined || url === undefined) continue;
    if (!URL.canParse(url)) throw badSetting(found, 'must be a URL');
    overrides[service] = url.replace(/\/+$/, '');
  }
  return overrides;
}
