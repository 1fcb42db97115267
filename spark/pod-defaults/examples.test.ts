import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { anApp } from '../../test/builders.ts';
import { submissionIdOf } from '../identity.ts';
import { planApplication } from '../submission/plan-application.ts';
import { podDefaultsName } from './filled.ts';
import { checkPodDefaultsParts } from './open-parts.ts';
import { selectPodDefaults } from './select.ts';
import { podDefaultsConflicts, validatePodDefaults } from './validate.ts';

const OPERATOR = 'spark-operator';
const FOLDER = 'examples/pod-defaults';
const root = join(import.meta.dirname, '../..');

/** The objects of a manifest. */
const podDefaultsIn = (path: string): readonly SparkPodDefaults[] =>
  parseAllDocuments(readFileSync(join(root, path), 'utf8'))
    // A manifest of ours holds what it says it holds.
    .map((document) => document.toJS() as SparkPodDefaults);

const files = [...readdirSync(join(root, FOLDER)).map((file) => join(FOLDER, file)), 'examples/s3/pod-defaults.yaml'];
const all = files.filter((file) => file.startsWith(FOLDER)).flatMap(podDefaultsIn);

describe('the examples of SparkPodDefaults', () => {
  it.each(files)('%s is accepted', (file) => {
    const objects = podDefaultsIn(file);
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.flatMap((object) => validatePodDefaults(object, OPERATOR))).toEqual([]);
    expect(objects.flatMap(({ spec }) => checkPodDefaultsParts(spec).unknown)).toEqual([]);
  });

  it('do not contradict each other', () => {
    expect(all.flatMap((object) => podDefaultsConflicts(object, all))).toEqual([]);
  });

  it('can be used all at once', () => {
    const app = anApp({ namespace: 'physics', metadata: { labels: { hadoop: 'yes' } } });
    const subject = {
      namespace: 'physics',
      namespaceLabels: { team: 'physics' },
      labels: { hadoop: 'yes' },
      operatorNamespace: OPERATOR,
    };
    const podDefaults = selectPodDefaults(all, subject);
    expect(podDefaults.map(podDefaultsName)).toEqual([
      'physics/spread',
      ...['cvmfs-eos', 'hadoop', 'kerberos-driver', 's3', 'spot-executors', 'team-physics'].map(
        (name) => `${OPERATOR}/${name}`,
      ),
    ]);
    const plan = planApplication({
      app,
      podDefaults,
      attempt: 1,
      submissionId: submissionIdOf(app.metadata.uid, 1),
      masterUrl: 'https://10.96.0.1:443',
      submitTime: 0,
    });
    expect(plan).toMatchObject({
      lane: 'Native',
      podDefaults: podDefaults.map((object) => ({ name: podDefaultsName(object) })),
    });
  });
});
