import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Real spark-submit of one version, kept running. */
export interface Submitter {
  /** Submits; the answer is undefined when all went well, else what spark-submit said. */
  readonly submit: (args: readonly string[]) => Promise<string | undefined>;
  readonly stop: () => void;
}

/** Variables that would leak from this machine into the submission: reading them is spark-submit's habit. */
const leaking = [
  'SPARK_USER',
  'SPARK_LOCAL_DIRS',
  'HADOOP_CONF_DIR',
  'SPARK_CONF_DIR',
  'PYSPARK_PYTHON',
  'PYSPARK_DRIVER_PYTHON',
];

/** Packages that Spark's launcher opens on Java 17. */
const opened = ['lang', 'lang.invoke', 'lang.reflect', 'io', 'net', 'nio', 'util', 'util.concurrent'];

/** Starts it with `home` as SPARK_HOME, `folder` as its home and working folder. */
export function startSubmitter(home: string, folder: string): Submitter {
  const java = spawn(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      ...opened.map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
      '-Duser.timezone=UTC',
      '-Dfile.encoding=UTF-8',
      '-cp',
      join(home, 'jars/*'),
      join(import.meta.dirname, 'SubmitMany.java'),
    ],
    { cwd: folder, env: environment(home, folder), stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const lines = createInterface({ input: java.stdout })[Symbol.asyncIterator]();
  return {
    submit: async (args) => {
      const file = join(folder, 'arguments');
      await writeFile(file, args.join('\0'));
      java.stdin.write(`${file}\n`);
      return answer(lines);
    },
    stop: () => {
      java.stdin.end();
      java.kill();
    },
  };
}

/** Spark logs to the standard output at times: only two kinds of lines are answers. */
async function answer(lines: AsyncIterator<string>): Promise<string | undefined> {
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    if (line.value === 'submitted') return undefined;
    if (line.value.startsWith('refused ')) return line.value.slice('refused '.length);
  }
  throw new Error('spark-submit ended without an answer');
}

const environment = (home: string, folder: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !leaking.includes(name))),
  SPARK_HOME: home,
  // Hadoop's name for the user of this process, which SPARK_USER becomes unless a proxy user is named.
  HADOOP_USER_NAME: 'spark',
  HOME: folder,
  KUBECONFIG: '/dev/null',
  KUBERNETES_AUTH_TRYKUBECONFIG: 'false',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
});
