import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ociArchive } from '../cluster/bare/oci-image.ts';
import { run } from '../run.ts';
import { parsePackageArguments } from './arguments.ts';
import { writeChecksums } from './checksums.ts';
import { imageFile, imageReference } from './names.ts';
import { releaseArchive } from './release-archive.ts';
import { cliManifest, dependenciesOf } from './cli-manifest.ts';
import { OPSPARKCTL, SPARKCTL } from './clis.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** An entry of `manifest.json` in Docker's archives. */
interface DockerImage {
  readonly Config: string;
  readonly RepoTags: readonly string[];
  readonly Layers: readonly string[];
}

describe('an image archive of a release', () => {
  const reference = 'localhost/tool:1.2.3';
  const built = ociArchive({
    reference: 'localhost/tool:dev',
    architecture: 'amd64',
    entrypoint: ['/tool'],
    files: [],
  });
  const member = async (archive: string, path: string): Promise<unknown> =>
    JSON.parse((await run('tar', ['--extract', '--to-stdout', '--file', archive, path])).stdout);

  it('carries the name of the release for every kind of reader', async () => {
    const [from, to] = [join(folder, 'dev.tar'), join(folder, 'release.tar')];
    await writeFile(from, built);
    await releaseArchive(from, reference, to);
    expect(await member(to, 'index.json')).toMatchObject({
      manifests: [
        {
          annotations: {
            'io.containerd.image.name': reference,
            'org.opencontainers.image.ref.name': reference,
          },
        },
      ],
    });
    const [docker] = (await member(to, 'manifest.json')) as readonly [DockerImage];
    expect(docker.RepoTags).toEqual([reference]);
    const { stdout } = await run('tar', ['--list', '--file', to]);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining([docker.Config, ...docker.Layers]));
  });

  it('has the same bytes for the same content', async () => {
    await writeFile(join(folder, 'dev.tar'), built);
    for (const name of ['one.tar', 'two.tar'])
      await releaseArchive(join(folder, 'dev.tar'), reference, join(folder, name));
    expect((await readFile(join(folder, 'one.tar'))).equals(await readFile(join(folder, 'two.tar')))).toBe(true);
  });
});

describe('the names of images', () => {
  it('have the version for the operator, and the version of Spark for the others', () => {
    expect(imageFile('operator', '1.2.3')).toBe('spark-operator-image-1.2.3.tar');
    expect(imageReference('operator', 'localhost/spark-operator:dev', '1.2.3')).toBe('localhost/spark-operator:1.2.3');
    expect(imageFile('spark-4.0.1', '1.2.3')).toBe('spark-4.0.1-image-1.2.3.tar');
    expect(imageReference('spark-4.0.1', 'localhost/spark:4.0.1', '1.2.3')).toBe('localhost/spark:4.0.1');
  });
});

describe('the packages of the command lines', () => {
  const root = { version: '1.2.3', license: 'Apache-2.0', engines: {}, dependencies: { a: '1.0.0', '@b/c': '2.0.0' } };

  it('depends on what its sources import, at their head or lazily', () => {
    const sources = [
      "import { x } from 'a';\nimport '@b/c/deep.js';\nimport { readFileSync } from 'node:fs';\nimport './own.js';",
      "export {\n  y,\n} from 'd';\nconst z = await import('e/f');\n// not: import('./g')",
    ];
    expect(dependenciesOf(sources)).toEqual(['@b/c', 'a', 'd', 'e']);
  });

  it('has the versions of the repository', () => {
    expect(cliManifest(SPARKCTL, root, ['@b/c'])).toMatchObject({
      name: 'sparkctl',
      version: '1.2.3',
      dependencies: { '@b/c': '2.0.0' },
    });
  });

  it('carries the chart with the one that installs it', () => {
    expect(cliManifest(OPSPARKCTL, root, [])).toMatchObject({
      bin: { opsparkctl: 'dist/openstack/main.js' },
      files: ['dist', 'charts'],
    });
    expect(cliManifest(SPARKCTL, root, [])).toMatchObject({ files: ['dist'] });
  });

  it('cannot depend on what the repository does not declare', () => {
    expect(() => cliManifest(SPARKCTL, root, ['a', 'd'])).toThrow('does not declare d, which sparkctl imports');
  });
});

describe('the checksums', () => {
  it('are those that sha256sum looks for', async () => {
    await writeFile(join(folder, 'a'), 'one');
    await writeChecksums(folder);
    await expect(run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folder })).resolves.toMatchObject({
      stdout: 'a: OK\n',
    });
  });
});

describe('parsePackageArguments', () => {
  it('always packs the operator, and what is asked for', () => {
    expect(parsePackageArguments([])).toEqual(['operator']);
    expect(parsePackageArguments(['--image', 'spark-4.0.1', '--image', 'operator'])).toEqual([
      'operator',
      'spark-4.0.1',
    ]);
  });
  it('says what there is', () => {
    expect(() => parsePackageArguments(['--image', 'gcc'])).toThrow(/There is no image "gcc"\n.*npm run package/);
    expect(() => parsePackageArguments(['--immage', 'gcc'])).toThrow('npm run package');
  });
});
