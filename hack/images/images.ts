import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { binaryPath, buildBinaries } from '../cluster/binaries.ts';
import { VERSIONS } from '../cluster/versions.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import type { Bases } from './base-image.ts';
import { writeCrdFiles } from './crd-files.ts';
import { compileJavaExamples } from './java-examples.ts';
import { copyProductionModules } from './production-modules.ts';
import { sparkAwsJars } from './spark-aws-jars.ts';
import { copyDistribution, PYSPARK_SHA256, sparkDistribution, type SparkVersion } from './spark-distribution.ts';

const ROOT = join(import.meta.dirname, '../..');

/** An image of ours: what it depends on, and how its build context is made. */
export interface ImageDefinition {
  readonly ref: string;
  readonly dockerfile: string;
  /** How long a build takes when its base image and downloads are there. */
  readonly usually: string;
  /** Files and folders of the checkout, and values, that change the image. */
  readonly paths: readonly string[];
  readonly values: readonly string[];
  /** The image of ours that it adds a layer to: built before it, and named BASE_IMAGE to its Dockerfile. */
  readonly on?: ImageName;
  readonly buildArgs: (bases: Bases) => Readonly<Record<string, string>>;
  /** Fills the (empty) build context. */
  readonly stage: (context: string, progress: Progress) => Promise<void>;
}

export type ImageName = 'operator' | `spark-${SparkVersion}` | `spark-${SparkVersion}-aws` | 's3-server';

/** Every image that can be built, by name. */
export const IMAGES: Readonly<Record<ImageName, ImageDefinition>> = {
  operator: {
    ref: 'localhost/spark-operator:dev',
    dockerfile: 'images/operator/Dockerfile',
    usually: '20 s',
    paths: [
      'images/operator',
      'api',
      'spark',
      'kube',
      'controller',
      'webhook',
      'certificates',
      'hooks',
      'terminal',
      'openstack',
      'crds',
      'package-lock.json',
      'tsconfig.build.json',
      'hack/images/production-modules.ts',
      'hack/images/crd-files.ts',
    ].filter((path) => existsSync(join(ROOT, path))),
    values: [],
    buildArgs: (bases) => ({ BASE_IMAGE: bases.node, TINI_IMAGE: bases.tini }),
    stage: stageOperator,
  },
  'spark-3.5.8': spark('3.5.8'),
  'spark-4.0.1': spark('4.0.1'),
  'spark-3.5.8-aws': sparkAws('3.5.8'),
  'spark-4.0.1-aws': sparkAws('4.0.1'),
  's3-server': {
    ref: `localhost/s3-server:${VERSIONS.versitygw}`,
    dockerfile: 'images/s3/Dockerfile',
    usually: '5 s',
    paths: ['images/s3'],
    values: [VERSIONS.versitygw],
    buildArgs: () => ({}),
    stage: stageS3Server,
  },
};

function spark(version: SparkVersion): ImageDefinition {
  return {
    ref: `localhost/spark:${version}`,
    dockerfile: 'images/spark/Dockerfile',
    usually: '40 s',
    paths: ['images/spark', 'examples/java', 'hack/images/spark-distribution.ts'],
    values: [version, PYSPARK_SHA256[version]],
    buildArgs: (bases) => ({ BASE_IMAGE: bases.java }),
    stage: (context, progress) => stageSpark(version, context, progress),
  };
}

/** The same Spark with the jars for `s3a://` paths: one layer more. */
function sparkAws(version: SparkVersion): ImageDefinition {
  const base = spark(version);
  return {
    ref: `${base.ref}-aws`,
    dockerfile: 'images/spark-aws/Dockerfile',
    usually: '20 s',
    paths: ['images/spark-aws/Dockerfile', `images/spark-aws/jars-${version}.sha256`],
    values: [],
    on: `spark-${version}`,
    buildArgs: () => ({ BASE_IMAGE: base.ref }),
    stage: async (context, progress) => {
      await cp(await sparkAwsJars(version, progress), join(context, 'jars'), { recursive: true });
    },
  };
}

async function stageS3Server(context: string, progress: Progress): Promise<void> {
  await buildBinaries(progress, ['versitygw']);
  await copyFile(binaryPath('versitygw', 'versitygw'), join(context, 'versitygw'));
}

async function stageOperator(context: string): Promise<void> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  // Types are checked by `npm run check`; an image must not wait for it.
  const args = ['-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', join(context, 'dist')];
  await run(process.execPath, [tsc, ...args]);
  await rm(join(context, 'dist/sparkctl'), { recursive: true, force: true });
  await copyProductionModules(ROOT, context);
  await writeCrdFiles(join(ROOT, 'crds'), join(context, 'crds'));
  await copyFile(join(ROOT, 'package.json'), join(context, 'package.json'));
  await copyFile(join(ROOT, 'images/operator/launcher.mjs'), join(context, 'launcher.mjs'));
}

async function stageSpark(version: SparkVersion, context: string, progress: Progress): Promise<void> {
  const home = await sparkDistribution(version, progress);
  await copyDistribution(home, join(context, 'spark'));
  await mkdir(join(context, 'examples/jars'), { recursive: true });
  await compileJavaExamples(home, join(context, 'examples/jars/spark-operator-examples.jar'));
  await copyFile(join(ROOT, 'images/spark/entrypoint.sh'), join(context, 'entrypoint.sh'));
}
