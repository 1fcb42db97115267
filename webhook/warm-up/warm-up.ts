import { Agent, request } from 'node:https';
import type { Logger } from '../../kube/log.ts';
import { silentLogger } from '../../kube/log.ts';
import { createMetrics } from '../../kube/metrics.ts';
import type { ServingCertificate } from '../certificates/keeper.ts';
import { podFields } from '../pods/pod-fields.ts';
import { type ReviewWorld, routesOf } from '../routes.ts';
import { admissionApp } from '../server/admission-app.ts';
import { listenAdmission } from '../server/admission-server.ts';
import { reviewMeter } from '../server/meter.ts';
import { type Sample, sampleApplication, samples } from './samples.ts';

export interface WarmUpOptions {
  readonly certificate: ServingCertificate;
  readonly log: Logger;
  /** How often each sample is reviewed (default 75). */
  readonly rounds?: number;
}

/** Gives up after so long: a slow machine serves cold rather than not at all. */
const WITHIN_MS = 15_000;

/**
 * Runs the code that answers reviews until the compiler has seen it, so that the first pods after a start do not wait
 * for it: real requests over TLS to a second server on the loopback, with a made-up world behind it. Never rejects.
 */
export async function warmUp({ certificate, log, rounds = 75 }: WarmUpOptions): Promise<void> {
  const app = admissionApp({
    routes: routesOf(sampleWorld),
    maxRequestBytes: 1_000_000,
    meter: reviewMeter(createMetrics()),
    log: silentLogger(),
  });
  const address = '127.0.0.1:0';
  const server = await listenAdmission({ address, tlsMinVersion: 'TLSv1.3', certificate, listener: app });
  // The certificate is for the Service's names; here only its key counts.
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 2,
    ca: certificate.certificatePem,
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  });
  const signal = AbortSignal.timeout(WITHIN_MS);
  const start = performance.now();
  try {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(samples.map((sample) => send(agent, server.port, sample, signal)));
    }
    log.info({ reviews: rounds * samples.length, ms: Math.round(performance.now() - start) }, 'Warmed up');
  } catch (err) {
    log.warn({ err }, 'Could not warm up, serving cold');
  } finally {
    agent.destroy();
    await server.close(0);
  }
}

const sampleWorld: ReviewWorld = {
  scope: { serves: () => true, servesDefaults: () => true },
  application: () => podFields(sampleApplication),
  podDefaults: () => [],
  namespaceLabels: () => ({}),
  selectDefaults: () => [],
  quota: 'off',
  quotasOf: () => Promise.resolve([]),
  userAccess: 'off',
  trustedServiceAccounts: [],
  operatorNamespace: '',
  mayDo: () => Promise.resolve('yes'),
  log: silentLogger(),
};

/** Resolves when the answer has come as a whole. */
const send = (agent: Agent, port: number, { path, body }: Sample, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, path, method: 'POST', agent, headers, signal };
    const sending = request(options, (response) => {
      response.once('end', resolve).once('error', reject).resume();
    });
    sending.once('error', reject).end(body);
  });
