import { describe, expect, it } from '@jest/globals';
import { sparkConf } from './spark-conf.ts';

/** Each property refers to the next one `times` times. */
const chain = (length: number, times: number): [string, string][] =>
  Array.from({ length }, (_, index) => [`spark.${index}`, `\${spark.${index + 1}}`.repeat(times)]);

describe('sparkConf', () => {
  it('fills in what refers to other properties, and leaves what does not resolve', () => {
    const conf = sparkConf([
      ['spark.a', '${spark.b}/${spark.none}/${env:HOME}/${spark.a}'],
      ['spark.b', '<${spark.c}>'],
      ['spark.c', 'c'],
    ]);
    expect(conf.get('spark.a')).toBe('<c>/${spark.none}/${env:HOME}/${spark.a}');
    expect(conf.raw('spark.a')).toContain('${spark.b}');
  });

  it('ends when references multiply without end', () => {
    const conf = sparkConf([...chain(40, 10), ['spark.40', 'x']]);
    expect(conf.get('spark.0')?.length).toBeLessThan(3_000_000);
  });

  it('ends when they follow one another without end', () => {
    expect(sparkConf(chain(100_000, 1)).get('spark.0')).toMatch(/^\$\{spark\.\d+\}$/);
  });

  it('takes a moment for text that only begins references', () => {
    const text = '${'.repeat(500_000);
    expect(sparkConf([['spark.a', text]]).get('spark.a')).toBe(text);
  });
});
