import { setTimeout } from 'node:timers/promises';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_SPARK_ROLE, LABEL_SUBMISSION_ID, ROLE_DRIVER } from '../../api/labels.ts';
import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { ApplicationState } from '../../api/states.ts';
import { loadConfig } from '../../controller/config.ts';
import { controller } from '../../controller/controller.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { kubeClient, type KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { loadKubeconfig } from '../../kube/kubeconfig.ts';
import { silentLogger } from '../../kube/log.ts';
import { createMetrics, type Metrics } from '../../kube/metrics.ts';
import { resources } from '../../kube/resources.ts';
import { createTransport, type Transport } from '../../kube/transport.ts';
import { anApp } from '../builders.ts';
import { BEHAVIOUR_ANNOTATION, type Behaviour } from '../fake-kubelet/behaviour.ts';
import { applyCrds } from '../operator/apply-crds.ts';
import { startFakeKubelet, type FakeKubelet } from '../fake-kubelet/fake-kubelet.ts';

/** A real API server with a fake kubelet, for tests of the controller. */
export interface Cluster {
  readonly client: KubeClient;
  /** A new namespace with the service account that the applications use. */
  namespace(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts what all tests of a file share. */
export async function startCluster(name: string): Promise<Cluster> {
  const plane: ControlPlane = await startControlPlane({ name });
  await applyCrds(plane.kubeconfig);
  const transport: Transport = createTransport(await loadKubeconfig({ path: plane.kubeconfig }));
  const client = kubeClient(transport);
  const kubelet: FakeKubelet = await startFakeKubelet({ client, behaviour: { startMs: 5, runMs: 200, executors: 1 } });
  let namespaces = 0;
  return {
    client,
    namespace: async () => {
      const namespace = `test-${(namespaces += 1)}`;
      await client.create(resources.namespaces, { metadata: { name: namespace } });
      await client.create(resources.serviceaccounts, { metadata: { name: 'spark', namespace } });
      return namespace;
    },
    stop: async () => {
      await kubelet.stop();
      await transport.close();
      await plane.stop();
    },
  };
}

/** A controller inside the test process. */
export interface RunningController {
  readonly metrics: Metrics;
  stop(): Promise<void>;
}

/** Starts a controller for one namespace, with short times; resolves when its caches are synced. */
export async function startController(
  client: KubeClient,
  namespace: string,
  flags: readonly string[] = [],
): Promise<RunningController> {
  const own = [`--namespaces=${namespace}`, '--leader-election=false', '--driver-pod-creation-grace-period=1s'];
  const config = loadConfig([...own, ...flags], {});
  const metrics = createMetrics();
  const program = controller({ config, client, metrics, log: silentLogger() });
  const stop = new AbortController();
  const ended = program.run(stop.signal);
  await until('the caches to be synced', async () => program.synced() || undefined);
  return {
    metrics,
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

/** Asks again and again until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
    await setTimeout(20);
  }
}

/** An application whose driver has this life (see the fake kubelet). */
export function withBehaviour(
  behaviour: Partial<Behaviour>,
  spec: Partial<SparkApplicationSpec> = {},
): Partial<SparkApplicationSpec> {
  const annotations = { [BEHAVIOUR_ANNOTATION]: JSON.stringify(behaviour) };
  return { ...spec, driver: { cores: 1, memory: '512m', serviceAccount: 'spark', ...spec.driver, annotations } };
}

/** The applications of one namespace, as a user handles them. */
export interface Applications {
  create(name: string, spec?: Partial<SparkApplicationSpec>): Promise<SparkApplication>;
  get(name: string): Promise<SparkApplication>;
  /** A JSON merge patch of the object. */
  edit(name: string, patch: object): Promise<SparkApplication>;
  /** Writes a status as another operator would have left it. */
  writeStatus(name: string, status: object): Promise<SparkApplication>;
  delete(name: string): Promise<void>;
  /** Resolves with the application when its status satisfies; the error tells the last status. */
  untilStatus(name: string, what: string, holds: (app: SparkApplication) => boolean): Promise<SparkApplication>;
  untilState(name: string, state: ApplicationState): Promise<SparkApplication>;
  untilGone(name: string): Promise<void>;
}

export function applicationsOf(client: KubeClient, namespace: string): Applications {
  const resource = resources.sparkApplications;
  const get = (name: string): Promise<SparkApplication> => client.get(resource, { namespace, name });
  const untilStatus: Applications['untilStatus'] = async (name, what, holds) => {
    let last: SparkApplication | undefined;
    const ask = async (): Promise<SparkApplication | undefined> => (holds((last = await get(name))) ? last : undefined);
    return until(`${name}: ${what}`, ask).catch((cause: unknown) => {
      throw new Error(`${name} is not yet: ${what}. Its status: ${JSON.stringify(last?.status, undefined, 1)}`, {
        cause,
      });
    });
  };
  return {
    create: (name, spec = {}) => {
      const { apiVersion, kind, spec: full } = anApp({ spec });
      // The API server gives the uid.
      return client.create(resource, {
        apiVersion,
        kind,
        metadata: { namespace, name },
        spec: full,
      } as SparkApplication);
    },
    get,
    edit: (name, patch) => client.patch(resource, { namespace, name }, patch),
    writeStatus: (name, status) => client.patch(resource, { namespace, name }, { status }, { subresource: 'status' }),
    delete: (name) => client.delete(resource, { namespace, name }),
    untilStatus,
    untilState: (name, state) =>
      untilStatus(name, `state ${state}`, ({ status }) => status?.applicationState?.state === state),
    untilGone: async (name) => {
      await until(`${name} to be gone`, async () => {
        try {
          await get(name);
          return undefined;
        } catch (error) {
          if (isNotFound(error)) return true;
          throw error;
        }
      });
    },
  };
}

/** Every driver pod that ever was in a namespace, from a watch of its own. */
export interface DriverRecord {
  /** How many driver pods (by uid) there have been of each submission. */
  bySubmission(): ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Watches from now on. */
export async function recordDrivers(client: KubeClient, namespace: string): Promise<DriverRecord> {
  const labelSelector = `${LABEL_SPARK_ROLE}=${ROLE_DRIVER}`;
  const { resourceVersion } = await client.list(resources.pods, { namespace, labelSelector });
  const uids = new Map<string, string>();
  const stop = new AbortController();
  const take = ({ metadata }: Pod): void =>
    void uids.set(metadata?.uid ?? '', metadata?.labels?.[LABEL_SUBMISSION_ID] ?? '');
  const watching = client
    .watch(resources.pods, { namespace, labelSelector, resourceVersion, signal: stop.signal }, ({ type, object }) => {
      if (type === 'ADDED') take(object);
    })
    .catch(() => undefined);
  return {
    bySubmission: () => {
      const counts = new Map<string, number>();
      for (const submission of uids.values()) counts.set(submission, (counts.get(submission) ?? 0) + 1);
      return counts;
    },
    stop: async () => {
      stop.abort();
      await watching;
    },
  };
}
