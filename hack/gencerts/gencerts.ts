import { X509Certificate } from 'node:crypto';
import { stringify } from 'yaml';
import { serviceDnsNames } from '../../certificates/dns-names.ts';
import { ensureCertificates, type EnsureOutcome } from '../../certificates/ensure.ts';
import type { MaterialStore } from '../../certificates/material-store.ts';
import { dataOf } from '../../certificates/material.ts';
import { setCaBundles } from '../../kube/ca-bundle.ts';
import type { KubeClient } from '../../kube/client.ts';
import { secretStore } from '../../kube/secret-store.ts';
import { memoryStore } from './memory-store.ts';
import type { GencertsOptions } from './options.ts';

const DAY_MS = 86_400_000;

/** The Secret that an installation needs, as YAML; nothing is asked of an API server. */
export async function printedSecret(options: GencertsOptions, nowMs: number): Promise<string> {
  const { material } = await ensure(options, memoryStore(), nowMs);
  return stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: options.namespace, name: options.secret },
    type: 'Opaque',
    stringData: dataOf(material),
  });
}

/**
 * Makes the Secret and the caBundles right; resolves with what was done, a line each. Webhook configurations that do not
 * exist yet are left to the webhook itself. Throws the ApiErrors of the client.
 */
export async function installCertificates(
  options: GencertsOptions,
  client: KubeClient,
  nowMs: number,
): Promise<readonly string[]> {
  const { namespace, secret: name, configuration, service } = options;
  const store = secretStore({ client, secret: { namespace, name } });
  const { action, reason, material } = await ensure(options, store, nowMs);
  const what = action === 'Keep' ? 'kept' : `written (${action}: ${reason})`;
  const { validTo } = new X509Certificate(material.certificatePem);
  const outcomes = await setCaBundles({
    client,
    configurationName: configuration,
    service: { namespace, name: service },
    caBundle: () => Promise.resolve(material.authoritiesPem),
  });
  return [
    `Secret ${namespace}/${name}: ${what}; valid until ${validTo}`,
    ...outcomes.map(({ kind, outcome }) => `${kind} ${configuration}: ${fates[outcome]}`),
  ];
}

const fates = {
  absent: 'does not exist; the webhook sets its caBundle when it comes',
  right: 'caBundle was right',
  patched: 'caBundle set',
};

const ensure = (options: GencertsOptions, store: MaterialStore, nowMs: number): Promise<EnsureOutcome> =>
  ensureCertificates({
    store,
    now: () => nowMs,
    dnsNames: serviceDnsNames(options.service, options.namespace),
    lives: { leafMs: options.leafDays * DAY_MS, authorityMs: options.authorityDays * DAY_MS },
    force: options.force,
  });
