import { driverPodName, MAX_LABEL_LENGTH } from '../../api/names.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { rolePods, when, type Check } from './check.ts';
import type { Finding } from './violation.ts';

const label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME_LENGTH = 253;

/** The name of an application is a label on its pods and begins the names of its Services (DNS-1035 label, as kubeflow). */
export const nameNotLabel: Check = ({ metadata: { name } }) =>
  when(
    !(name.length <= MAX_LABEL_LENGTH && label.test(name)),
    'metadata.name',
    name.length > MAX_LABEL_LENGTH
      ? `has ${name.length} characters, ${MAX_LABEL_LENGTH} at most are possible: it becomes a label of the pods`
      : `"${name}" must be lower-case letters, digits and dashes and start with a letter: it becomes the name of a Service`,
  );

/** A driver pod that the API server would refuse. */
export const driverPodNameInvalid: Check = (app) => {
  const name = driverPodName(app);
  const isSaid = name !== `${app.metadata.name}-driver`;
  return when(
    isSaid && !isName(name),
    (app.spec.driver?.podName ?? '') === ''
      ? 'spec.sparkConf["spark.kubernetes.driver.pod.name"]'
      : 'spec.driver.podName',
    `"${name}" is not a name of a pod: use lower-case letters, digits, dashes and dots, at most ${MAX_NAME_LENGTH}`,
  );
};

/** Names of ConfigMaps, Secrets and the like that no such object can have. */
export const referenceNotName: Check = (app) =>
  references(app).flatMap(({ field, name }) =>
    when(
      !isName(name),
      field,
      name === ''
        ? 'is empty: give a name or leave it out'
        : `"${name}" cannot be the name of an object: use lower-case letters, digits, dashes and dots`,
    ),
  );

const isName = (name: string): boolean => name.length <= MAX_NAME_LENGTH && subdomain.test(name);

interface Reference {
  readonly field: Finding['field'];
  readonly name: string;
}

function references({ spec }: SparkApplication): readonly Reference[] {
  const pods = rolePods(spec).flatMap(({ path, pod }) => [
    ...(pod.configMaps ?? []).map(({ name }, index) => ({ field: `${path}.configMaps[${index}].name`, name })),
    ...(pod.secrets ?? []).map(({ name }, index) => ({ field: `${path}.secrets[${index}].name`, name })),
    ...said(`${path}.serviceAccount`, pod.serviceAccount),
    ...said(`${path}.priorityClassName`, pod.priorityClassName),
  ]);
  return [
    ...said('spec.sparkConfigMap', spec.sparkConfigMap),
    ...said('spec.hadoopConfigMap', spec.hadoopConfigMap),
    ...(spec.imagePullSecrets ?? []).map((name, index) => ({ field: `spec.imagePullSecrets[${index}]`, name })),
    ...pods,
  ];
}

const said = (field: string, name: string | undefined): readonly Reference[] =>
  name === undefined ? [] : [{ field, name }];
