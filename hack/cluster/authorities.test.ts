import { describe, expect, it } from '@jest/globals';

import { adoptAuthority, authorityContents, authorityHost } from './authorities.ts';

const authority = (name: string): { caPem: string; certificatePem: string; keyPem: string } => ({
  caPem: `CA of ${name}\n`,
  certificatePem: `certificate of ${name}\n`,
  keyPem: `key of ${name}\n`,
});

describe('authorityContents', () => {
  it('has the own authority alone while none is adopted', () => {
    expect(authorityContents({ ...authority('own'), adopted: [] })).toEqual({
      bundle: 'CA of own\n',
      cert: 'certificate of own\n',
      key: 'key of own\n',
    });
  });

  it('trusts all, the own one always, and presents the newest', () => {
    const own = { ...authority('own'), adopted: [authority('first'), authority('second')] };
    expect(authorityContents(own)).toEqual({
      bundle: 'CA of own\nCA of first\nCA of second\n',
      cert: 'certificate of second\n',
      key: 'key of second\n',
    });
  });
});

describe('a cluster that is not there', () => {
  it('has no address and says what could adopt an authority', async () => {
    expect(authorityHost('no-such-cluster')).toBeUndefined();
    await expect(adoptAuthority('no-such-cluster', authority('any'))).rejects.toThrow(
      'only a running cluster of the bare provider can trust an authority from outside',
    );
  });
});
