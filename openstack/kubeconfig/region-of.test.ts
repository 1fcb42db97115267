import { describe, expect, it } from '@jest/globals';

import { regionOf } from './region-of.ts';

const endpoint = (region: string, of: string) => ({ url: 'https://x', region, interface: of });
const catalog = [
  { type: 'identity', name: 'keystone', endpoints: [endpoint('global', 'public')] },
  { type: 'container', name: 'magnum', endpoints: [endpoint('north', 'internal'), endpoint('south', 'public')] },
];

describe('the region of a cluster', () => {
  it('is the chosen one, else that of Magnum', () => {
    expect(regionOf({ region: 'east', interface: 'public' }, { catalog })).toBe('east');
    expect(regionOf({ region: undefined, interface: 'public' }, { catalog })).toBe('south');
    expect(regionOf({ region: undefined, interface: 'internal' }, { catalog })).toBe('north');
    expect(regionOf({ region: undefined, interface: 'admin' }, { catalog })).toBe('north');
    expect(regionOf({ region: undefined, interface: 'public' }, { catalog: [] })).toBe('cloud');
  });
});
