import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../kube/log.ts';
import { answerJson, withServer } from '../../test/scripted-server.ts';
import { accessReviews } from './access-reviews.ts';

const need = {
  verb: 'impersonate',
  group: '',
  resource: 'serviceaccounts',
  name: 'admin',
  field: 'spec.driver.serviceAccount',
  why: 'the driver runs as it',
};
const user = { username: 'alice', uid: '7', groups: ['staff'], extra: { scopes: ['a'] } };

describe('a question for the rights of a user', () => {
  it('names user, groups, and what he would do', async () => {
    let asked = '';
    await withServer(
      async (request, response) => {
        for await (const chunk of request) asked += String(chunk);
        answerJson(response, 201, { status: { allowed: true } });
      },
      async ({ client }) => {
        expect(await accessReviews(client, silentLogger())(user, 'team', need)).toBe('yes');
      },
    );
    expect(JSON.parse(asked)).toMatchObject({
      kind: 'SubjectAccessReview',
      spec: {
        user: 'alice',
        uid: '7',
        groups: ['staff'],
        extra: { scopes: ['a'] },
        resourceAttributes: { namespace: 'team', verb: 'impersonate', resource: 'serviceaccounts', name: 'admin' },
      },
    });
  });

  it.each([
    [201, { status: { allowed: false, denied: true } }, 'no'],
    [201, {}, 'no'],
    [403, {}, 'unknown'],
  ])('that is answered with %s %j means %s', async (status, body, want) => {
    await withServer(
      (_request, response) => answerJson(response, status, body),
      async ({ client }) => {
        expect(await accessReviews(client, silentLogger())(user, 'team', need)).toBe(want);
      },
    );
  });
});
