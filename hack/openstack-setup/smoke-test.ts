import { API_VERSION, SPARK_APPLICATION_KIND } from '../../api/group.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import { resources } from '../../kube/resources.ts';
import type { Kubernetes } from '../../openstack/cli.ts';
import type { SetupRequest } from './arguments.ts';

const NAME = 'pi';
const TIMEOUT_MS = 10 * 60_000;
const POLL_MS = 2000;

/** What the smoke test waits with. */
export interface SmokeWorld {
  readonly kubernetes: Kubernetes;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly interrupted: AbortSignal;
}

/** Computes Pi on the cluster. @throws Error with the state and message of an application that does not complete in time */
export async function smokeTest(world: SmokeWorld, { jobNamespace, image }: SetupRequest): Promise<void> {
  const { client } = world.kubernetes;
  const ref = { namespace: jobNamespace, name: NAME };
  await client.create<object>({ ...resources.sparkApplications, wire: {} }, application(ref, image));
  const end = world.now() + TIMEOUT_MS;
  for (;;) {
    const app = await client.get(resources.sparkApplications, ref);
    const state = app.status?.applicationState?.state ?? '';
    if (state === 'COMPLETED') return;
    const told = `${jobNamespace}/${NAME} ${storyOf(app)}`;
    if (isTerminal(state)) throw new Error(`The smoke test failed: ${told}`);
    if (world.interrupted.aborted) throw new Error('Interrupted');
    if (world.now() >= end) throw new Error(`The smoke test did not end within 10 min: ${told}`);
    await world.sleep(POLL_MS);
  }
}

const storyOf = ({ status }: SparkApplication): string => {
  const { state = '', errorMessage = '' } = status?.applicationState ?? {};
  return `is ${state === '' ? 'new' : state}${errorMessage === '' ? '' : `: ${errorMessage}`}`;
};

const application = (
  metadata: { readonly namespace: string; readonly name: string },
  image: string,
): Omit<SparkApplication, 'metadata'> & { readonly metadata: object } => ({
  apiVersion: API_VERSION,
  kind: SPARK_APPLICATION_KIND,
  metadata,
  spec: {
    type: 'Python',
    mode: 'cluster',
    image,
    imagePullPolicy: 'IfNotPresent',
    sparkVersion: '4.0.1',
    mainApplicationFile: 'local:///opt/spark/examples/src/main/python/pi.py',
    arguments: ['2'],
    restartPolicy: { type: 'Never' },
    driver: { cores: 1, coreRequest: '100m', memory: '512m', serviceAccount: 'spark-operator-spark' },
    executor: { cores: 1, coreRequest: '100m', memory: '512m', instances: 1 },
  },
});
