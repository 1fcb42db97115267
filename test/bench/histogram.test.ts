import { describe, expect, it } from '@jest/globals';
import { mean, parseHistogram, quantile, since } from './histogram.ts';

const text = (fast: number, slow: number, all: number): string =>
  [
    '# TYPE t_seconds histogram',
    `t_seconds_bucket{le="0.001",kind="Pod",outcome="mutated"} ${fast}`,
    `t_seconds_bucket{le="0.01",kind="Pod",outcome="mutated"} ${slow}`,
    `t_seconds_bucket{le="+Inf",kind="Pod",outcome="mutated"} ${all}`,
    `t_seconds_sum{kind="Pod",outcome="mutated"} ${all * 0.002}`,
    `t_seconds_count{kind="Pod",outcome="mutated"} ${all}`,
    't_seconds_bucket{le="0.001",kind="Other",outcome="allowed"} 7',
    't_seconds_count{kind="Other",outcome="allowed"} 7',
  ].join('\n');

describe('a histogram', () => {
  const read = (fast: number, slow: number, all: number) =>
    parseHistogram(text(fast, slow, all), 't_seconds', { kind: 'Pod' });

  it('is read for the wanted labels only', () => {
    const { count, buckets } = read(80, 99, 100);
    expect(count).toBe(100);
    expect([...buckets]).toEqual([
      [0.001, 80],
      [0.01, 99],
      [Number.POSITIVE_INFINITY, 100],
    ]);
  });

  it('gives quantiles inside their bucket', () => {
    expect(quantile(read(80, 100, 100), 0.4)).toBeCloseTo(0.0005);
    expect(quantile(read(80, 100, 100), 0.9)).toBeCloseTo(0.001 + 0.009 / 2);
    expect(quantile(read(80, 90, 100), 0.99)).toBe(0.01);
    expect(quantile(read(0, 0, 0), 0.5)).toBeNaN();
  });

  it('is what came between two readings', () => {
    const between = since(read(80, 99, 100), read(90, 199, 200));
    expect(between.count).toBe(100);
    expect(quantile(between, 0.05)).toBeCloseTo(0.0005);
    expect(mean(between)).toBeCloseTo(0.002);
  });
});
