import { describe, expect, it } from '@jest/globals';
import { cpuMillicores, javaMemoryMiB, javaMemoryToQuantity, memoryBytes, parseQuantity } from './quantity.ts';

describe('javaMemoryMiB', () => {
  const cases: Record<string, { given: [string, ('b' | 'm')?]; want: number | undefined }> = {
    'megabytes are mebibytes': { given: ['512m'], want: 512 },
    'the long form and capitals are the same': { given: ['2GB'], want: 2048 },
    'kilobytes are rounded down': { given: ['2047k'], want: 1 },
    'tera and peta': { given: ['1t'], want: 1048576 },
    'a bare number is MiB, as in Spark’s memory keys': { given: ['384'], want: 384 },
    'a bare number can be bytes': { given: ['1073741824', 'b'], want: 1024 },
    'bytes can be said': { given: ['1048576b'], want: 1 },
    'bytes of bytes are refused': { given: ['1bb'], want: undefined },
    'blanks around it do not matter': { given: [' 1g '], want: 1024 },
    'a Kubernetes quantity is not Java memory': { given: ['512Mi'], want: undefined },
    'fractions are refused, as Spark refuses them': { given: ['1.5g'], want: undefined },
    'nothing is refused': { given: [''], want: undefined },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(javaMemoryMiB(...given)).toBe(want);
  });
});

describe('Kubernetes quantities', () => {
  const numbers: Record<string, number | undefined> = {
    '1500m': 1.5,
    '2Gi': 2147483648,
    '1e3': 1000,
    '1E3': 1000,
    '2E': 2e18,
    '.5': 0.5,
    '5.': 5,
    '100k': 100000,
    '512mb': undefined,
    '1 Gi': undefined,
    '': undefined,
    abc: undefined,
  };
  it.each(Object.entries(numbers))('%j is %j', (text, want) => {
    const value = parseQuantity(text);
    if (want === undefined) expect(value).toBeUndefined();
    else expect(value).toBeCloseTo(want, 9);
  });

  it('rounds cores up to millicores without noise', () => {
    expect([cpuMillicores('0.1'), cpuMillicores('1'), cpuMillicores('100u'), cpuMillicores('0.3')]).toEqual([
      100, 1000, 1, 300,
    ]);
  });

  it('rounds memory up to bytes', () => {
    expect([memoryBytes('1.5Ki'), memoryBytes('1m'), memoryBytes('x')]).toEqual([1536, 1, undefined]);
  });

  it('turns Java memory into a quantity of the same size', () => {
    expect(['5000m', '4g', '512MB', '1024', '7x'].map((text) => javaMemoryToQuantity(text))).toEqual([
      '5000Mi',
      '4Gi',
      '512Mi',
      '1024',
      undefined,
    ]);
  });
});
