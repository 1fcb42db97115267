import { rolePods, when, type Check } from './check.ts';

/** Kubernetes takes any printable ASCII but = (RelaxedEnvironmentVariableValidation). */
const envName = /^[\x20-\x3c\x3e-\x7e]+$/;

/** Environment variables without a possible name. */
export const envNameInvalid: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { env = [], envVars = {}, envSecretKeyRefs = {} } }) =>
    [
      ...env.map(({ name }, index) => ({ field: `${path}.env[${index}].name`, name })),
      ...Object.keys(envVars).map((name) => ({ field: `${path}.envVars["${name}"]`, name })),
      ...Object.keys(envSecretKeyRefs).map((name) => ({ field: `${path}.envSecretKeyRefs["${name}"]`, name })),
    ].flatMap(({ field, name }) =>
      when(!envName.test(name), field, `"${name}" is not a name of an environment variable: use letters, digits and _`),
    ),
  );

/** A value from two places at once: the API server refuses the pod. */
export const envValueTwice: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { env = [] } }) =>
    env.flatMap(({ value, valueFrom }, index) =>
      when(
        (value ?? '') !== '' && valueFrom !== undefined,
        `${path}.env[${index}]`,
        'has both value and valueFrom: keep one of them',
      ),
    ),
  );
