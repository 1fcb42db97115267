import { describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, anAuthority, DAY_MS, NOW_MS } from '../../test/certificates.ts';
import { decideServing, type Servable, type ServingDecision, type ServingSituation } from './serving.ts';

const old = anAuthority();
const fresh = anAuthority({ which: 1 });
const servable = (certificatePem: string, endsMs = NOW_MS + DAY_MS): Servable => ({
  certificatePem,
  keyPem: aKeyPair(2).privatePem,
  endsMs,
});
const byOld = servable(aCertificate({ authority: old }));
const byOldAgain = servable(aCertificate({ authority: old }));
const byFresh = servable(aCertificate({ authority: fresh }));
const forAnother = servable(aCertificate({ authority: old, dnsNames: ['another.ns.svc'] }));
const both = old.certificatePem + fresh.certificatePem;

const stay: ServingDecision = { kind: 'Stay' };
const change: ServingDecision = { kind: 'Switch' };

const cases: Record<string, { given: Partial<ServingSituation>; want: ServingDecision }> = {
  'the Secret holds nothing': { given: { held: byOld, offered: undefined }, want: stay },
  'the Secret holds what is served': { given: { held: byOld, offered: { ...byOld } }, want: stay },
  'nothing is served yet': { given: { offered: byFresh, caBundles: undefined }, want: change },
  'a renewal under the same authority': {
    given: { held: byOld, offered: byOldAgain, caBundles: [old.certificatePem] },
    want: change,
  },
  'a new authority that no bundle knows yet': {
    given: { held: byOld, offered: byFresh, caBundles: [old.certificatePem] },
    want: stay,
  },
  'a new authority that one of two bundles knows': {
    given: { held: byOld, offered: byFresh, caBundles: [both, old.certificatePem] },
    want: stay,
  },
  'a new authority that all bundles know': {
    given: { held: byOld, offered: byFresh, caBundles: [both] },
    want: change,
  },
  'a new authority that all bundles have known for a moment only': {
    given: { held: byOld, offered: byFresh, caBundles: [both], bundlesSinceMs: NOW_MS - 999 },
    want: { kind: 'Wait', untilMs: NOW_MS + 1 },
  },
  'the old authority has left the bundle': {
    given: { held: byOld, offered: byFresh, caBundles: [fresh.certificatePem], bundlesSinceMs: NOW_MS },
    want: change,
  },
  'what is served has expired': {
    given: { held: { ...byOld, endsMs: NOW_MS }, offered: byFresh, caBundles: [old.certificatePem] },
    want: change,
  },
  'the bundles are not known': { given: { held: byOld, offered: byFresh, caBundles: undefined }, want: stay },
  'there are no bundles': {
    given: { held: byOld, offered: byFresh, caBundles: [], bundlesSinceMs: NOW_MS },
    want: change,
  },
  'neither is accepted: the Secret is the truth': {
    given: { held: byOld, offered: byFresh, caBundles: [''] },
    want: change,
  },
  'what is served is for another name': {
    given: { held: forAnother, offered: byOld, caBundles: [old.certificatePem] },
    want: change,
  },
  'what is offered is for another name': {
    given: { held: byOld, offered: forAnother, caBundles: [old.certificatePem] },
    want: stay,
  },
};

describe('decideServing', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const situation: ServingSituation = {
      held: undefined,
      offered: undefined,
      caBundles: [],
      bundlesSinceMs: NOW_MS - DAY_MS,
      host: 'svc.ns.svc',
      nowMs: NOW_MS,
      settlingMs: 1000,
      ...given,
    };
    expect(decideServing(situation)).toEqual(want);
  });
});
