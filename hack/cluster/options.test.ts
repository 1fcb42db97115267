import { describe, expect, it } from '@jest/globals';

import { parseOptions, UsageError, type ClusterOptions } from './options.ts';

const plain: ClusterOptions = { command: 'up', name: 'spark-operator', nodes: 1, controlPlane: false, images: [] };

const understood: Record<string, { given: string; want: ClusterOptions }> = {
  'up alone': { given: 'up', want: plain },
  'all about nodes': {
    given: 'up --provider bare --name a1 --nodes 2',
    want: { ...plain, provider: 'bare', name: 'a1', nodes: 2 },
  },
  'a control plane has a name of its own': {
    given: 'up --control-plane --emulated-version 1.31',
    want: { ...plain, name: 'spark-operator-control-plane', controlPlane: true, emulatedVersion: '1.31' },
  },
  'images to load': { given: 'load a:1 b.tar', want: { ...plain, command: 'load', images: ['a:1', 'b.tar'] } },
};

const refused: Record<string, { given: string; want: RegExp }> = {
  'no command': { given: '', want: /Expected one of up, down/ },
  'an unknown command': { given: 'start', want: /got "start"/ },
  'an unknown option': { given: 'up --fast', want: /--fast/ },
  'an unknown provider': { given: 'up --provider minikube', want: /kind or bare, got "minikube"/ },
  'no nodes': { given: 'up --nodes 0', want: /--nodes must be 1 to 5, got "0"/ },
  'half a node': { given: 'up --nodes 1.5', want: /--nodes must be/ },
  'a name that leaves the folder': { given: 'down --name ../x', want: /--name must be/ },
  'a version with a patch': { given: 'up --emulated-version 1.31.2', want: /must look like 1.31/ },
  'nothing to load': { given: 'load', want: /load needs/ },
  'arguments where none belong': { given: 'up a:1', want: /up takes no "a:1"/ },
};

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

describe('parseOptions', () => {
  it.each(Object.entries(understood))('understands %s', (_name, { given, want }) => {
    expect(parseOptions(words(given))).toEqual(want);
  });

  it.each(Object.entries(refused))('refuses %s', (_name, { given, want }) => {
    expect(() => parseOptions(words(given))).toThrow(UsageError);
    expect(() => parseOptions(words(given))).toThrow(want);
  });
});
