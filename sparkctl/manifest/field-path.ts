/**
 * A field as Kubernetes and our validation write it, taken apart:
 * `spec.driver.env[0].name` → `['spec', 'driver', 'env', 0, 'name']`, `spec.sparkConf[spark.ui.port]` → `['spec', 'sparkConf', 'spark.ui.port']`.
 */
export function fieldPath(field: string): readonly (string | number)[] {
  const parts = field.matchAll(/\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\]|([^.[\]]+)/g);
  return [...parts].map(([, double, single, bracketed, plain]) => {
    const text = double ?? single ?? bracketed ?? plain ?? '';
    return bracketed !== undefined && /^\d+$/.test(bracketed) ? Number(bracketed) : text;
  });
}
