import type { Container, ContainerPort, EnvVar, Pod, Volume, VolumeMount } from '../../../api/kubernetes.ts';
import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { SparkFeatures } from '../features.ts';
import type { Language } from '../main-application.ts';
import type { SubmissionNames } from '../names.ts';
import type { PlannedResource } from '../planned-resource.ts';
import type { SparkConf } from '../spark-conf.ts';

/** What every step of building the driver may read. */
export interface DriverContext {
  readonly app: SparkApplication;
  readonly conf: SparkConf;
  readonly features: SparkFeatures;
  /** For the label; undefined when nothing tells it. */
  readonly sparkVersion: string | undefined;
  readonly names: SubmissionNames;
  readonly language: Language;
  readonly sparkApplicationId: string;
  /** The pod that Spark starts executors from. */
  readonly executorTemplate: Pod;
}

/** The driver while it is built: Spark's container is apart from the pod until the end. */
export interface DriverDraft {
  readonly pod: Pod;
  readonly container: Container;
  /** Properties that the steps add to, or override in, spark.properties. */
  readonly properties: Readonly<Record<string, string>>;
  readonly resources: readonly PlannedResource[];
}

/** One step, named as Spark's feature steps are. Later steps see what earlier ones did. */
export type DriverStep = (draft: DriverDraft, context: DriverContext) => DriverDraft;

/** Appends variables to the Spark container. */
export const withEnv = (draft: DriverDraft, env: readonly EnvVar[]): DriverDraft => ({
  ...draft,
  container: { ...draft.container, env: [...(draft.container.env ?? []), ...env] },
});

/** Appends ports to the Spark container. */
export const withPorts = (draft: DriverDraft, ports: readonly ContainerPort[]): DriverDraft => ({
  ...draft,
  container: { ...draft.container, ports: [...(draft.container.ports ?? []), ...ports] },
});

/** Appends arguments to those of the template. */
export const withArgs = (draft: DriverDraft, args: readonly string[]): DriverDraft => ({
  ...draft,
  container: { ...draft.container, args: [...(draft.container.args ?? []), ...args] },
});

/** Appends a volume to the pod and its mount to the Spark container. */
export const withVolume = (draft: DriverDraft, volume: Volume, mount: Omit<VolumeMount, 'name'>): DriverDraft => ({
  ...draft,
  pod: {
    ...draft.pod,
    spec: {
      ...draft.pod.spec,
      containers: draft.pod.spec?.containers ?? [],
      volumes: [...(draft.pod.spec?.volumes ?? []), volume],
    },
  },
  container: {
    ...draft.container,
    volumeMounts: [...(draft.container.volumeMounts ?? []), { name: volume.name, ...mount }],
  },
});

/** Adds or overrides properties. */
export const withProperties = (draft: DriverDraft, properties: Readonly<Record<string, string>>): DriverDraft => ({
  ...draft,
  properties: { ...draft.properties, ...properties },
});

/** Adds an object that must exist before the pod. */
export const withResource = (draft: DriverDraft, resource: PlannedResource): DriverDraft => ({
  ...draft,
  resources: [...draft.resources, resource],
});

/** Adds a ConfigMap that nobody may edit, as Spark makes those of the driver. */
export const withImmutableConfigMap = (
  draft: DriverDraft,
  { app }: Pick<DriverContext, 'app'>,
  name: string,
  data: Readonly<Record<string, string>>,
): DriverDraft =>
  withResource(draft, {
    resource: 'configmaps',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: app.metadata.namespace },
      immutable: true,
      data,
    },
  });
