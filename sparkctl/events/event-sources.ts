import type { SparkApplication } from '../../api/sparkapplication.ts';
import { resources } from '../../kube/resources.ts';
import type { ListQuery } from '../cli.ts';
import { driverNameOf } from '../pods/find-pod.ts';

/** Where the story of an application is told: events about itself, and about its driver pod (scheduling, image, volumes). */
export function eventSources(app: SparkApplication): readonly ListQuery[] {
  const { namespace, name, uid } = app.metadata;
  return [
    about(namespace, resources.sparkApplications.kind, [`involvedObject.name=${name}`, `involvedObject.uid=${uid}`]),
    about(namespace, resources.pods.kind, [`involvedObject.name=${driverNameOf(app)}`]),
  ];
}

const about = (namespace: string, kind: string, selectors: readonly string[]): ListQuery => ({
  namespace,
  fieldSelector: [`involvedObject.kind=${kind}`, ...selectors].join(','),
});
