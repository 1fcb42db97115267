import { cpuMillicores } from '../../api/quantity.ts';
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

/** A limit below the request: the API server refuses such a pod. Without coreRequest the request is `cores`. */
export const coreLimitBelowRequest: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { cores, coreRequest, coreLimit } }) => {
    const request = coreRequest ?? (cores === undefined ? undefined : String(cores));
    const [low, high] = [request, coreLimit].map((text) => (text === undefined ? undefined : cpuMillicores(text)));
    return when(
      low !== undefined && high !== undefined && low > high,
      `${path}.coreLimit`,
      `${coreLimit ?? ''} is below the request of ${request ?? ''}: raise it, or lower ${path}.${coreRequest === undefined ? 'cores, or set coreRequest' : 'coreRequest'}`,
    );
  });

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
