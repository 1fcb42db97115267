import { cpuMillicores } from '../../api/quantity.ts';
import type { SparkApplicationSpec, SparkPodSpec } from '../../api/sparkapplication.ts';
import { rolePods, when, type Check } from './check.ts';

/** Whole cores, at least one. */
export const coresNotPositive: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { cores } }) =>
    when(
      cores !== undefined && !(Number.isInteger(cores) && cores >= 1),
      `${path}.cores`,
      `must be a whole number of at least 1: for a part of a core leave cores at 1 and set ${path}.coreRequest to "500m"`,
    ),
  );

/** Requests and limits that Kubernetes does not understand. */
export const coreQuantityUnreadable: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod }) =>
    (['coreRequest', 'coreLimit'] as const).flatMap((name) => {
      const text = pod[name];
      const isWrong = text !== undefined && !text.includes('${') && !((cpuMillicores(text) ?? 0) > 0);
      return when(
        isWrong,
        `${path}.${name}`,
        `"${text ?? ''}" is not a number of CPUs: use a Kubernetes quantity such as "1", "500m" or "1.5"`,
      );
    }),
  );

/** A limit below the request: the API server refuses such a pod. */
export const coreLimitBelowRequest: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ role, path, pod }) => {
    const request = requestOf(spec, role, pod);
    const [low = 0, high = Infinity] = [cpuMillicores(request), cpuMillicores(pod.coreLimit ?? '')];
    return when(
      low > high,
      `${path}.coreLimit`,
      `${pod.coreLimit ?? ''} is below the request of ${request}: raise it, or set ${path}.coreRequest to it or less`,
    );
  });

/** What the pod requests: what is said by field or property, else its cores, else one. */
const requestOf = (
  { sparkConf = {} }: SparkApplicationSpec,
  role: string,
  { coreRequest, cores }: SparkPodSpec,
): string =>
  coreRequest ??
  sparkConf[`spark.kubernetes.${role}.request.cores`] ??
  String(cores ?? sparkConf[`spark.${role}.cores`] ?? 1);

/** A GPU without a name or a number would silently be none. */
export const gpuIncomplete: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { gpu } }) =>
    gpu === undefined
      ? []
      : [
          ...when(gpu.name === '', `${path}.gpu.name`, 'is empty: give the resource name, such as nvidia.com/gpu'),
          ...when(
            !(Number.isInteger(gpu.quantity) && gpu.quantity >= 1),
            `${path}.gpu.quantity`,
            'must be a whole number of at least 1',
          ),
        ],
  );
