import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { equalJson } from '../../spark/mutation/equal-json.ts';
import { mutatePod } from '../../spark/mutation/mutate-pod.ts';
import { planSubmission } from '../../spark/submission/plan.ts';
import { corpus, oracleApp, oracleVersions, refusals } from './corpus.ts';
import { driverFiles } from './driver-files.ts';
import { executorApp, executorCorpus } from './executor-corpus.ts';
import { goldenFile } from './golden.ts';
import type { ExecutorGolden, Golden } from './golden.ts';
import { normalise, normaliseFiles, normalisePod } from './normalise.ts';

const plan = (app: SparkApplication): ReturnType<typeof planSubmission> =>
  planSubmission({
    app,
    attempt: 1,
    submissionId: submissionIdOf(app.metadata.uid, 1),
    masterUrl: 'https://api:6443',
    submitTime: 0,
  });

/** What spark-submit of this version was seen to do (recorded by record.ts). */
const goldenOf = (file: string): Golden => JSON.parse(readFileSync(file, 'utf8')) as Golden;

describe.each(oracleVersions)('spark-submit %s', (version) => {
  it.each(Object.entries(corpus))('plans the same: %s', (name, given) => {
    const app = oracleApp(given, version);
    const golden = goldenOf(goldenFile(version, name));
    const planned = plan(app);
    if ('refused' in golden) throw new Error(`spark-submit refused: ${golden.refused}`);
    if (planned.lane !== 'Native') throw new Error(JSON.stringify(planned));
    const ours = normalise(
      { pod: planned.driverPod, others: planned.resources.map(({ object }) => object) },
      app.metadata.namespace,
    );
    // The typed fields that spark-submit knows nothing of are laid over its pod too (their own tests are in spark/mutation).
    const theirs = {
      ...golden,
      pod: normalisePod(mutatePod(golden.pod as Pod, 'driver', app), app.metadata.namespace),
    };
    expect(ours).toEqual(theirs);
  });

  it.each(Object.entries(refusals))('refuses too: %s', (name, given) => {
    expect(goldenOf(goldenFile(version, name))).toEqual({ refused: expect.any(String) });
    expect(plan(oracleApp(given, version)).lane).toBe('Rejected');
  });
});

describe.each(oracleVersions)('the driver of Spark %s', (version) => {
  it.each(Object.entries(executorCorpus))('makes of our files what the webhook need not change: %s', (name, given) => {
    const app = executorApp(given, version);
    // Written by record.ts.
    const { files, pod } = JSON.parse(readFileSync(goldenFile(version, name), 'utf8')) as ExecutorGolden;
    expect(normaliseFiles(driverFiles(app))).toEqual(files);
    const executor = pod as Pod;
    expect(changedFields(executor, mutatePod(executor, 'executor', app))).toEqual(given.lost ?? []);
  });
});

/** The fields of the pod's metadata and spec in which two pods differ. */
const changedFields = (left: Pod, right: Pod): string[] =>
  (['metadata', 'spec'] as const).flatMap((part) => {
    const [before, after]: Readonly<Record<string, unknown>>[] = [{ ...left[part] }, { ...right[part] }];
    return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
      .filter((key) => !equalJson(before?.[key], after?.[key]))
      .map((key) => `${part}.${key}`);
  });

it('has an answer of every version to every case', () => {
  const missing = oracleVersions.flatMap((version) =>
    Object.keys({ ...corpus, ...refusals, ...executorCorpus })
      .map((name) => goldenFile(version, name))
      .filter((file) => !existsSync(file)),
  );
  expect(missing).toEqual([]);
});
