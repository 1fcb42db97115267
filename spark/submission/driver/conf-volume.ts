import { propertiesDate, propertiesText } from '../properties-text.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { sparkConf } from '../spark-conf.ts';
import { CONF_DIRECTORY } from './command.ts';
import { withEnv, withImmutableConfigMap, withVolume } from './driver-draft.ts';
import type { DriverStep } from './driver-draft.ts';

const FILE = 'spark.properties';

/** 0644: everybody may read. */
const FILE_MODE = 0o644;

/** Spark keeps tokens of the API server out of the ConfigMap, and nothing else (DriverKubernetesCredentialsFeatureStep). */
const withoutToken = ([key, value]: ConfEntry): ConfEntry => [
  key,
  key.endsWith('oauthToken') ? '<present_but_redacted>' : value,
];

/** The ConfigMap with all properties, those of the steps before included, and its mount. Always the last step (KubernetesDriverBuilder). */
export const confVolumeStep: DriverStep = (draft, { app, conf, names }) => {
  const name = names.driverConfigMap;
  const properties = sparkConf([...conf.entries(), ...Object.entries(draft.properties)])
    .entries()
    .map(withoutToken);
  const comments = [
    `Java properties built from Kubernetes config map with name: ${name}`,
    propertiesDate(Number(conf.raw('spark.app.submitTime'))),
  ];
  const stored = withImmutableConfigMap(draft, { app }, name, {
    'spark.kubernetes.namespace': app.metadata.namespace,
    [FILE]: propertiesText(properties, comments),
  });
  return withVolume(
    withEnv(stored, [{ name: 'SPARK_CONF_DIR', value: CONF_DIRECTORY }]),
    {
      name: 'spark-conf-volume-driver',
      configMap: { name, items: [{ key: FILE, path: FILE, mode: FILE_MODE }] },
    },
    { mountPath: CONF_DIRECTORY },
  );
};
