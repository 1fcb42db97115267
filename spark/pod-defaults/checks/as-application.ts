import { API_VERSION, SPARK_APPLICATION_KIND } from '../../../api/group.ts';
import type { SparkApplication, SparkPodSpec } from '../../../api/sparkapplication.ts';
import type { SparkPodDefaultsSpec } from '../../../api/sparkpoddefaults.ts';
import { rules } from '../../validation/validate.ts';
import type { Check } from './check.ts';

/** Defaults as the driver or executor of an application that says the same: what is wrong there is wrong here. */
export function asApplication(spec: SparkPodDefaultsSpec, role: 'driver' | 'executor'): SparkApplication {
  const { sparkConf, volumes, volumeMounts, configMaps, secrets = [], env, labels, imagePullSecrets } = spec;
  const pod: SparkPodSpec = {
    ...(volumeMounts === undefined ? {} : { volumeMounts }),
    ...(configMaps === undefined ? {} : { configMaps }),
    secrets: secrets.map((secret) => ({ ...secret, secretType: 'Generic' })),
    ...(env === undefined ? {} : { env }),
    ...(labels === undefined ? {} : { labels }),
  };
  return {
    apiVersion: API_VERSION,
    kind: SPARK_APPLICATION_KIND,
    metadata: { name: 'defaults', namespace: 'defaults', uid: '' },
    spec: {
      mainApplicationFile: '',
      ...(sparkConf === undefined ? {} : { sparkConf }),
      ...(volumes === undefined ? {} : { volumes }),
      ...(imagePullSecrets === undefined ? {} : { imagePullSecrets }),
      [role]: pod,
    },
  };
}

const shared = [
  'ownedKeySet',
  'ownedPrefixSet',
  'credentialSet',
  'referenceNotName',
  'volumeTwice',
  'mountPathInvalid',
  'ownedLabelSet',
  'labelInvalid',
  'envNameInvalid',
  'envValueTwice',
] as const satisfies readonly (keyof typeof rules)[];

/** The rules of applications that are those of defaults as well. */
export const applicationChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  shared.map((rule): [string, Check] => [
    rule,
    (spec) =>
      rules[rule](asApplication(spec, 'driver')).map((finding) => ({
        ...finding,
        field: finding.field.replace('spec.driver.', 'spec.'),
      })),
  ]),
);
