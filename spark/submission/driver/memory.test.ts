import { describe, expect, it } from '@jest/globals';
import { featuresOf } from '../features.ts';
import type { Language } from '../main-application.ts';
import { sparkConf } from '../spark-conf.ts';
import { driverMemory } from './memory.ts';

interface Case {
  readonly conf?: Readonly<Record<string, string>>;
  readonly language?: Language;
  readonly version?: string;
  readonly totalMiB: number;
  readonly factor?: number;
}

const HEAP = 'spark.driver.memory';
const cases: Record<string, Case> = {
  'nothing said: 1 GiB and the least overhead': { totalMiB: 1024 + 384 },
  'Python takes two fifths': { language: 'python', totalMiB: 1024 + 409, factor: 0.4 },
  'so does R': { language: 'r', totalMiB: 1024 + 409, factor: 0.4 },
  'a large heap: a tenth, cut off': { conf: { [HEAP]: '8g' }, totalMiB: 8192 + 819 },
  'a small heap: the least overhead': { conf: { [HEAP]: '512m' }, totalMiB: 896 },
  'a bare number is MiB': { conf: { [HEAP]: '2048' }, totalMiB: 2048 + 384 },
  'blanks around it do not matter': { conf: { [HEAP]: ' 2g ' }, totalMiB: 2048 + 384 },
  'the factor for all': {
    conf: { [HEAP]: '4g', 'spark.kubernetes.memoryOverheadFactor': '0.3' },
    totalMiB: 4096 + 1228,
    factor: 0.3,
  },
  'a factor for all also counts for Python': {
    conf: { 'spark.kubernetes.memoryOverheadFactor': '1' },
    language: 'python',
    totalMiB: 2048,
    factor: 1,
  },
  'the driver’s own factor is not handed to executors': {
    conf: { [HEAP]: '4g', 'spark.driver.memoryOverheadFactor': '0.5' },
    totalMiB: 4096 + 2048,
    factor: 0.1,
  },
  'an overhead as it is, without a minimum': { conf: { 'spark.driver.memoryOverhead': '100' }, totalMiB: 1124 },
  'an overhead with a unit': { conf: { 'spark.driver.memoryOverhead': '1g' }, totalMiB: 2048 },
  'the minimum of the user': { conf: { 'spark.driver.minMemoryOverhead': '1g' }, totalMiB: 2048 },
  'Spark 3.5 knows no minimum of the user': {
    conf: { 'spark.driver.minMemoryOverhead': '1g' },
    version: '3.5.8',
    totalMiB: 1408,
  },
  'a factor too large for Java’s integers': {
    conf: { 'spark.driver.memoryOverheadFactor': '1e9' },
    totalMiB: 1024 + 2_147_483_647,
  },
};

describe('driverMemory', () => {
  it.each(Object.entries(cases))(
    '%s',
    (_name, { conf = {}, language = 'java', version = '4.0.1', totalMiB, factor }) => {
      expect(
        driverMemory({ conf: sparkConf(Object.entries(conf)), language, features: featuresOf(version).features }),
      ).toEqual({ totalMiB, defaultFactor: factor ?? 0.1 });
    },
  );
});
