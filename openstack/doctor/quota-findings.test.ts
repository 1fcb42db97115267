import { describe, expect, it } from '@jest/globals';

import type { Limit } from '../compute/nova.ts';
import { quotaFindings } from './quota-findings.ts';

const unlimited: Limit = { used: 100, limit: undefined };
const room: Limit = { used: 0, limit: 100_000 };

describe('quotaFindings', () => {
  it.each<[string, Parameters<typeof quotaFindings>[0], readonly string[]]>([
    [
      'unlimited',
      {
        clusters: unlimited,
        compute: { instances: unlimited, cores: unlimited, ram: unlimited },
        floatingIps: unlimited,
      },
      [],
    ],
    ['nobody could tell', { clusters: undefined, compute: undefined, floatingIps: undefined }, []],
    ['no cluster left', { clusters: { used: 20, limit: 20 }, compute: undefined, floatingIps: undefined }, ['problem']],
    [
      'room for one instance only',
      { clusters: room, compute: { instances: { used: 9, limit: 10 }, cores: room, ram: room }, floatingIps: room },
      ['warning'],
    ],
    ['no address left', { clusters: room, compute: undefined, floatingIps: { used: 3, limit: 3 } }, ['warning']],
  ])('%s', (_name, given, want) =>
    expect(quotaFindings(given).flatMap(({ level }) => (level === 'ok' ? [] : [level]))).toEqual(want),
  );
});
