import { describe, expect, it } from '@jest/globals';

import { HelmError } from './helm-error.ts';
import { isNewEnough, requireHelm } from './helm-version.ts';

describe('the version of Helm', () => {
  it.each([
    ['3.14.0', true],
    ['3.19.5', true],
    ['4.0.1', true],
    ['3.13.9', false],
    ['2.17.0', false],
    ['', false],
  ])('%s will do: %s', (version, want) => {
    expect(isNewEnough(version)).toBe(want);
  });

  it('is told with what to install when it is too old', async () => {
    const helm = { version: () => Promise.resolve('3.9.0') };
    await expect(requireHelm(helm)).rejects.toThrow(/^Helm 3\.9\.0 is too old: install Helm 3\.14 or newer/);
  });

  it('is told with what to install when there is none', async () => {
    const helm = { version: () => Promise.reject(new HelmError('spawn helm ENOENT', { missing: true })) };
    await expect(requireHelm(helm)).rejects.toThrow(/^helm is not on the path: install Helm 3\.14 or newer/);
  });
});
