import { GROUP, SPARK_APPLICATION_KIND } from '../api/group.ts';
import { type ApplicationWorld, reviewApplication } from './applications/review-application.ts';
import { type PodWorld, reviewPod } from './pods/review-pod.ts';
import type { Route } from './server/admission-app.ts';

/** Everything that reviews read. */
export type ReviewWorld = PodWorld & ApplicationWorld;

/** Path → what is reviewed there: the paths of the chart's webhook configurations. */
export const routesOf = (world: ReviewWorld): Readonly<Record<string, Route>> => ({
  '/mutate--v1-pod': { group: '', kind: 'Pod', review: reviewPod(world) },
  '/validate-sparkoperator-k8s-io-v1beta2-sparkapplication': {
    group: GROUP,
    kind: SPARK_APPLICATION_KIND,
    review: reviewApplication(world),
  },
});
