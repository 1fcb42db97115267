import { readFile } from 'node:fs/promises';
import { request } from 'node:https';

import { readKeyPair, type KeyPairFiles, type Pki } from './pki.ts';

/** Asks an API server for a path and tells the status code, or `undefined` while nothing answers. */
export type ApiProbe = (path: string) => Promise<number | undefined>;

/** A probe that speaks as the holder of the certificate. One connection per call: it is used a few times only. */
export async function apiProbe(server: string, pki: Pki, client: KeyPairFiles): Promise<ApiProbe> {
  const options = {
    ca: await readFile(pki.caCert, 'utf8'),
    ...(await readKeyPair(client)),
    agent: false,
    timeout: 5000,
  };
  return (path) =>
    new Promise((resolve) => {
      const call = request(`${server}${path}`, options, (response) => {
        response.resume();
        response.on('close', () => resolve(response.statusCode));
      });
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(undefined));
      call.end();
    });
}
