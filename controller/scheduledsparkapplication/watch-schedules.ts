import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import { optionalInformers, type OptionalInformers } from '../../kube/optional-informers.ts';
import { resources } from '../../kube/resources.ts';
import { without } from '../sparkapplication/without.ts';
import type { WatchOptions } from '../sparkapplication/watches.ts';

/** The schedules of the job namespaces, as they are kept: without what no decision reads. */
export type ScheduleWatch = OptionalInformers<ScheduledSparkApplication>;

/** Applications run without schedules: an installation may lack the definition, or the right to read it. */
export const watchSchedules = ({
  client,
  namespaces,
  log,
  meterOf,
}: Pick<WatchOptions, 'client' | 'namespaces' | 'log' | 'meterOf'>): ScheduleWatch =>
  optionalInformers({
    client,
    namespaces,
    resource: resources.scheduledSparkApplications,
    project: scheduleView,
    log,
    meterOf,
    without: 'schedules (ScheduledSparkApplication)',
  });

/** Lists leave kind and apiVersion out; nobody reads the managed fields. */
const scheduleView = (object: ScheduledSparkApplication): ScheduledSparkApplication => ({
  ...object,
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'ScheduledSparkApplication',
  metadata: without(object.metadata, 'managedFields'),
});
