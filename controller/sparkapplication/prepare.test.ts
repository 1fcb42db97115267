import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './seen.ts';

const order = { attempt: 1, submissionId: '8a1d1f6e-7a52-5f0e-9d0b-0e5d2c8f7a11', submitTime: 0 };
const options = { masterUrl: 'https://10.96.0.1:443', enableUiService: true };
const prepared = (spec: Partial<SparkApplicationSpec>): Prepared => prepare(options, anApp({ spec }), order);

describe('prepare', () => {
  it('plans an application with its UI Service', () => {
    expect(prepared({})).toMatchObject({ kind: 'Ready', plan: { lane: 'Native' }, uiService: { kind: 'Service' } });
  });

  it('refuses with every violation and its field', () => {
    expect(prepared({ mode: 'client', driver: { memory: '1Gi' } })).toMatchObject({
      kind: 'Refused',
      reason: 'InvalidSpec',
      message: expect.stringMatching(/spec\.mode: .*spec\.driver\.memory: /),
    });
  });

  it('refuses what cannot be read at all, instead of failing over it again and again', () => {
    // The CRD keeps templates open, so this passes the API server.
    const template = JSON.parse('{"spec": {"containers": [{"name": "c", "args": 5}], "volumes": [null]}}') as object;
    expect(prepared({ driver: { template } })).toMatchObject({ kind: 'Refused', reason: 'InvalidSpec' });
  });
});
