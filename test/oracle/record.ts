import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pod } from '../../api/kubernetes.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { executorTemplate } from '../../spark/submission/executor-template.ts';
import { corpus, oracleApp, oracleVersions, refusals } from './corpus.ts';
import type { OracleCase, OracleVersion } from './corpus.ts';
import { goldenFile, goldenText } from './golden.ts';
import type { Golden } from './golden.ts';
import { normalise } from './normalise.ts';
import { startRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';
import { submitArguments } from './submit-arguments.ts';
import { startSubmitter } from './submitter.ts';
import type { Submitter } from './submitter.ts';

interface Recording {
  readonly version: OracleVersion;
  readonly folder: string;
  readonly recorder: Recorder;
  readonly submitter: Submitter;
}

/** Submits one case with real spark-submit, and returns what it sent or said. */
async function recordCase(given: OracleCase, { version, folder, recorder, submitter }: Recording): Promise<Golden> {
  const app = oracleApp(given, version);
  const executorTemplateFile = join(folder, 'executor.json');
  await writeFile(executorTemplateFile, JSON.stringify(executorTemplate(app)));
  const { template } = app.spec.driver ?? {};
  const driverTemplateFile = join(folder, 'driver.json');
  await writeFile(driverTemplateFile, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...template }));
  const refusal = await submitter.submit(
    submitArguments(app, {
      masterUrl: recorder.url,
      submissionId: submissionIdOf(app.metadata.uid, 1),
      executorTemplateFile,
      ...(template === undefined ? {} : { driverTemplateFile }),
    }),
  );
  const writes = recorder.take();
  if (refusal !== undefined) return { refused: refusal };
  // The recorder keeps what spark-submit sent: objects of the Kubernetes API.
  const bodies = writes.map(({ body }) => body as Pod);
  const pod = bodies.find(({ kind }) => kind === 'Pod');
  if (pod === undefined) throw new Error('spark-submit sent no pod');
  // Our listed difference: we make no NetworkPolicy.
  const others = bodies.filter(({ kind }) => kind !== 'Pod' && kind !== 'NetworkPolicy');
  return normalise({ pod, others }, app.metadata.namespace);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { version: { type: 'string' }, 'spark-home': { type: 'string' }, only: { type: 'string' } },
  });
  const version = oracleVersions.find((known) => known === values.version);
  const home = values['spark-home'];
  if (version === undefined || home === undefined) {
    throw new Error(`usage: record.ts --version ${oracleVersions.join('|')} --spark-home FOLDER [--only CASE]`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  const recorder = await startRecorder();
  const submitter = startSubmitter(home, folder);
  try {
    for (const [name, given] of Object.entries({ ...corpus, ...refusals })) {
      if (values.only !== undefined && !name.includes(values.only)) continue;
      const golden = await recordCase(given, { version, folder, recorder, submitter });
      const file = goldenFile(version, name);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, goldenText(golden));
      console.log(`Recorded ${version}: ${name}${'refused' in golden ? `, refused: ${golden.refused}` : ''}`);
    }
  } finally {
    submitter.stop();
    await recorder.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
