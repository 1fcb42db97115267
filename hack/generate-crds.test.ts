import { describe, expect, it } from '@jest/globals';
import { generatedFiles, staleFiles } from './generate-crds.ts';

// Reading all types takes the compiler some seconds, and more on a busy machine: once for all tests.
const files = generatedFiles();

describe('the generated files', () => {
  it('are what the types of api/ make today', async () => {
    expect(await staleFiles(files)).toEqual([]);
  });

  it('keep all kinds together below 150 KB', () => {
    const sizes = [...files].filter(([path]) => path.startsWith('crds/')).map(([, text]) => Buffer.byteLength(text));
    expect(sizes).toHaveLength(3);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(150_000);
  });

  it('are found stale when they differ or are not there', async () => {
    const [path = ''] = files.keys();
    expect(
      await staleFiles(
        new Map([
          [path, 'other'],
          ['crds/none.yaml', ''],
        ]),
      ),
    ).toEqual([path, 'crds/none.yaml']);
  });

  it('are the same in the chart', () => {
    const texts = [...files].filter(([path]) => path.endsWith('.yaml'));
    for (const [path, text] of texts) expect(files.get(`charts/spark-operator/${path}`) ?? text).toBe(text);
    expect(texts).toHaveLength(6);
  });
});
