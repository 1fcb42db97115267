import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { driverRules } from './driver-rules.ts';

const TEMPLATES = join(import.meta.dirname, '../../charts/spark-operator/templates');

/** The text between `define "spark-operator.spark.rules"` and its end: plain YAML. */
function rulesOfChart(): unknown {
  const files = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tpl'));
  const text = files.map((file) => readFileSync(join(TEMPLATES, file), 'utf8')).join('\n');
  const [, rules = ''] = /define "spark-operator\.spark\.rules" -?\}\}([^]*?)\{\{-? end/.exec(text) ?? [];
  return parse(rules);
}

describe('the rules of drivers', () => {
  it('are the same whether the chart or sparkctl makes the Role', () => {
    expect(driverRules).toEqual(rulesOfChart());
  });
});
