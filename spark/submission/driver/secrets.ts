import { withEnv, withVolume } from './driver-draft.ts';
import type { DriverDraft, DriverStep } from './driver-draft.ts';

/** Secrets as files: `spark.kubernetes.driver.secrets.<name>=<path>` (MountSecretsFeatureStep). */
export const mountSecretsStep: DriverStep = (draft, { conf }) =>
  conf
    .withPrefix('spark.kubernetes.driver.secrets.')
    .reduce<DriverDraft>(
      (mounted, [secretName, mountPath]) =>
        withVolume(mounted, { name: `${secretName}-volume`, secret: { secretName } }, { mountPath }),
      draft,
    );

/** Secrets as variables: `spark.kubernetes.driver.secretKeyRef.<ENV>=<secret>:<key>` (EnvSecretsFeatureStep). */
export const envSecretsStep: DriverStep = (draft, { conf }) =>
  withEnv(
    draft,
    conf.withPrefix('spark.kubernetes.driver.secretKeyRef.').map(([env, reference]) => {
      const [name = '', key = ''] = reference.split(':');
      return { name: env, valueFrom: { secretKeyRef: { name, key } } };
    }),
  );
