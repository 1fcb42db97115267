import type { Pod, Service } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { NativePlan } from '../submission/plan.ts';
import type { PlannedResource } from '../submission/planned-resource.ts';
import { ON_DEMAND } from '../submission/driver/volumes.ts';
import { volumeSpecs } from '../submission/driver/spark-volumes.ts';
import type { SparkConf } from '../submission/spark-conf.ts';
import { uiService } from '../ui/service.ts';
import { multiplied, sumOf, type Amounts } from './amounts.ts';
import { executorCounts, plannedExecutor } from './executor-pod.ts';
import { isOn, plannedConf } from './plan-conf.ts';
import { podAmounts, storageAmounts } from './pod-amounts.ts';

/** Pods of one shape. */
export interface PlannedPods {
  readonly pod: Pod;
  /** At the start of the application. */
  readonly first: number;
  /** When it has grown as far as it may; undefined when nothing bounds it. */
  readonly most: number | undefined;
}

/** The driver, and the executors as Spark will make them. */
export function plannedPods(plan: NativePlan, app: SparkApplication): readonly PlannedPods[] {
  return [
    { pod: plan.driverPod, first: 1, most: 1 },
    { pod: plannedExecutor(plan, app), ...executorCounts(plannedConf(plan)) },
  ];
}

/**
 * What an application takes from the quotas of its namespace when it starts: driver, executors (as many as it begins with)
 * and the objects beside them. `app` is the application that was planned.
 */
export const requiredResources = (plan: NativePlan, app: SparkApplication): Amounts =>
  sumOf([
    objectAmounts(plan, app),
    ...plannedPods(plan, app).map(({ pod, first }) => multiplied(podAmounts(pod), first)),
  ]);

/** What the objects beside the pods count for: those of the plan, and those that the operator and Spark's driver make. */
export function objectAmounts(plan: NativePlan, app: SparkApplication): Amounts {
  const conf = plannedConf(plan);
  return sumOf([
    ...plan.resources.map(amountsOfResource),
    serviceAmounts(uiService(app, '')),
    // Spark's driver makes one with the executors' configuration (KubernetesClusterSchedulerBackend).
    isOn(conf, 'spark.kubernetes.executor.disableConfigMap') ? {} : counted('configmaps'),
    multiplied(executorClaims(conf), executorCounts(conf).first),
  ]);
}

const counted = (resource: string): Amounts => ({ [resource]: 1, [`count/${resource}`]: 1 });

function amountsOfResource(planned: PlannedResource): Amounts {
  switch (planned.resource) {
    case 'services':
      return serviceAmounts(planned.object);
    case 'persistentvolumeclaims': {
      const { storageClassName, resources } = planned.object.spec ?? {};
      return storageAmounts(storageClassName, resources?.requests?.['storage']);
    }
    case 'configmaps':
    case 'secrets':
      return counted(planned.resource);
  }
}

/** A load balancer has node ports, too. */
function serviceAmounts({ spec }: Service): Amounts {
  const type = spec?.type ?? 'ClusterIP';
  const nodePorts = type === 'ClusterIP' ? {} : { 'services.nodeports': spec?.ports?.length ?? 0 };
  return { ...counted('services'), ...nodePorts, ...(type === 'LoadBalancer' ? { 'services.loadbalancers': 1 } : {}) };
}

/** Claims that Spark's driver makes for each executor. */
const executorClaims = (conf: SparkConf): Amounts =>
  sumOf(
    volumeSpecs(conf, 'spark.kubernetes.executor.volumes.')
      .filter(({ type, settings }) => type === 'persistentVolumeClaim' && settings['options.claimName'] === ON_DEMAND)
      .map(({ settings }) => storageAmounts(settings['options.storageClass'], settings['options.sizeLimit'])),
  );
