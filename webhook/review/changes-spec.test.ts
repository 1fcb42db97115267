import { describe, expect, it } from '@jest/globals';
import { anAdmission } from '../../test/webhook-reviews.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { changesSpec } from './changes-spec.ts';

const object = (spec: object, metadata: object = {}): AdmissionRequest['object'] => ({ metadata, spec });

const cases: Record<string, { given: Partial<AdmissionRequest>; want: boolean }> = {
  'a create brings a specification': { given: { operation: 'CREATE', object: object({ a: 1 }) }, want: true },
  'another specification': {
    given: { operation: 'UPDATE', object: object({ a: 1 }), oldObject: object({ a: 2 }) },
    want: true,
  },
  'the same specification in another order of keys': {
    given: { operation: 'UPDATE', object: object({ a: 1, b: 2 }), oldObject: object({ b: 2, a: 1 }) },
    want: false,
  },
  'labels alone': {
    given: { operation: 'UPDATE', object: object({ a: 1 }, { labels: { b: 'c' } }), oldObject: object({ a: 1 }) },
    want: false,
  },
  'an object that is going': {
    given: {
      operation: 'UPDATE',
      object: object({ a: 1 }, { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      oldObject: object({ a: 2 }),
    },
    want: false,
  },
  'a delete': { given: { operation: 'DELETE', object: object({}) }, want: false },
};

describe('a change of the specification', () => {
  it.each(Object.entries(cases))('%s', (_what, { given, want }) => {
    expect(changesSpec(anAdmission(given))).toBe(want);
  });
});
