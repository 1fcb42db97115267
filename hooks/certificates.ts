import { serviceDnsNames } from '../certificates/dns-names.ts';
import { ensureCertificates } from '../certificates/ensure.ts';
import { setCaBundles } from '../kube/ca-bundle.ts';
import { secretStore } from '../kube/secret-store.ts';
import type { HookContext, HookOutcome } from './hook.ts';
import { persist } from './persist.ts';

export interface CertificatesSettings {
  /** The release's namespace: of the Secret and of the Service. */
  readonly namespace: string;
  readonly secretName: string;
  readonly serviceName: string;
  /** Of the mutating and of the validating webhook configuration. */
  readonly configurationName: string;
  readonly leafLifeMs: number;
  readonly caLifeMs: number;
}

/**
 * Makes the webhook's certificate before the webhook starts, and makes the caBundle of webhook configurations that exist
 * already right. The same decision as the webhook's own keeper, by the same code; keeps what serves, renews what will soon
 * not, repairs what does not. Safe beside other runs of itself and beside running webhooks.
 */
export const certificates =
  (settings: CertificatesSettings) =>
  async (context: HookContext): Promise<HookOutcome> => {
    const { client, clock, log } = context;
    const { namespace, secretName, serviceName, configurationName, leafLifeMs, caLifeMs } = settings;
    const store = secretStore({ client, secret: { namespace, name: secretName } });
    const { action, reason, material } = await persist(context, () =>
      ensureCertificates({
        store,
        now: () => clock.now(),
        dnsNames: serviceDnsNames(serviceName, namespace),
        lives: { leafMs: leafLifeMs, authorityMs: caLifeMs },
      }),
    );
    log.info({ secret: secretName, action, reason }, 'Looked at the certificate');
    const service = { namespace, name: serviceName };
    const caBundle = async (): Promise<string> => (await store.read())?.data['ca.crt'] ?? material.authoritiesPem;
    const bundles = await persist(context, () => setCaBundles({ client, configurationName, service, caBundle }));
    const secret = `Secret ${namespace}/${secretName}`;
    const message = action === 'Keep' ? `${secret} is right` : `${secret}: ${action}, since ${reason}`;
    const configurations = Object.fromEntries(bundles.map(({ kind, outcome }) => [kind, outcome]));
    return { ok: true, message, details: { action, configurations } };
  };
