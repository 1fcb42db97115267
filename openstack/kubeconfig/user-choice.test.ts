import { describe, expect, it } from '@jest/globals';

import { contextName, userChoice, userText } from './user-choice.ts';

describe('--user', () => {
  it.each(['admin', 'keystone', 'sa:team-a/alice', 'sa:t/a.b-c'])('%s is read, and told in the same words', (text) => {
    expect(userText(userChoice(text))).toBe(text);
  });

  it.each(['', 'root', 'sa:', 'sa:alice', 'sa:team-a/', 'sa:/alice', 'sa:Team/alice', 'sa:a/b/c', 'sa:a/-b'])(
    '%j is none',
    (text) => {
      expect(() => userChoice(text)).toThrow('Expected admin, keystone or sa:NAMESPACE/NAME.');
    },
  );

  it('gives each user a context of its own', () => {
    const names = ['admin', 'keystone', 'sa:team-a/alice'].map((text) => contextName('demo-north', userChoice(text)));
    expect(names).toEqual(['demo-north', 'demo-north-keystone', 'demo-north-team-a-alice']);
  });
});
