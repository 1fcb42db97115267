import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { Service } from '../../api/kubernetes.ts';
import type { DriverInfo } from '../../api/sparkapplication-status.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isAlreadyExists } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { isOwnedBy, readObject } from './create-attempt.ts';
import type { Outcome } from './decision.ts';
import { refusalOf } from './refusal.ts';

/**
 * The Service in front of the Spark UI. It belongs to the application, not to an attempt: one of ours that is there already
 * is kept and pointed at the current attempt. A refusal is told and blocks nothing.
 */
export async function createUiService(client: KubeClient, app: SparkApplication, service: Service): Promise<Outcome> {
  try {
    return { kind: 'UiService', info: infoOf(await client.create(resources.services, service)) };
  } catch (error) {
    if (isAlreadyExists(error)) return adopt(client, app, service);
    const refusal = refusalOf(error, app.spec);
    if (refusal === undefined) throw error;
    return { kind: 'UiServiceFailed', message: refusal.message };
  }
}

async function adopt(client: KubeClient, app: SparkApplication, service: Service): Promise<Outcome> {
  const there = await readObject(client, resources.services, service);
  if (there === undefined) return createUiService(client, app, service);
  if (!isOwnedBy(there, app)) {
    return {
      kind: 'UiServiceFailed',
      message: `The Service ${service.metadata?.name ?? ''} belongs to somebody else. Delete it to get one for the Spark UI.`,
    };
  }
  if (attemptOf(there) === attemptOf(service)) return { kind: 'UiService', info: infoOf(there) };
  const { namespace = '', name = '', labels, annotations } = service.metadata ?? {};
  const { selector, ports } = service.spec ?? {};
  const patch = { metadata: { labels, annotations }, spec: { selector, ports } };
  return { kind: 'UiService', info: infoOf(await client.patch(resources.services, { namespace, name }, patch)) };
}

const attemptOf = ({ metadata }: Service): string | undefined => metadata?.labels?.[LABEL_SUBMISSION_ID];

function infoOf({ metadata, spec }: Service): DriverInfo {
  const port = spec?.ports?.[0]?.port ?? 0;
  return {
    webUIServiceName: metadata?.name ?? '',
    webUIPort: port,
    webUIAddress: `${spec?.clusterIP ?? ''}:${port}`,
  };
}
