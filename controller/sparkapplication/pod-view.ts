import type { Container, ContainerStatus, Pod } from '../../api/kubernetes.ts';
import {
  LABEL_APP_NAME,
  LABEL_SPARK_APP_SELECTOR,
  LABEL_SPARK_EXEC_ID,
  LABEL_SPARK_ROLE,
  LABEL_SUBMISSION_ID,
  ROLE_DRIVER,
} from '../../api/labels.ts';
import { given } from './given.ts';
import { lastWords } from './last-words.ts';

/** The dozen fields of a pod that decisions read; the rest is dropped on arrival, so that 60,000 pods fit in memory. */
export interface PodView {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Name of the application, from the label. */
  readonly app: string;
  readonly submissionId: string;
  readonly role: string;
  /** Spark's application id. */
  readonly sparkAppId: string;
  /** Spark's executor number; '' for a driver. */
  readonly executorId: string;
  readonly phase: string;
  /** Whether somebody asked for its deletion. */
  readonly deleting: boolean;
  /** Why the pod as a whole ended, such as Evicted. */
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string;
  /** When a kubelet took the pod (RFC 3339). */
  readonly startTime?: string;
  /** Reason of the DisruptionTarget condition: the cluster, not the application, ended the pod. */
  readonly disruption?: string;
  /** What the scheduler says while it finds no node. */
  readonly unschedulable?: string;
  /** State of the Spark container; absent until a kubelet reports. */
  readonly container?: ContainerView;
  /** Image of the Spark container of a driver. */
  readonly image?: string;
}

/** State of one container. */
export type ContainerView =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly kind: 'running'; readonly startedAt?: string }
  | {
      readonly kind: 'terminated';
      readonly exitCode: number;
      readonly reason: string;
      readonly message: string;
      readonly finishedAt?: string;
    };

const SPARK_CONTAINER: Readonly<Record<string, string>> = {
  driver: 'spark-kubernetes-driver',
  executor: 'spark-kubernetes-executor',
};

const text = (value: string | undefined): string => value ?? '';

const words = (value: string | undefined): string | undefined => (value === undefined ? undefined : lastWords(value));

/** A pod as decisions see it. */
export function podView(pod: Pod): PodView {
  const labels = labelReader(pod);
  const role = labels(LABEL_SPARK_ROLE);
  const container = sparkContainer(pod, role);
  return {
    ...identityOf(pod),
    app: labels(LABEL_APP_NAME),
    submissionId: labels(LABEL_SUBMISSION_ID),
    role,
    sparkAppId: labels(LABEL_SPARK_APP_SELECTOR),
    executorId: labels(LABEL_SPARK_EXEC_ID),
    ...phaseOf(pod),
    ...conditionsOf(pod),
    ...given({ container: shownContainer(pod, container), image: role === ROLE_DRIVER ? container?.image : undefined }),
  };
}

function labelReader({ metadata }: Pod): (label: string) => string {
  const labels = metadata?.labels;
  return (label) => text(labels?.[label]);
}

function identityOf({ metadata }: Pod): Pick<PodView, 'uid' | 'namespace' | 'name' | 'deleting'> {
  return {
    uid: text(metadata?.uid),
    namespace: text(metadata?.namespace),
    name: text(metadata?.name),
    deleting: metadata?.deletionTimestamp !== undefined,
  };
}

type Phase = Pick<PodView, 'phase' | 'reason' | 'message' | 'node' | 'startTime'>;

function phaseOf({ status, spec }: Pod): Phase {
  return {
    phase: text(status?.phase),
    ...given({
      reason: status?.reason,
      message: words(status?.message),
      node: spec?.nodeName,
      startTime: status?.startTime,
    }),
  };
}

/** What scheduler and cluster say of the pod. */
function conditionsOf({ status }: Pod): Pick<PodView, 'disruption' | 'unschedulable'> {
  const holds = (type: string, value: string) =>
    status?.conditions?.find((condition) => condition.type === type && condition.status === value);
  const disruption = holds('DisruptionTarget', 'True');
  const unscheduled = holds('PodScheduled', 'False');
  return given({
    disruption: disruption === undefined ? undefined : text(disruption.reason),
    unschedulable: unscheduled?.reason === 'Unschedulable' ? words(text(unscheduled.message)) : undefined,
  });
}

/** Init containers come first: while one of them cannot start, the Spark container only says PodInitializing. */
function shownContainer({ status }: Pod, container: Container | undefined): ContainerView | undefined {
  const own = status?.containerStatuses?.find(({ name }) => name === container?.name);
  const isWaiting = own?.state?.waiting !== undefined;
  const stuck = isWaiting ? status?.initContainerStatuses?.find(isStuck) : undefined;
  const shown = stuck ?? own;
  return shown === undefined ? undefined : containerView(shown);
}

const isStuck = ({ state }: ContainerStatus): boolean =>
  state?.waiting?.reason !== undefined && state.waiting.reason !== 'PodInitializing';

/**
 * The container Spark runs in: by Spark's name; else the one whose first argument is the role, as Spark's builder leaves it
 * in a template's container that has a name of its own; else the last, where spark-submit puts its container.
 */
function sparkContainer({ spec }: Pod, role: string): Container | undefined {
  const containers = spec?.containers ?? [];
  return (
    containers.find(({ name }) => name === SPARK_CONTAINER[role]) ??
    containers.find(({ args }) => args?.[0] === role) ??
    containers.at(-1)
  );
}

type State = NonNullable<ContainerStatus['state']>;

function containerView({ state = {} }: ContainerStatus): ContainerView | undefined {
  if (state.terminated !== undefined) return terminatedView(state.terminated);
  if (state.running !== undefined) return { kind: 'running', ...given({ startedAt: state.running.startedAt }) };
  if (state.waiting === undefined) return undefined;
  return { kind: 'waiting', reason: text(state.waiting.reason), message: lastWords(text(state.waiting.message)) };
}

const terminatedView = ({
  exitCode,
  reason,
  message,
  finishedAt,
}: NonNullable<State['terminated']>): ContainerView => ({
  kind: 'terminated',
  exitCode,
  reason: text(reason),
  message: lastWords(text(message)),
  ...given({ finishedAt }),
});
