import { describe, expect, it } from '@jest/globals';
import { anAdmission } from '../../test/webhook-reviews.ts';
import { admissionResponse } from './admission-response.ts';
import type { Verdict } from './verdict.ts';

interface Answer {
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly patch?: string;
    readonly warnings?: readonly string[];
    readonly status?: object;
  };
}

const answer = (verdict: Verdict): Answer['response'] => {
  const text = admissionResponse(anAdmission({ uid: 'uid-7', name: 'pi' }), 'sparkoperator.k8s.io', verdict);
  // It was written above, with this shape.
  return (JSON.parse(text) as Answer).response;
};

describe('the answer to an admission review', () => {
  it('carries the uid, and nothing more when nothing is to be said', () => {
    expect(answer({ allowed: true, patch: [], warnings: [] })).toEqual({ uid: 'uid-7', allowed: true });
  });

  it('carries the patch in base64, whatever the alphabet', () => {
    const patch = [{ op: 'add' as const, path: '/metadata/annotations', value: { note: 'Zürich ☀' } }];
    const { patch: encoded = '', ...rest } = answer({ allowed: true, patch });
    expect(rest).toEqual({ uid: 'uid-7', allowed: true, patchType: 'JSONPatch' });
    expect(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))).toEqual(patch);
  });

  it('refuses as the API server does, one cause for each field', () => {
    const violations = [
      { field: 'spec.image', message: 'is missing', rule: 'imageMissing' },
      { field: 'spec.driver.memory', message: 'is not a size', rule: 'memoryNotJava' },
    ];
    expect(answer({ allowed: false, reason: 'Invalid', violations })).toMatchObject({
      uid: 'uid-7',
      allowed: false,
      status: {
        code: 422,
        reason: 'Invalid',
        message: 'spec.image: is missing; spec.driver.memory: is not a size',
        details: {
          name: 'pi',
          group: 'sparkoperator.k8s.io',
          kind: 'SparkApplication',
          causes: [
            { reason: 'FieldValueInvalid', field: 'spec.image', message: 'is missing' },
            { reason: 'FieldValueInvalid', field: 'spec.driver.memory', message: 'is not a size' },
          ],
        },
      },
    });
    expect(answer({ allowed: false, reason: 'Forbidden', violations })).toMatchObject({
      status: { code: 403, reason: 'Forbidden' },
    });
  });

  it('keeps warnings to single lines, within what the API server passes on', () => {
    const { warnings = [] } = answer({
      allowed: true,
      warnings: ['two\nlines', ...Array<string>(200).fill('w'.repeat(90))],
    });
    expect(warnings[0]).toBe('two lines');
    expect(warnings.join('').length).toBeLessThanOrEqual(4096);
    expect(warnings.at(-1)).toMatch(/^and 1\d\d more warnings$/);
    expect(answer({ allowed: true, warnings: ['x'.repeat(5000)] }).warnings?.[0]).toHaveLength(1024);
  });
});
