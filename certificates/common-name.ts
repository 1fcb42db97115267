import type { X509Certificate } from 'node:crypto';

/** The common name of the subject; empty when there is none. Ours consist of nothing else. */
export const commonNameOf = ({ subject }: X509Certificate): string =>
  subject
    .split('\n')
    .find((part) => part.startsWith('CN='))
    ?.slice('CN='.length) ?? '';
