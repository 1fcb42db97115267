import { describe, expect, it } from '@jest/globals';

import { bareObstacle, missingPackages } from './requirements.ts';

const socat = { name: 'socat', provides: 'socat' };
const linuxRoot = { platform: 'linux', uid: 0 };

describe('missingPackages', () => {
  it('looks on the PATH, and at absolute paths as they are', () => {
    const here = { name: 'nodejs', provides: process.execPath };
    const shell = { name: 'dash', provides: 'sh' };
    const nowhere = { name: 'nothing', provides: 'no-such-command-anywhere' };
    const gone = { name: 'gone', provides: '/no/such/file' };
    expect(missingPackages([here, shell, nowhere, gone], '/bin:/usr/bin')).toEqual([nowhere, gone]);
  });
});

describe('bareObstacle', () => {
  const cases: Record<string, { given: Parameters<typeof bareObstacle>; want: RegExp | undefined }> = {
    'nothing is in the way of root on Linux': { given: [linuxRoot, []], want: undefined },
    'another system is told about engines': { given: [{ platform: 'darwin', uid: 501 }, []], want: /Docker or Podman/ },
    'a user without root is told the ways out': {
      given: [{ platform: 'linux', uid: 1000 }, []],
      want: /Run the command as root[^]*--control-plane/,
    },
    'missing packages come with their command': { given: [linuxRoot, [socat]], want: /apt-get install .*socat/ },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const obstacle = bareObstacle(...given);
    if (want === undefined) expect(obstacle).toBeUndefined();
    else expect(obstacle).toMatch(want);
  });
});
