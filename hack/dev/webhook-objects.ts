import type { Rendered } from '../../test/integration/chart.ts';

/** Release namespace of the rendered chart. */
export const NAMESPACE = 'spark-operator';

const NAME = 'spark-operator-webhook';

/**
 * What makes an API server on this machine call a webhook on this machine: namespace, both configurations with the port in place
 * of the Service's, and a Service that leads to this machine by its name.
 */
export function webhookObjects(chart: ReadonlyMap<string, Rendered>, port: number): readonly object[] {
  const service = {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: `${NAME}-svc`, namespace: NAMESPACE } },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  };
  const configurations = [...chart.values()].filter(({ kind }) => kind.endsWith('WebhookConfiguration'));
  const local = configurations.map(
    (object) => JSON.parse(JSON.stringify(object).replaceAll('"port":443', `"port":${port}`)) as object,
  );
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }, service, ...local];
}

/**
 * Arguments of the webhook's container, as the chart has them.
 *
 * @throws Error when the chart renders no webhook.
 */
export function webhookArguments(chart: ReadonlyMap<string, Rendered>): readonly string[] {
  const args = chart.get(`Deployment ${NAMESPACE}/${NAME}`)?.spec?.template?.spec.containers?.[0]?.args;
  if (args === undefined) throw new Error('The chart renders no webhook Deployment with arguments');
  return args;
}
