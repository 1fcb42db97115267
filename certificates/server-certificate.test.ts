import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, anAuthority, DAY_MS, LIVES, NAMES, NOW_MS } from '../test/certificates.ts';
import { serviceDnsNames } from './dns-names.ts';
import { serialNumber } from './serial-number.ts';
import { BACKDATED_MS } from './validity.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** What openssl says of the certificate, verified as strictly as it can. */
function askOpenssl(authority: string, leaf: string): { readonly verdict: string; readonly text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    const [caFile, leafFile] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
    writeFileSync(caFile, authority);
    writeFileSync(leafFile, leaf);
    const strict = ['-x509_strict', '-purpose', 'sslserver', '-attime', String(NOW_MS / 1000)];
    const args = ['verify', ...strict, '-verify_hostname', 'svc.ns.svc', '-CAfile', caFile, leafFile];
    const verdict = execFileSync('openssl', args, { encoding: 'utf8' });
    const text = execFileSync('openssl', ['x509', '-in', leafFile, '-noout', '-text'], { encoding: 'utf8' });
    return { verdict, text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a serving certificate', () => {
  const authority = anAuthority();
  const leaf = new X509Certificate(aCertificate({ authority }));
  const issuer = new X509Certificate(authority.certificatePem);

  it('is for the names of the Service, signed by the authority, of its own key', () => {
    expect(leaf.subjectAltName?.split(', ')).toEqual(serviceDnsNames('svc', 'ns').map((name) => `DNS:${name}`));
    expect(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.checkPrivateKey(createPrivateKey(aKeyPair(2).privatePem))).toBe(true);
    expect(leaf.ca).toBe(false);
  });

  it('begins five minutes early and lives as long as it was asked to', () => {
    expect(leaf.validFromDate.getTime()).toBe(NOW_MS - BACKDATED_MS);
    expect(leaf.validToDate.getTime()).toBe(NOW_MS + LIVES.leafMs);
  });

  it('never outlives its authority', () => {
    const short = anAuthority({ lifeMs: DAY_MS });
    const { validToDate } = new X509Certificate(aCertificate({ authority: short }));
    expect(validToDate.getTime()).toBe(NOW_MS + DAY_MS);
  });

  it('has a name of at most 64 characters, whatever the Service is called', () => {
    const long = 'a'.repeat(63);
    const { subject } = new X509Certificate(aCertificate({ authority, dnsNames: serviceDnsNames(long, long) }));
    expect(subject).toBe(`CN=${long}`);
  });

  it('stands before openssl, whose word is that of another implementation', () => {
    if (!hasOpenssl) return;
    const { verdict, text } = askOpenssl(authority.certificatePem, leaf.toString());
    expect(verdict).toMatch(/OK$/m);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Key Encipherment\s/);
    expect(text).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication\s/);
    expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/);
  });
});

describe('an authority', () => {
  it('may sign certificates and no authorities, and is named unlike any other', () => {
    const [one, other] = [anAuthority(), anAuthority()].map((each) => new X509Certificate(each.certificatePem));
    expect(one?.ca).toBe(true);
    expect(one?.subject).not.toBe(other?.subject);
    expect(one?.checkPrivateKey(createPrivateKey(aKeyPair(0).privatePem))).toBe(true);
    expect(one?.toLegacyObject()).toMatchObject({ ca: true });
  });
});

describe('serialNumber', () => {
  const cases: Record<string, { given: number; want: RegExp }> = {
    'zeros are no leading zeros': { given: 0x00, want: /^40(00){15}$/ },
    'ones are no negative number': { given: 0xff, want: /^7f(ff){15}$/ },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(serialNumber(new Uint8Array(16).fill(given))).toMatch(want);
  });
  it('refuses too few bytes', () => {
    expect(() => serialNumber(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('serviceDnsNames', () => {
  it('names the Service in every way in which it is called', () => {
    expect(serviceDnsNames('svc', 'ns')).toEqual(NAMES);
  });
});
