import { describe, expect, it } from '@jest/globals';

import { boundFolders, foreignMounts, mountCommands } from './mount-commands.ts';
import { nodeLayouts } from './node-layout.ts';

describe('boundFolders', () => {
  it('give each node folders of its own, but let all nodes see the same volumes', () => {
    const [first, second] = nodeLayouts('c', '/c', 2).map((layout) => boundFolders(layout, '/c'));
    const shared = first?.filter(({ from }) => second?.some((other) => other.from === from));
    expect(shared).toEqual([{ from: '/c/volumes', to: '/tmp/hostpath_pv' }]);
    expect(first).toContainEqual({ from: '/c/node0/kubelet', to: '/var/lib/kubelet' });
  });
});

describe('mountCommands', () => {
  it('bind each folder after the tree was made to pass mounts on', () => {
    const commands = mountCommands([{ from: '/a', to: '/b' }]);
    expect(commands[0]).toEqual(['--make-rshared', '/']);
    expect(commands.at(-1)).toEqual(['--bind', '/a', '/b']);
  });
});

describe('foreignMounts', () => {
  it('are those below the cache folder, the innermost first', () => {
    const mounts = [
      '/dev/vda / ext4 rw 0 0',
      '/dev/vda /my\\040cache/buildah ext4 rw 0 0',
      'overlay /my\\040cache/buildah/merged overlay rw 0 0',
      'tmpfs /my\\040cache-of-another tmpfs rw 0 0',
      '',
    ].join('\n');
    expect(foreignMounts(mounts, '/my cache')).toEqual(['/my cache/buildah/merged', '/my cache/buildah']);
  });
});
