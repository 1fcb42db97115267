import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';

import type { ObjectStoreSettings } from './object-store.ts';

/** Time for a connection, and for one answer. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/**
 * How the S3 client connects: the cloud's authorities beside those of Node (`NODE_EXTRA_CA_CERTS` included), proxies as
 * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` tell, and limits of time that end in an error.
 */
export const s3Agents = ({ caPem, verify = true }: ObjectStoreSettings, env: NodeJS.ProcessEnv) => ({
  httpAgent: new HttpAgent({ keepAlive: true, proxyEnv: env }),
  httpsAgent: new HttpsAgent({
    keepAlive: true,
    proxyEnv: env,
    rejectUnauthorized: verify,
    ...(caPem === undefined ? {} : { ca: [...getCACertificates('default'), caPem] }),
  }),
  connectionTimeout: CONNECT_MS,
  requestTimeout: ANSWER_MS,
  throwOnRequestTimeout: true,
});
