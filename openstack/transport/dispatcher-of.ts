import { type Dispatcher, EnvHttpProxyAgent } from 'undici';

import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Environment } from '../cloud-config/environment.ts';
import { tlsContext } from './tls-context.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections to the services of one cloud: its authorities, a client certificate, and the proxies of the environment
 * (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in small letters, too). @throws UserError as tlsContext does
 */
export async function dispatcherOf(
  config: Pick<CloudConfig, 'tls' | 'authUrl'>,
  env: Environment,
): Promise<Dispatcher> {
  const context = { secureContext: await tlsContext(config), rejectUnauthorized: config.tls.verify };
  const variable = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  return new EnvHttpProxyAgent({
    // Empty text, not undefined: undefined would make the agent read the environment of the process.
    httpProxy: variable('HTTP_PROXY'),
    httpsProxy: variable('HTTPS_PROXY'),
    noProxy: variable('NO_PROXY'),
    allowH2: false,
    connect: { ...context, timeout: CONNECT_TIMEOUT_MS },
    requestTls: { ...context, timeout: CONNECT_TIMEOUT_MS },
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Our own timer ends each try: it counts everything from connecting to the last byte.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
