import { describe, expect, it } from '@jest/globals';
import { createStore } from './store.ts';

interface Projected {
  readonly app: string | undefined;
  readonly nodes: readonly string[];
}

const aStore = () => createStore<Projected, 'app' | 'node'>({ app: ({ app }) => app, node: ({ nodes }) => nodes });

const one: Projected = { app: 'pi', nodes: ['n1', 'n2'] };
const two: Projected = { app: 'pi', nodes: ['n2'] };

describe('a store', () => {
  it('finds objects by key and by index', () => {
    const store = aStore();
    store.set('a/1', one);
    store.set('a/2', two);
    expect(store.get('a/1')).toBe(one);
    expect(store.byIndex('app', 'pi')).toEqual([one, two]);
    expect(store.keysByIndex('node', 'n2')).toEqual(['a/1', 'a/2']);
    expect(store.byIndex('node', 'n1')).toEqual([one]);
    expect(store.byIndex('app', 'nobody')).toEqual([]);
    expect(store.size).toBe(2);
  });

  it('moves an object to other index values when it changes', () => {
    const store = aStore();
    store.set('a/1', one);
    const after: Projected = { app: undefined, nodes: ['n3'] };
    expect(store.set('a/1', after)).toBe(one);
    expect(store.byIndex('app', 'pi')).toEqual([]);
    expect(store.byIndex('node', 'n1')).toEqual([]);
    expect(store.byIndex('node', 'n3')).toEqual([after]);
  });

  it('forgets what is removed, in all indexes', () => {
    const store = aStore();
    store.set('a/1', one);
    expect(store.remove('a/1')).toBe(one);
    expect(store.remove('a/1')).toBeUndefined();
    expect([...store.keys(), ...store.byIndex('app', 'pi'), ...store.byIndex('node', 'n2')]).toEqual([]);
  });
});
