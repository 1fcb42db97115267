import { describe, expect, it } from '@jest/globals';

import { nameOf, parseCrds } from './crds.ts';

const crd = (name: string): string =>
  `# Generated\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ${name} }\n`;

describe('parseCrds', () => {
  it.each([
    ['with a line between them', `---\n${crd('a')}---\n${crd('b')}`],
    ['without one, as Helm joins files', crd('a') + crd('b')],
    ['among other things', `${crd('a')}---\napiVersion: v1\nkind: Secret\n---\n${crd('b')}`],
  ])('finds definitions %s', (_name, text) => {
    expect(parseCrds(text).map(nameOf)).toEqual(['a', 'b']);
  });

  it('finds none in a chart that has none', () => {
    expect(parseCrds('')).toEqual([]);
  });
});
