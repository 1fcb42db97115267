import { describe, expect, it } from '@jest/globals';

import { opensslConfig, type CertificateRequest } from './openssl-config.ts';

const cases: Record<string, { given: CertificateRequest; has: string[]; hasNot: string[] }> = {
  'an authority signs and is no server': {
    given: { commonName: 'ca', authority: true },
    has: ['CN = ca', 'CA:TRUE', 'keyCertSign'],
    hasNot: ['extendedKeyUsage', 'subjectAltName'],
  },
  'a client has its groups as organisations and no names': {
    given: { commonName: 'admin', organisations: ['system:masters', 'more'] },
    has: ['CN = admin', '0.O = system:masters', '1.O = more', 'CA:FALSE', 'extendedKeyUsage = clientAuth'],
    hasNot: ['serverAuth', 'subjectAltName'],
  },
  'a server carries addresses and names apart': {
    given: { commonName: 'api', hosts: ['127.0.0.1', 'kubernetes.default'] },
    has: ['serverAuth', 'subjectAltName = IP:127.0.0.1, DNS:kubernetes.default'],
    hasNot: ['CA:TRUE'],
  },
};

describe('opensslConfig', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, has, hasNot }) => {
    const text = opensslConfig(given);
    for (const part of has) expect(text).toContain(part);
    for (const part of hasNot) expect(text).not.toContain(part);
  });
});
