import { verifies } from '../../certificates/verify.ts';
import type { Servable } from './serving.ts';
import type { TrustedEntry } from './trust.ts';

export interface Standing {
  readonly held: Servable | undefined;
  /** Why there is no certificate. */
  readonly missing: string;
  /** Undefined = the webhook configurations have not been read yet. */
  readonly entries: readonly TrustedEntry[] | undefined;
  readonly configurationName: string;
  /** The name by which the API server calls. */
  readonly host: string;
  readonly nowMs: number;
}

/** Why the API server could not trust this server, for people; undefined when it can. */
export function problemOf({ held, missing, entries, configurationName, host, nowMs }: Standing): string | undefined {
  if (held === undefined) return missing;
  if (held.endsMs <= nowMs) return `the certificate expired at ${new Date(held.endsMs).toISOString()}`;
  if (entries === undefined)
    return `the webhook configurations ${configurationName} have not been read yet: may this service account list and watch them?`;
  const accepted = new Map<string, boolean>();
  const accepts = (caBundle: string): boolean => {
    const known = accepted.get(caBundle) ?? verifies(caBundle, held.certificatePem, nowMs, host);
    accepted.set(caBundle, known);
    return known;
  };
  const wrong = entries.filter(({ caBundle }) => !accepts(caBundle));
  if (wrong.length === 0) return undefined;
  const named = wrong.map(({ kind, entry }) => `${entry} (${kind})`).join(', ');
  return `the caBundle of ${named} in ${configurationName} does not verify the certificate of this server for ${host}`;
}
