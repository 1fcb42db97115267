import { describe, expect, it } from '@jest/globals';
import { scopeOf } from './scope.ts';

const known: Readonly<Record<string, object>> = { selected: { team: 'a' }, 'kube-system': {} };
const scope = (namespaces: readonly string[], selected = false) =>
  scopeOf({
    namespaces,
    selected,
    operatorNamespace: 'operators',
    labelsOf: (name) => (known[name] === undefined ? undefined : {}),
  });

describe('the scope', () => {
  it('is every namespace but those of Kubernetes and of the operator', () => {
    const { serves } = scope([]);
    expect(['team', 'default'].every(serves)).toBe(true);
    expect(['kube-system', 'kube-public', 'kube-node-lease', 'operators'].some(serves)).toBe(false);
  });

  it('is the listed namespaces, and those of Kubernetes not even when they are listed', () => {
    const { serves } = scope(['team', 'kube-system']);
    expect(serves('team')).toBe(true);
    expect(serves('other')).toBe(false);
    expect(serves('kube-system')).toBe(false);
  });

  it('is the selected namespaces', () => {
    const { serves } = scope([], true);
    expect(serves('selected')).toBe(true);
    expect(serves('other')).toBe(false);
  });

  it('has the SparkPodDefaults of the operator, too', () => {
    const { servesDefaults } = scope(['team']);
    expect(['team', 'operators'].every(servesDefaults)).toBe(true);
    expect(['other', 'kube-system'].some(servesDefaults)).toBe(false);
  });
});
