import { describe, expect, it } from '@jest/globals';
import { caBundlePatch, trustedBy, type WebhookConfiguration } from './ca-bundle.ts';

const service = { namespace: 'ns', name: 'svc' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const entry = (name: string, caBundle?: string, called = service) => ({
  name,
  clientConfig: { service: called, ...(caBundle === undefined ? {} : { caBundle: base64(caBundle) }) },
});
const configuration = (...webhooks: NonNullable<WebhookConfiguration['webhooks']>): WebhookConfiguration => ({
  metadata: { name: 'c', resourceVersion: '7' },
  webhooks,
});
const elsewhere = { namespace: 'other', name: 'svc' };
const set = (index: number) => ({
  op: 'add',
  path: `/webhooks/${index}/clientConfig/caBundle`,
  value: base64('right'),
});
const unchanged = { op: 'replace', path: '/metadata/resourceVersion', value: '7' };

const cases: Record<string, { given: WebhookConfiguration; want: readonly object[] | undefined }> = {
  'all are right': { given: configuration(entry('a', 'right'), entry('b', 'right')), want: undefined },
  'one is missing, one is wrong': {
    given: configuration(entry('a'), entry('b', 'right'), entry('c', 'wrong')),
    want: [unchanged, set(0), set(2)],
  },
  'entries of others are none of ours': {
    given: configuration(entry('a', 'theirs', elsewhere), entry('b')),
    want: [unchanged, set(1)],
  },
  'an entry with a URL is none of ours': {
    given: configuration({ name: 'a', clientConfig: { caBundle: base64('theirs') } }),
    want: undefined,
  },
  'there are no entries': { given: { metadata: { name: 'c' } }, want: undefined },
};

describe('caBundlePatch', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(caBundlePatch(given, service, 'right')).toEqual(want);
  });
});

describe('trustedBy', () => {
  it('tells what our entries trust, and where they stand', () => {
    const given = configuration(entry('a', 'theirs', elsewhere), entry('b', 'ours'), entry('c'));
    expect(trustedBy(given, service)).toEqual([
      { entry: 'b', index: 1, caBundle: 'ours' },
      { entry: 'c', index: 2, caBundle: '' },
    ]);
  });
});
