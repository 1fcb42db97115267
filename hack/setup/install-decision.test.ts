import { describe, expect, it } from '@jest/globals';

import { decideInstall, obstacle, type InstallDecision, type Installer } from './install-decision.ts';
import { packagesFor } from './package-lists.ts';

const debian: Installer = { hasApt: true, isRoot: true, isInteractive: false };
const missing = [
  { name: 'buildah', provides: 'buildah' },
  { name: 'default-jdk-headless', provides: 'javac' },
];

const cases: Record<
  string,
  { given: Partial<Installer>; want: InstallDecision | { kind: 'refuse'; message: RegExp } }
> = {
  'root on Debian installs without a question in a pipe': {
    given: {},
    want: { kind: 'install', names: ['buildah', 'default-jdk-headless'], askFirst: false },
  },
  'a person at a terminal is asked first': {
    given: { isInteractive: true },
    want: { kind: 'install', names: ['buildah', 'default-jdk-headless'], askFirst: true },
  },
  'others get the command that root would type': {
    given: { isRoot: false },
    want: { kind: 'refuse', message: /buildah, javac\n.*sudo apt-get install .*buildah default-jdk-headless/ },
  },
  'another system gets the commands that are missing': {
    given: { hasApt: false },
    want: { kind: 'refuse', message: /buildah, javac\n/ },
  },
};

describe('decideInstall', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const decision = decideInstall(missing, { ...debian, ...given });
    if (want.kind !== 'refuse') expect(decision).toEqual(want);
    else expect(decision).toEqual({ kind: 'refuse', message: expect.stringMatching(want.message) });
  });

  it('does nothing when nothing is missing', () => {
    expect(decideInstall([], { hasApt: false, isRoot: false, isInteractive: true })).toEqual({ kind: 'nothing' });
  });
});

describe('packagesFor', () => {
  const names = (hasEngine: boolean) =>
    packagesFor(['cluster', 'images', 'control-plane'], { hasEngine }).map(({ name }) => name);

  it('needs no container tools of its own beside an engine', () => {
    expect(names(true)).not.toContain('containerd');
    expect(names(true)).not.toContain('buildah');
  });

  it('makes containers itself without one, and lists each package once', () => {
    expect(names(false)).toEqual(expect.arrayContaining(['containerd', 'buildah', 'debootstrap']));
    expect(new Set(names(false)).size).toBe(names(false).length);
  });
});

describe('obstacle', () => {
  const user = { hasEngine: false, platform: 'linux', uid: 1000 };

  it('is a missing root where containers are made without an engine', () => {
    expect(obstacle(['cluster'], user)).toMatch(/needs root/);
    expect(obstacle(['images'], user)).toMatch(/needs root/);
  });

  it('is another system than Linux', () => {
    expect(obstacle(['cluster'], { ...user, platform: 'darwin', uid: 0 })).toMatch(/needs Linux/);
  });

  it('is nothing for root, beside an engine, or for the control plane alone', () => {
    expect(obstacle(['cluster', 'images'], { ...user, uid: 0 })).toBeUndefined();
    expect(obstacle(['cluster', 'images'], { ...user, hasEngine: true })).toBeUndefined();
    expect(obstacle(['control-plane'], user)).toBeUndefined();
  });
});
