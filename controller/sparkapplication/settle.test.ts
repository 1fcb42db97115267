import { describe, expect, it } from '@jest/globals';
import { NOW, ago, seen, statusIn } from '../../test/controller-seen.ts';
import { conditionOf } from './conditions.ts';
import { settle } from './settle.ts';

const outage = (message: string) => ({ kind: 'Unavailable', message }) as const;

describe('settle, while admission is out', () => {
  const first = settle(statusIn('SUBMITTED', { conditions: [] }), outage('refused by 127.0.0.1:1'), seen());

  it('says so, goes no further and tries again after a second', () => {
    expect(conditionOf(first.status, 'Submitted')).toMatchObject({ status: 'False', reason: 'AdmissionUnavailable' });
    expect(conditionOf(first.status, 'Submitted')?.message).toContain('refused by 127.0.0.1:1');
    expect(first).toMatchObject({ goesOn: false, wakeAt: NOW + 1_000 });
    expect(first.status.applicationState?.state).toBe('SUBMITTED');
  });

  const waits: Record<string, { readonly since: number; readonly wantMs: number }> = {
    'as long as the outage so far': { since: 8, wantMs: 8_000 },
    'half a minute at most': { since: 600, wantMs: 30_000 },
  };
  it.each(Object.entries(waits))('waits %s, and says nothing new', (_name, { since, wantMs }) => {
    const told = {
      type: 'Submitted',
      status: 'False',
      reason: 'AdmissionUnavailable',
      message: 'first words',
      lastTransitionTime: ago(since),
    } as const;
    const status = statusIn('SUBMITTED', { conditions: [told] });
    const settled = settle(status, outage('other words'), seen());
    expect(settled.status).toBe(status);
    expect(settled.wakeAt).toBe(NOW + wantMs);
  });
});
