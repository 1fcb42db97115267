/** Who a certificate speaks for. Kubernetes reads the user from the common name and the groups from the organisations. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organisations?: readonly string[];
  /** Names and addresses that a server answers to; a certificate with none is for clients only. */
  readonly hosts?: readonly string[];
  /** True for a certificate that signs others. */
  readonly authority?: boolean;
}

/** The configuration file for `openssl req -x509` that makes the certificate. Depends on nothing of the machine's own configuration. */
export function opensslConfig(request: CertificateRequest): string {
  const names = [`CN = ${request.commonName}`, ...(request.organisations ?? []).map((name, i) => `${i}.O = ${name}`)];
  return [
    '[req]',
    'prompt = no',
    'distinguished_name = subject',
    'x509_extensions = extensions',
    '[subject]',
    ...names,
    '[extensions]',
    ...(request.authority === true ? AUTHORITY : leaf(request.hosts ?? [])),
    '',
  ].join('\n');
}

const AUTHORITY = [
  'basicConstraints = critical, CA:TRUE',
  'keyUsage = critical, keyCertSign, cRLSign, digitalSignature',
];

function leaf(hosts: readonly string[]): string[] {
  const usage = hosts.length === 0 ? 'clientAuth' : 'serverAuth, clientAuth';
  const lines = [
    'basicConstraints = critical, CA:FALSE',
    'keyUsage = critical, digitalSignature',
    `extendedKeyUsage = ${usage}`,
  ];
  return hosts.length === 0 ? lines : [...lines, `subjectAltName = ${hosts.map(alternativeName).join(', ')}`];
}

function alternativeName(host: string): string {
  return /^\d+(\.\d+){3}$/.test(host) ? `IP:${host}` : `DNS:${host}`;
}
