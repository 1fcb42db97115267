import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pod } from '../../api/kubernetes.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { executorTemplate } from '../../spark/submission/executor-template.ts';
import { corpus, oracleApp, oracleVersions, refusals } from './corpus.ts';
import type { OracleCase, OracleVersion } from './corpus.ts';
import { driverFiles } from './driver-files.ts';
import { executorApp, executorCorpus } from './executor-corpus.ts';
import type { ExecutorCase } from './executor-corpus.ts';
import { goldenFile, goldenText } from './golden.ts';
import type { ExecutorGolden, Golden } from './golden.ts';
import { startJava } from './java-lines.ts';
import type { JavaLines } from './java-lines.ts';
import { normalise, normaliseExecutor, normaliseFiles } from './normalise.ts';
import { startRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';
import { submitArguments } from './submit-arguments.ts';

interface Recording {
  readonly version: OracleVersion;
  readonly folder: string;
  readonly recorder: Recorder;
  readonly submitter: JavaLines;
  readonly driver: JavaLines;
}

const SUBMITTED = 'submitted';
const REFUSED = 'refused ';

/** Submits one case with real spark-submit, and returns what it sent or said. */
async function submitCase(given: OracleCase, { version, folder, recorder, submitter }: Recording): Promise<Golden> {
  const app = oracleApp(given, version);
  const executorTemplateFile = join(folder, 'executor.json');
  await writeFile(executorTemplateFile, JSON.stringify(executorTemplate(app)));
  const { template } = app.spec.driver ?? {};
  const driverTemplateFile = join(folder, 'driver.json');
  await writeFile(driverTemplateFile, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...template }));
  const args = submitArguments(app, {
    masterUrl: recorder.url,
    submissionId: submissionIdOf(app.metadata.uid, 1),
    executorTemplateFile,
    ...(template === undefined ? {} : { driverTemplateFile }),
  });
  await writeFile(join(folder, 'arguments'), args.join('\0'));
  const said = await submitter.ask(join(folder, 'arguments'), (line) => line === SUBMITTED || line.startsWith(REFUSED));
  const writes = recorder.take();
  if (said !== SUBMITTED) return { refused: said.slice(REFUSED.length) };
  // The recorder keeps what spark-submit sent: objects of the Kubernetes API.
  const bodies = writes.map(({ body }) => body as Pod);
  const pod = bodies.find(({ kind }) => kind === 'Pod');
  if (pod === undefined) throw new Error('spark-submit sent no pod');
  // Our listed difference: we make no NetworkPolicy.
  const others = bodies.filter(({ kind }) => kind !== 'Pod' && kind !== 'NetworkPolicy');
  return normalise({ pod, others }, app.metadata.namespace);
}

/** Lets real Spark build an executor from the files that our plan hands to the driver. */
async function executorCase(given: ExecutorCase, { version, folder, driver }: Recording): Promise<ExecutorGolden> {
  const files = driverFiles(executorApp(given, version));
  await writeFile(join(folder, 'spark.properties'), files.properties);
  await writeFile(join(folder, 'template.json'), files.template);
  const answer = await driver.ask(folder, (line) => line.startsWith('{"apiVersion"'));
  // The Java side writes the pod that Spark built.
  return { files: normaliseFiles(files), pod: normaliseExecutor(JSON.parse(answer) as Pod) };
}

async function record(recording: Recording, only: string): Promise<void> {
  const { version } = recording;
  const submissions = Object.entries({ ...corpus, ...refusals }).map(
    ([name, given]) => [name, () => submitCase(given, recording)] as const,
  );
  const executors = Object.entries(executorCorpus).map(
    ([name, given]) => [name, () => executorCase(given, recording)] as const,
  );
  for (const [name, take] of [...submissions, ...executors]) {
    if (!name.includes(only)) continue;
    const file = goldenFile(version, name);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, goldenText(await take()));
    console.log(`Recorded ${version}: ${name}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { version: { type: 'string' }, 'spark-home': { type: 'string' }, only: { type: 'string', default: '' } },
  });
  const version = oracleVersions.find((known) => known === values.version);
  const home = values['spark-home'];
  if (version === undefined || home === undefined) {
    throw new Error(`usage: record.ts --version ${oracleVersions.join('|')} --spark-home FOLDER [--only PART-OF-NAME]`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  const recorder = await startRecorder();
  const submitter = startJava('SubmitMany.java', home, folder);
  const driver = startJava('ExecutorPods.java', home, folder);
  try {
    await record({ version, folder, recorder, submitter, driver }, values.only);
  } finally {
    submitter.stop();
    driver.stop();
    await recorder.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
