import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { checksums, differenceOf } from './spark-aws-jars.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const wanted = checksums(`${A}  s3.jar\n${B}  sts.jar\n`);

const cases: Record<string, { given: string; want: readonly string[] }> = {
  'the same jars do not differ, whatever their order': { given: `${B}  sts.jar\n${A}  s3.jar\n`, want: [] },
  'a jar that Maven did not bring is named': { given: `${A}  s3.jar\n`, want: ['sts.jar is missing'] },
  'a jar that nobody asked for is named': {
    given: `${A}  s3.jar\n${B}  sts.jar\n${B}  netty.jar\n`,
    want: ['netty.jar is one too many'],
  },
  'a jar of another content is named': {
    given: `${B}  s3.jar\n${B}  sts.jar\n`,
    want: ['s3.jar has another SHA-256'],
  },
};

describe('the jars for s3a', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(differenceOf(wanted, checksums(given))).toEqual(want);
  });

  const folder = join(import.meta.dirname, '../../images/spark-aws');

  it.each(['3.5.8', '4.0.1'])('of Spark %s are listed with the hadoop-aws that the POM names', (version) => {
    const pom = readFileSync(join(folder, `pom-${version}.xml`), 'utf8');
    const hadoop = /<hadoop\.version>(.+)<\/hadoop\.version>/.exec(pom)?.[1] ?? 'none';
    const sums = checksums(readFileSync(join(folder, `jars-${version}.sha256`), 'utf8'));
    expect([...sums.keys()]).toContain(`hadoop-aws-${hadoop}.jar`);
    expect([...sums.values()].every((sum) => /^[0-9a-f]{64}$/.test(sum))).toBe(true);
  });
});
