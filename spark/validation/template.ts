import { rolePods, when, type Check } from './check.ts';
import type { Finding } from './violation.ts';

type Fields = Readonly<Record<string, unknown>>;

const podLists = ['containers', 'initContainers', 'volumes', 'tolerations', 'imagePullSecrets', 'hostAliases'] as const;
const containerLists = ['env', 'envFrom', 'ports', 'volumeMounts', 'volumeDevices'] as const;

/**
 * A pod template that is not shaped like a pod. The CRD keeps templates as they come, so nobody has looked into them
 * before; what is wrong deeper down the API server says when it is asked for the pod.
 */
export const templateMisshapen: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { template } }) => {
    if (template === undefined) return [];
    const { metadata, spec: podSpec } = template as Fields;
    const at = `${path}.template`;
    return [
      ...mapFindings(`${at}.metadata.labels`, fieldsOf(metadata)['labels']),
      ...mapFindings(`${at}.metadata.annotations`, fieldsOf(metadata)['annotations']),
      ...mapFindings(`${at}.spec.nodeSelector`, fieldsOf(podSpec)['nodeSelector']),
      ...podLists.flatMap((list) => listFindings(`${at}.spec.${list}`, fieldsOf(podSpec)[list])),
      ...['containers', 'initContainers'].flatMap((list) =>
        itemsOf(fieldsOf(podSpec)[list]).flatMap((item, index) =>
          containerFindings(`${at}.spec.${list}[${index}]`, item),
        ),
      ),
    ];
  });

/** The items of a value that should be a list; none of anything else. */
const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

function containerFindings(path: string, container: unknown): readonly Finding[] {
  const { name } = fieldsOf(container);
  return [
    ...when(typeof name !== 'string' || name === '', `${path}.name`, 'is missing: every container has a name'),
    ...containerLists.flatMap((list) => listFindings(`${path}.${list}`, fieldsOf(container)[list])),
  ];
}

const listFindings = (path: string, value: unknown): readonly Finding[] =>
  when(
    value !== undefined && !(Array.isArray(value) && value.every(isObject)),
    path,
    'must be a list of objects: begin each item with a dash',
  );

const mapFindings = (path: string, value: unknown): readonly Finding[] =>
  when(
    value !== undefined && !(isObject(value) && Object.values(value).every((text) => typeof text === 'string')),
    path,
    'must be a map of texts: put numbers and true or false in quotes',
  );
