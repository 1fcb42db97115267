import { describe, expect, it } from '@jest/globals';
import { submissionIdOf } from '../identity.ts';
import { appNameLabel, resourceNamePrefix, submissionNames } from './names.ts';

const prefixes: Record<string, { given: string; want: string }> = {
  'a plain name': { given: 'pi', want: 'pi-0a1b' },
  'capitals, blanks and signs': { given: ' My  App_(2)! ', want: 'my-app-2-0a1b' },
  'a leading digit becomes x': { given: '2nd', want: 'xnd-0a1b' },
  'one leading dash goes': { given: '***', want: 'xa1b' },
  'an empty name leaves the id alone': { given: '  ', want: 'xa1b' },
};

describe('resourceNamePrefix', () => {
  it.each(Object.entries(prefixes))('%s', (_name, { given, want }) => {
    expect(resourceNamePrefix(given, '0a1b')).toBe(want);
  });
});

const labels: Record<string, { given: string; want: string }> = {
  'a plain name': { given: 'pi', want: 'pi' },
  'capitals and signs': { given: 'My App!', want: 'my-app' },
  'at most 63 characters, without a dash at the end': { given: `${'a'.repeat(62)}-b`, want: 'a'.repeat(62) },
  'only signs': { given: '***', want: '' },
};

describe('appNameLabel', () => {
  it.each(Object.entries(labels))('%s', (_name, { given, want }) => {
    expect(appNameLabel(given)).toBe(want);
  });
});

describe('submissionNames', () => {
  const id = submissionIdOf('uid', 1);

  it('keeps the Service’s name within a DNS label', () => {
    expect(submissionNames('pi', id).driverService).toMatch(/^pi-[0-9a-f]{16}-driver-svc$/);
    expect(submissionNames('a'.repeat(60), id).driverService).toMatch(/^spark-[0-9a-f]{16}-driver-svc$/);
  });

  it('gives every purpose an id of its own', () => {
    const { prefix, driverConfigMap } = submissionNames('pi', id);
    expect(driverConfigMap).not.toContain(prefix.slice('pi-'.length));
  });
});
