import { describe, expect, it } from '@jest/globals';

import type { FoundFile } from './cloud-files.ts';
import { loadCloud, type CloudWorld } from './load-cloud.ts';

const entry = (user: string, more = ''): string => `
clouds:
  one:
    auth: { auth_url: 'https://k/v3', username: ${user}, password: geheim }
${more}`;

function worldWith(files: Readonly<Record<string, string>>, more: Partial<CloudWorld> = {}): CloudWorld {
  const found = new Map(Object.entries(files));
  return {
    env: {},
    home: '/home/ada',
    workingFolder: '/somewhere',
    readFile: (path): Promise<FoundFile | undefined> => {
      const text = found.get(path);
      return Promise.resolve(text === undefined ? undefined : { text, mode: 0o600 });
    },
    ...more,
  };
}

describe('loadCloud', () => {
  const places = [
    '/somewhere/clouds.yaml',
    '/somewhere/clouds.yml',
    '/home/ada/.config/openstack/clouds.yaml',
    '/home/ada/Library/Application Support/openstack/clouds.yaml',
    '/etc/openstack/clouds.yaml',
  ];

  it.each(places.map((place, index) => [place, places.slice(index)] as const))(
    'finds %s before what comes after it',
    async (place, present) => {
      const files = Object.fromEntries(present.map((path) => [path, entry('ada')]));
      expect((await loadCloud(worldWith(files), {})).source).toBe(place);
    },
  );

  it('takes the file that OS_CLIENT_CONFIG_FILE names, from the working folder', async () => {
    const files = { '/somewhere/mine.yaml': entry('ada'), '/somewhere/clouds.yaml': entry('bob') };
    const world = worldWith(files, { env: { OS_CLIENT_CONFIG_FILE: 'mine.yaml' } });
    expect((await loadCloud(world, {})).source).toBe('/somewhere/mine.yaml');
  });

  it('refuses a named file that is not there', async () => {
    const world = worldWith({}, { env: { OS_CLIENT_CONFIG_FILE: '/gone.yaml' } });
    await expect(loadCloud(world, {})).rejects.toMatchObject({
      message: 'OS_CLIENT_CONFIG_FILE names /gone.yaml, which does not exist',
      exitCode: 2,
    });
  });

  it('says the line of a broken file, and not what stands in it', async () => {
    const world = worldWith({ '/somewhere/clouds.yaml': 'clouds:\n  one:\n    auth: {password: geheim\n' });
    const loading = loadCloud(world, {});
    await expect(loading).rejects.toThrow(/^cannot use \/somewhere\/clouds\.yaml: line \d: /);
    await expect(loading).rejects.not.toThrow('geheim');
  });

  it('asks for a password where somebody can answer', async () => {
    const asked: string[] = [];
    const ask = {
      choose: () => Promise.reject(new Error('there is one cloud only')),
      secret: (question: string) => {
        asked.push(question);
        return Promise.resolve('typed');
      },
    };
    const files = { '/somewhere/clouds.yaml': entry('ada').replace(', password: geheim', '') };
    const { auth } = await loadCloud(worldWith(files, { ask }), {});
    expect(auth).toMatchObject({ method: 'password', password: 'typed' });
    expect(asked).toEqual(['Password of ada (cloud one)']);
  });

  it('asks for the cloud where there are several', async () => {
    const ask = {
      choose: <T>(_question: string, choices: readonly { readonly value: T }[]): Promise<T> => {
        const last = choices.at(-1);
        return last === undefined ? Promise.reject(new Error('nothing to choose')) : Promise.resolve(last.value);
      },
      secret: () => Promise.resolve('typed'),
    };
    const second = entry('bob').replace('clouds:', '').replace('one:', 'two:');
    const world = worldWith({ '/somewhere/clouds.yaml': entry('ada') + second }, { ask });
    expect((await loadCloud(world, {})).name).toBe('two');
    expect((await loadCloud(world, { osCloud: 'one' })).name).toBe('one');
  });

  it('says where to put a password where nobody can answer', async () => {
    const files = { '/somewhere/clouds.yaml': entry('ada').replace(', password: geheim', '') };
    await expect(loadCloud(worldWith(files), {})).rejects.toMatchObject({
      message:
        'no password for user "ada" of cloud "one": set OS_PASSWORD, or auth.password of the entry in secure.yaml',
      exitCode: 2,
    });
  });

  it('makes the paths of certificates absolute', async () => {
    const files = {
      '/somewhere/clouds.yaml': entry('ada', '    cacert: ~/ca.pem\n    cert: my.pem\n    key: /keys/my.key\n'),
    };
    expect((await loadCloud(worldWith(files), {})).tls).toEqual({
      caFile: '/home/ada/ca.pem',
      certFile: '/somewhere/my.pem',
      keyFile: '/keys/my.key',
      verify: true,
    });
  });
});
