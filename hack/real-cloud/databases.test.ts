import { describe, expect, it } from '@jest/globals';

import { relocation } from './databases.ts';
import { testPlan } from './test-plan.ts';

describe('relocation', () => {
  const statements = relocation(testPlan({ root: '/new', address: '10.99.255.5' }));

  it('names the new address at every endpoint, and no other', () => {
    const [file, updates = []] = statements[0] ?? [];
    expect(file).toBe('/new/data/keystone.db');
    const urls = Object.fromEntries(updates.map(([, [url = '', type = '']]) => [type, url]));
    expect(urls).toMatchObject({
      identity: 'http://10.99.255.5:7000/v3',
      'object-store': 'http://10.99.255.5:7004/v1/AUTH_%(project_id)s',
      orchestration: 'http://10.99.255.5:7005/heat/v1/%(tenant_id)s',
    });
  });

  it('names the new places of the cells', () => {
    const [file, updates = []] = statements[1] ?? [];
    expect(file).toBe('/new/data/nova-api.db');
    expect(updates.map(([, parameters]) => parameters[0])).toEqual([
      'sqlite:////new/data/nova-cell0.db',
      'sqlite:////new/data/nova.db',
    ]);
  });
});
