import { basicStep } from './basic.ts';
import { commandStep } from './command.ts';
import { confVolumeStep } from './conf-volume.ts';
import type { DriverContext, DriverDraft, DriverStep } from './driver-draft.ts';
import { executorTemplateStep } from './executor-template.ts';
import { hadoopConfStep } from './hadoop.ts';
import { kerberosStep } from './kerberos.ts';
import { localDirsStep } from './local-dirs.ts';
import { metricsConfigMapStep } from './metrics-config-map.ts';
import { envSecretsStep, mountSecretsStep } from './secrets.ts';
import { serviceStep } from './service.ts';
import { startDraft } from './start-draft.ts';
import { mountVolumesStep } from './volumes.ts';

/**
 * Spark's steps in Spark's order (KubernetesDriverBuilder). Spark 4.2 also makes a NetworkPolicy after the Service; we do
 * not: it would cut scrapers of metrics off from the executors and ask for one more right (spark/README.md).
 */
const steps: readonly DriverStep[] = [
  basicStep,
  serviceStep,
  mountSecretsStep,
  envSecretsStep,
  mountVolumesStep,
  commandStep,
  hadoopConfStep,
  kerberosStep,
  executorTemplateStep,
  metricsConfigMapStep,
  localDirsStep,
  confVolumeStep,
];

/** The driver pod and the objects beside it, as Spark itself would build them; Spark's container comes last. */
export function buildDriver(context: DriverContext): Pick<DriverDraft, 'pod' | 'resources'> {
  const { pod, container, resources } = steps.reduce(
    (draft, step) => step(draft, context),
    startDraft(context.app, context.conf),
  );
  return {
    pod: { ...pod, spec: { ...pod.spec, containers: [...(pod.spec?.containers ?? []), container] } },
    resources,
  };
}
