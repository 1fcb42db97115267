import { describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, anAuthority, DAY_MS, NOW_MS } from '../../test/certificates.ts';
import { problemOf, type Standing } from './problem.ts';

const authority = anAuthority();
const held = {
  certificatePem: aCertificate({ authority }),
  keyPem: aKeyPair(2).privatePem,
  endsMs: NOW_MS + 90 * DAY_MS,
};
const entry = (name: string, caBundle: string) => ({ entry: name, index: 0, caBundle, kind: 'Mutating' });
const right = entry('right', authority.certificatePem);

const cases: Record<string, { given: Partial<Standing>; want: RegExp | undefined }> = {
  'all is well': { given: { entries: [right] }, want: undefined },
  'no configuration exists: nobody calls': { given: { entries: [] }, want: undefined },
  'no certificate': { given: { held: undefined, entries: [right] }, want: /^why$/ },
  'an expired certificate': {
    given: { nowMs: NOW_MS + 90 * DAY_MS, entries: [right] },
    want: /expired at 2026-08-30T12:00:00.000Z/,
  },
  'configurations not read': {
    given: { entries: undefined },
    want: /configurations c have not been read.*list and watch/,
  },
  'a caBundle that does not verify': {
    given: { entries: [right, entry('wrong', anAuthority().certificatePem), entry('empty', '')] },
    want: /^the caBundle of wrong \(Mutating\), empty \(Mutating\) in c does not verify .* for svc.ns.svc$/,
  },
  'a certificate for another name': { given: { entries: [right], host: 'another.ns.svc' }, want: /does not verify/ },
};

describe('problemOf', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const standing = { held, missing: 'why', entries: [], configurationName: 'c', host: 'svc.ns.svc', nowMs: NOW_MS };
    const problem = problemOf({ ...standing, ...given });
    if (want === undefined) expect(problem).toBeUndefined();
    else expect(problem).toMatch(want);
  });
});
