import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { describeRules } from '../../test/violations.ts';
import { imageMissing, mainClassMissing } from './main-application.ts';

/** A specification without one of its fields. */
const without = (field: 'image' | 'mainClass', changes: Partial<SparkApplicationSpec> = {}) => {
  const rest = Object.entries({ ...anApp().spec, ...changes }).filter(([name]) => name !== field);
  return { ...anApp(), spec: { mainApplicationFile: 'local:///a.jar', ...Object.fromEntries(rest) } };
};

describeRules({
  mainApplicationFileMissing: {
    'an empty file': [
      { mainApplicationFile: '' },
      'spec.mainApplicationFile: is missing: give the URI of the jar, Python or R file, such as local:///opt/spark/examples/jars/spark-examples.jar',
    ],
    'a file': [{ mainApplicationFile: 'local:///a.jar' }],
  },
  mainClassMissing: {
    'a jar with an empty class': [
      { mainClass: '' },
      'spec.mainClass: is missing: a Java or Scala application needs the name of the class with its main method',
    ],
    'a Python file needs none, whatever the type says': [
      { type: 'Scala', mainClass: '', mainApplicationFile: 'local:///pi.py' },
    ],
    'nor does a Python application in another form': [
      { type: 'Python', mainClass: '', mainApplicationFile: 'local:///app.zip' },
    ],
    'nor does R': [{ type: 'R', mainClass: '', mainApplicationFile: 'local:///dataframe.R' }],
  },
});

describe('fields that are not there', () => {
  it('mainClassMissing finds a jar without a class', () => {
    expect(mainClassMissing(without('mainClass'))).toHaveLength(1);
  });

  it('imageMissing wants an image for both roles', () => {
    const both = { driver: { image: 'a' }, executor: { image: 'b' } };
    expect([
      imageMissing(without('image')).length,
      imageMissing(without('image', { driver: { image: 'a' } })).length,
      imageMissing(without('image', both)).length,
      imageMissing(anApp()).length,
    ]).toEqual([1, 1, 0, 0]);
  });
});
