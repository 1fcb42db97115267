import type { Environment } from './environment.ts';
import type { Layer, RawCloud } from './raw-cloud.ts';

/** The `OS_*` variables and the keys of clouds.yaml they stand for. The first one that is set counts. */
const variables: Readonly<Record<string, readonly string[]>> = {
  auth_type: ['OS_AUTH_TYPE'],
  auth_url: ['OS_AUTH_URL'],
  username: ['OS_USERNAME'],
  user_id: ['OS_USER_ID'],
  password: ['OS_PASSWORD'],
  user_domain_name: ['OS_USER_DOMAIN_NAME'],
  user_domain_id: ['OS_USER_DOMAIN_ID'],
  project_name: ['OS_PROJECT_NAME', 'OS_TENANT_NAME'],
  project_id: ['OS_PROJECT_ID', 'OS_TENANT_ID'],
  project_domain_name: ['OS_PROJECT_DOMAIN_NAME'],
  project_domain_id: ['OS_PROJECT_DOMAIN_ID'],
  domain_name: ['OS_DOMAIN_NAME'],
  domain_id: ['OS_DOMAIN_ID'],
  default_domain_name: ['OS_DEFAULT_DOMAIN_NAME'],
  default_domain_id: ['OS_DEFAULT_DOMAIN_ID', 'OS_DEFAULT_DOMAIN'],
  system_scope: ['OS_SYSTEM_SCOPE'],
  token: ['OS_TOKEN', 'OS_AUTH_TOKEN'],
  application_credential_id: ['OS_APPLICATION_CREDENTIAL_ID'],
  application_credential_name: ['OS_APPLICATION_CREDENTIAL_NAME'],
  application_credential_secret: ['OS_APPLICATION_CREDENTIAL_SECRET'],
  region_name: ['OS_REGION_NAME'],
  interface: ['OS_INTERFACE', 'OS_ENDPOINT_TYPE'],
  identity_api_version: ['OS_IDENTITY_API_VERSION'],
  cacert: ['OS_CACERT'],
  cert: ['OS_CERT'],
  key: ['OS_KEY'],
  insecure: ['OS_INSECURE'],
};

const OVERRIDE = /^OS_([A-Z0-9_]+)_ENDPOINT_OVERRIDE$/;

/** What the `OS_*` variables say about the cloud; undefined when they say nothing. Empty variables count as unset. */
export function environmentLayer(env: Environment): Layer | undefined {
  const raw: Record<string, string> = {};
  for (const [key, names] of Object.entries(variables)) {
    const value = names.map((name) => env[name]).find((text) => text !== undefined && text !== '');
    if (value !== undefined) raw[key] = value;
  }
  for (const [name, value] of Object.entries(env)) {
    const service = OVERRIDE.exec(name)?.[1];
    if (service !== undefined && value !== undefined && value !== '')
      raw[`${service.toLowerCase()}_endpoint_override`] = value;
  }
  return Object.keys(raw).length === 0 ? undefined : layerOf(raw, env);
}

const layerOf = (raw: RawCloud, env: Environment): Layer => ({
  raw,
  origin: 'the environment',
  nameOf: (key) => {
    const names = variables[key] ?? [`OS_${key.toUpperCase()}`];
    return names.find((name) => (env[name] ?? '') !== '') ?? names[0] ?? key;
  },
});
