import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { mutatePod } from '../../spark/mutation/mutate-pod.ts';
import { planSubmission } from '../../spark/submission/plan.ts';
import { corpus, oracleApp, oracleVersions, refusals } from './corpus.ts';
import { goldenFile } from './golden.ts';
import type { Golden } from './golden.ts';
import { normalise, normalisePod } from './normalise.ts';

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

it('has an answer of every version to every case', () => {
  const missing = oracleVersions.flatMap((version) =>
    Object.keys({ ...corpus, ...refusals })
      .map((name) => goldenFile(version, name))
      .filter((file) => !existsSync(file)),
  );
  expect(missing).toEqual([]);
});
