import { getCACertificates } from 'node:tls';

/** The authorities to trust, as PEM: Node's (NODE_EXTRA_CA_CERTS among them), the machine's, and those of a cloud. */
export const authorities = (own: string | undefined): string[] => [
  ...new Set([...getCACertificates('default'), ...getCACertificates('system')]),
  ...(own === undefined ? [] : [own]),
];
