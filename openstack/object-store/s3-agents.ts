import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { authorities } from '../transport/authorities.ts';
import type { ObjectStoreSettings } from './object-store.ts';

/** Time for a connection, and for one answer. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/**
 * How the S3 client connects: the cloud's authorities beside those of Node (`NODE_EXTRA_CA_CERTS` included) and the machine, proxies as
 * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` tell (from Node 22.21 on), and limits of time that end in an error.
 */
export const s3Agents = ({ endpoint, caPem, verify = true }: ObjectStoreSettings, env: NodeJS.ProcessEnv) => ({
  httpAgent: new HttpAgent({ keepAlive: true, proxyEnv: env }),
  httpsAgent: new HttpsAgent({
    keepAlive: true,
    proxyEnv: env,
    rejectUnauthorized: verify,
    ...(endpoint.startsWith('https:') ? { ca: authorities(caPem) } : {}),
  }),
  connectionTimeout: CONNECT_MS,
  requestTimeout: ANSWER_MS,
  throwOnRequestTimeout: true,
});
