import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from '../run.ts';

const SOURCES = join(import.meta.dirname, '../../examples/java');

/** The oldest Java that the test images of Spark run on. */
const JAVA_RELEASE = '17';

/** Compiles the Java sources of `examples/java` against Spark's own jars into one jar. */
export async function compileJavaExamples(sparkHome: string, jar: string): Promise<void> {
  const work = await mkdtemp(`${jar}-`);
  try {
    const classes = join(work, 'classes');
    await mkdir(classes);
    const sources = (await readdir(SOURCES)).filter((name) => name.endsWith('.java'));
    await run('javac', [
      ...['--release', JAVA_RELEASE, '-encoding', 'UTF-8', '-classpath', join(sparkHome, 'jars/*'), '-d', classes],
      ...sources.map((name) => join(SOURCES, name)),
    ]);
    await writeFile(join(work, 'MANIFEST.MF'), 'Implementation-Title: spark-operator-examples\n');
    await run('jar', ['--create', '--file', jar, '--manifest', join(work, 'MANIFEST.MF'), '-C', classes, '.']);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
