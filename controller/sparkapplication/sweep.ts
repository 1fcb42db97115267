import type { Service } from '../../api/kubernetes.ts';
import { LABEL_APP_NAME, LABEL_SUBMISSION_ID, ROLE_DRIVER } from '../../api/labels.ts';
import { driverPodName, uiServiceName } from '../../api/names.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient, ListOptions } from '../../kube/client.ts';
import type { Logger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';
import type { WorkQueue } from '../../kube/workqueue.ts';
import type { Memories } from './memory.ts';
import type { PodView } from './pod-view.ts';
import { stateOf } from './rows/next.ts';
import type { Stores } from './stores.ts';

export interface SweepOptions {
  readonly client: KubeClient;
  readonly stores: Stores;
  readonly memories: Memories;
  readonly queue: WorkQueue;
  /** Namespaces to look in; empty = all. */
  readonly namespaces: readonly string[];
  readonly log: Logger;
}

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED']);

/**
 * Looks once, at the start, for what is left of attempts whose driver pod somebody deleted while no controller ran: the watch
 * never told of it. What is found is remembered as if it had, and its application looked at again: the decision to delete is
 * taken there, on a live reading. Services stand for all: each attempt has one of its own, and they are small. Never fails: what
 * could not be listed stays until its application is deleted.
 */
export async function sweep(options: SweepOptions, stop: AbortSignal): Promise<void> {
  const { namespaces, log } = options;
  const scopes = namespaces.length === 0 ? [{}] : namespaces.map((namespace) => ({ namespace }));
  try {
    for (const scope of scopes)
      await sweepScope(options, { ...scope, labelSelector: LABEL_SUBMISSION_ID, signal: stop });
  } catch (err) {
    if (!stop.aborted) log.warn({ err }, 'Could not look for what is left of deleted drivers');
  }
}

async function sweepScope({ client, stores, memories, queue }: SweepOptions, selection: ListOptions): Promise<void> {
  for await (const { items } of client.pages(resources.services, selection)) {
    for (const driver of items.flatMap((service) => goneDriver(service, stores))) {
      const key = `${driver.namespace}/${driver.app}`;
      memories.of(key).goneDriver ??= driver;
      queue.add(key, 'low');
    }
  }
}

/** The driver that a Service was made for, when its application has ended and the driver is gone. */
function goneDriver(service: Service, stores: Stores): readonly PodView[] {
  const submissionId = labelOf(service, LABEL_SUBMISSION_ID);
  const key = `${service.metadata?.namespace ?? ''}/${labelOf(service, LABEL_APP_NAME)}`;
  const app = stores.app(key);
  // The Service of the UI belongs to the application and stays.
  if (app === undefined || service.metadata?.name === uiServiceName(app) || !hasEnded(app, submissionId)) return [];
  const isThere = stores.pods(key).some((pod) => pod.role === ROLE_DRIVER && pod.submissionId === submissionId);
  const { namespace, name } = app.metadata;
  return isThere ? [] : [{ ...GONE, namespace, name: driverPodName(app), app: name, submissionId }];
}

const labelOf = ({ metadata }: Service, label: string): string => metadata?.labels?.[label] ?? '';

const hasEnded = ({ status = {} }: SparkApplication, submissionId: string): boolean =>
  status.submissionID === submissionId && ENDED.has(stateOf(status));

/** All that is known of a driver that nobody saw. */
const GONE = { uid: '', role: ROLE_DRIVER, sparkAppId: '', executorId: '', phase: 'Unknown', deleting: true } as const;
