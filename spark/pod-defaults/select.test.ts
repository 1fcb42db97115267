import { describe, expect, it } from '@jest/globals';
import { somePodDefaults } from '../../test/builders.ts';
import { podDefaultsName } from './filled.ts';
import { selectPodDefaults, type PodDefaultsSubject } from './select.ts';

const all = [
  somePodDefaults({}, { name: 'b-site' }),
  somePodDefaults({}, { name: 'a-site' }),
  somePodDefaults({}, { name: 'team', namespace: 'team-a' }),
  somePodDefaults({}, { name: 'other-team', namespace: 'team-b' }),
  somePodDefaults({ selector: { matchLabels: { s3: 'yes' } } }, { name: 's3' }),
  somePodDefaults({ namespaceSelector: { matchLabels: { zone: 'gpu' } } }, { name: 'gpu' }),
];

const subject: PodDefaultsSubject = {
  namespace: 'team-a',
  namespaceLabels: {},
  labels: {},
  operatorNamespace: 'spark-operator',
};

const names = (fields: Partial<PodDefaultsSubject>): readonly string[] =>
  selectPodDefaults(all, { ...subject, ...fields }).map(podDefaultsName);

describe('selectPodDefaults', () => {
  it("puts the own namespace before the operator's, then goes by name", () => {
    expect(names({})).toEqual(['team-a/team', 'spark-operator/a-site', 'spark-operator/b-site']);
  });

  it('reads the labels of the application and of the namespace', () => {
    expect(names({ labels: { s3: 'yes' }, namespaceLabels: { zone: 'gpu' } })).toEqual([
      'team-a/team',
      'spark-operator/a-site',
      'spark-operator/b-site',
      'spark-operator/gpu',
      'spark-operator/s3',
    ]);
  });

  it("gives applications in the operator's namespace those of the site alone", () => {
    expect(names({ namespace: 'spark-operator' })).toEqual(['spark-operator/a-site', 'spark-operator/b-site']);
  });
});
