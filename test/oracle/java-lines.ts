import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Java program that answers every line on its standard input with one on its standard output. */
export interface JavaLines {
  /** The first line of the answer that `isAnswer` accepts: Spark logs to the standard output at times. */
  readonly ask: (line: string, isAnswer: (line: string) => boolean) => Promise<string>;
  readonly stop: () => void;
}

/** Variables that would leak from this machine into the submission: reading them is Spark's habit. */
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

/** Runs a program of this folder with the jars of `home`; `folder` is its home and working folder. */
export function startJava(program: string, home: string, folder: string): JavaLines {
  const java = spawn(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      ...opened.map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
      '-Duser.timezone=UTC',
      '-Dfile.encoding=UTF-8',
      '-cp',
      join(home, 'jars/*'),
      join(import.meta.dirname, program),
    ],
    { cwd: folder, env: environment(home, folder), stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const lines = createInterface({ input: java.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (question, isAnswer) => {
      java.stdin.write(`${question}\n`);
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
        if (isAnswer(line.value)) return line.value;
      }
      throw new Error(`${program} ended without an answer`);
    },
    stop: () => {
      java.stdin.end();
      java.kill();
    },
  };
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
