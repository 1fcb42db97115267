import {
  GROUP,
  SCHEDULED_SPARK_APPLICATION_KIND,
  SPARK_APPLICATION_KIND,
  SPARK_POD_DEFAULTS_KIND,
} from '../api/group.ts';
import { type ApplicationWorld, reviewApplication } from './applications/review-application.ts';
import { type PodDefaultsWorld, reviewPodDefaults } from './pod-defaults/review-pod-defaults.ts';
import { type PodWorld, reviewPod } from './pods/review-pod.ts';
import { guarded } from './review/unreadable.ts';
import { reviewSchedule } from './schedules/review-schedule.ts';
import type { Route } from './server/admission-app.ts';

/** Everything that reviews read. */
export type ReviewWorld = PodWorld & ApplicationWorld & PodDefaultsWorld;

/** The paths of the chart's webhook configurations. */
export const PATHS = {
  pods: '/mutate--v1-pod',
  applications: '/validate-sparkoperator-k8s-io-v1beta2-sparkapplication',
  schedules: '/validate-sparkoperator-k8s-io-v1beta2-scheduledsparkapplication',
  podDefaults: '/validate-sparkoperator-k8s-io-v1alpha1-sparkpoddefaults',
} as const;

/** Path → what is reviewed there. */
export const routesOf = (world: ReviewWorld): Readonly<Record<string, Route>> => ({
  [PATHS.pods]: { group: '', kind: 'Pod', review: reviewPod(world) },
  [PATHS.applications]: {
    group: GROUP,
    kind: SPARK_APPLICATION_KIND,
    review: guarded(reviewApplication(world)),
  },
  [PATHS.schedules]: {
    group: GROUP,
    kind: SCHEDULED_SPARK_APPLICATION_KIND,
    review: guarded(reviewSchedule(world)),
  },
  [PATHS.podDefaults]: {
    group: GROUP,
    kind: SPARK_POD_DEFAULTS_KIND,
    review: guarded(reviewPodDefaults(world)),
  },
});
