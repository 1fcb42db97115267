import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { setAffinity } from './affinity.ts';
import { addConfigMaps } from './config-maps.ts';
import { setDnsConfig } from './dns-config.ts';
import { addEnvFrom } from './env-from.ts';
import { addEnv } from './env.ts';
import { setGpu } from './gpu.ts';
import { addHadoopConfigMap } from './hadoop-config-map.ts';
import { addHostAliases } from './host-aliases.ts';
import { setHostNetwork } from './host-network.ts';
import { addInitContainers } from './init-containers.ts';
import { setLifecycle } from './lifecycle.ts';
import { setMemoryLimit } from './memory-limit.ts';
import type { Mutator, PodRole } from './mutator.ts';
import { addNodeSelector } from './node-selector.ts';
import { addOwner } from './owner.ts';
import { setPodSecurityContext } from './pod-security-context.ts';
import { addPorts } from './ports.ts';
import { setPriorityClass } from './priority-class.ts';
import { addPrometheus } from './prometheus.ts';
import { setScheduler } from './scheduler.ts';
import { setSecurityContext } from './security-context.ts';
import { setShareProcessNamespace } from './share-process-namespace.ts';
import { addSidecars } from './sidecars.ts';
import { addSparkConfigMap } from './spark-config-map.ts';
import { setTerminationGracePeriod } from './termination-grace-period.ts';
import { addTolerations } from './tolerations.ts';
import { addVolumes } from './volumes.ts';

/** Applied top to bottom; each sees what the ones above it did. The order is that of kubeflow's webhook. */
export const mutators: readonly Mutator[] = [
  addOwner,
  addEnv,
  addEnvFrom,
  addHadoopConfigMap,
  addSparkConfigMap,
  addConfigMaps,
  addVolumes,
  addPorts,
  setHostNetwork,
  addHostAliases,
  addInitContainers,
  addSidecars,
  setDnsConfig,
  setPriorityClass,
  setScheduler,
  addNodeSelector,
  setAffinity,
  addTolerations,
  setMemoryLimit,
  setGpu,
  addPrometheus,
  setSecurityContext,
  setPodSecurityContext,
  setTerminationGracePeriod,
  setLifecycle,
  setShareProcessNamespace,
];

/**
 * Lays the typed fields of the application over a pod of one role: the driver pod as planned, the executors' template, or a
 * pod at admission. Applying it again changes nothing.
 */
export function mutatePod(pod: Pod, role: PodRole, app: SparkApplication): Pod {
  const fields = (role === 'driver' ? app.spec.driver : app.spec.executor) ?? {};
  return mutators.reduce((mutated, mutate) => mutate(mutated, { app, role, fields }), pod);
}
