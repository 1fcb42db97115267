import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { sparkVersionOf } from './spark-version.ts';

const cases: Record<string, { given: Partial<SparkApplicationSpec>; want: object }> = {
  'as written': {
    given: { sparkVersion: '4.1.4', image: 'spark:3.5.8' },
    want: { written: '4.1.4', followed: '4.1.4' },
  },
  'by the tag of the image': { given: { image: 'apache/spark:4.0.1-python3' }, want: { written: '4.0.1' } },
  'by the driver’s own image': {
    given: { image: 'spark:3.5.8', driver: { image: 'spark:v4.2.1' } },
    want: { written: '4.2.1' },
  },
  'not by a tag that is no version of Spark': {
    given: { image: 'mine:1.2.3' },
    want: { written: undefined, followed: '4.0' },
  },
  'not by the port of a registry': { given: { image: 'registry:4.0/mine' }, want: { written: undefined } },
  'by nothing': { given: { sparkVersion: '' }, want: { written: undefined, followed: '4.0' } },
};

describe('sparkVersionOf', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(sparkVersionOf({ mainApplicationFile: 'local:///app.py', ...given })).toMatchObject(want);
  });
});
