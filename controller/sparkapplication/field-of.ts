/**
 * The path in a manifest at which `value` stands, such as `spec.driver.configMaps[0].name`; undefined when it is not there.
 * Only paths that match `hint` count, so that a ConfigMap is not blamed on a label of the same text; a driver's field is
 * preferred to an executor's.
 */
export function fieldOf(spec: object, value: string, hint: RegExp): string | undefined {
  const paths = pathsTo(spec, value, 'spec').filter((path) => hint.test(path));
  return (
    paths.find((path) => path.startsWith('spec.driver')) ??
    paths.find((path) => !path.startsWith('spec.executor')) ??
    paths[0]
  );
}

function pathsTo(node: unknown, value: string, path: string): string[] {
  if (node === value) return [path];
  if (Array.isArray(node)) return node.flatMap((item, i) => pathsTo(item, value, `${path}[${i}]`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, item]) =>
    pathsTo(item, value, key.includes('.') ? `${path}["${key}"]` : `${path}.${key}`),
  );
}
