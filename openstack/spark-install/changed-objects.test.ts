import { describe, expect, it } from '@jest/globals';

import { changedObjects, isSame } from './changed-objects.ts';

const role = (verbs: string) =>
  `---\n# Source: x\nkind: Role\nmetadata: { name: r, namespace: n }\nrules: [${verbs}]\n`;
const account = '---\nkind: ServiceAccount\nmetadata:\n  name: a\n';

describe('changedObjects', () => {
  it('does not mind order, comments and empty documents', () => {
    expect(isSame(changedObjects(role('get') + account, `${account}---\n# nothing\n${role('get')}`))).toBe(true);
  });

  it('tells what is new, changed and gone', () => {
    expect(changedObjects(role('get') + account, role('list') + '---\nkind: Secret\nmetadata: { name: s }\n')).toEqual({
      added: ['Secret s'],
      changed: ['Role n/r'],
      removed: ['ServiceAccount a'],
    });
  });

  it('calls everything new where nothing was', () => {
    expect(changedObjects('', account).added).toEqual(['ServiceAccount a']);
  });
});
