import type { SparkApplication } from '../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../api/sparkpoddefaults.ts';
import { selectPodDefaults } from '../spark/pod-defaults/select.ts';
import type { KubeClient } from '../kube/client.ts';
import type { Logger } from '../kube/log.ts';
import type { Watching } from '../kube/program.ts';
import type { ReflectorMeter } from '../kube/reflector-meter.ts';
import type { ControllerConfig } from './config.ts';
import { jobNamespaces, type JobNamespaces } from './namespaces/job-namespaces.ts';
import { watchSchedules, type ScheduleWatch } from './scheduledsparkapplication/watch-schedules.ts';
import { watchPodDefaults, type PodDefaultsWatch } from './sparkpoddefaults/watch-pod-defaults.ts';

export interface SiteOptions {
  readonly client: KubeClient;
  readonly config: ControllerConfig;
  readonly log: Logger;
  readonly meterOf: (resource: string) => ReflectorMeter;
}

/** What the site says of its namespaces, of the pods in them and of schedules; from watches, so reading costs nothing. */
export interface Site extends Watching {
  readonly namespaces: JobNamespaces;
  /** Undefined when defaults are turned off. */
  readonly podDefaults: PodDefaultsWatch | undefined;
  readonly schedules: ScheduleWatch;
  /**
   * The defaults that an application gets, in order of precedence. What is known at the time of the call counts; the
   * selection is made when the answer is called, which most passes never do.
   */
  defaultsOf(app: SparkApplication): () => readonly SparkPodDefaults[];
  settled(): boolean;
}

/** Wires the watches of namespaces and SparkPodDefaults; nothing happens before `run`. */
export function site({ client, config, log, meterOf }: SiteOptions): Site {
  const { namespaces: list, namespaceSelector: selector, operatorNamespace } = config;
  const namespaces = jobNamespaces({ client, namespaces: list, selector, log, meterOf });
  const podDefaults = config.enablePodDefaults
    ? watchPodDefaults({ client, namespaces: list, operatorNamespace, log, meterOf })
    : undefined;
  const schedules = watchSchedules({ client, namespaces: list, log, meterOf });
  const parts = [namespaces, schedules, ...(podDefaults === undefined ? [] : [podDefaults])];
  return {
    namespaces,
    podDefaults,
    schedules,
    defaultsOf: ({ metadata: { namespace, labels = {} } }) => {
      const all = podDefaults?.all() ?? [];
      if (all.length === 0) return () => all;
      const namespaceLabels = namespaces.labelsOf(namespace);
      const subject = { namespace, namespaceLabels, labels, operatorNamespace: operatorNamespace ?? '' };
      return () => selectPodDefaults(all, subject);
    },
    settled: () => parts.every((part) => part.settled()),
    whenSynced: async (stop) => {
      await Promise.all(parts.map((part) => part.whenSettled(stop)));
    },
    run: async (stop) => {
      await Promise.all(parts.map((part) => part.run(stop)));
    },
  };
}
