import type { SparkApplication, SparkApplicationStatus } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { mergeDiff } from './merge-diff.ts';
import type { Stores } from './stores.ts';

/** Writes a status; answers the application as it is then. */
export type WriteStatus = (app: SparkApplication, status: SparkApplicationStatus) => Promise<SparkApplication>;

/**
 * One merge patch of what differs, nothing when nothing does. It carries the resourceVersion that was read, so that it goes
 * through only if nobody wrote in between: of two processes that claim the same attempt one gets a conflict.
 *
 * @throws ApiError 409 when somebody else was faster: observe again.
 */
export const statusWriter =
  (client: KubeClient, stores: Stores, tell: Tell): WriteStatus =>
  async (app, status) => {
    const before = app.status ?? {};
    const patch = mergeDiff(before, status);
    if (patch === undefined) return app;
    const { namespace, name, resourceVersion } = app.metadata;
    const body = { metadata: { resourceVersion }, status: patch };
    const written = await client.patch(resources.sparkApplications, { namespace, name }, body, {
      subresource: 'status',
    });
    stores.acceptApp(written);
    tell(written, before, status);
    return written;
  };

/** Hears of every status that was written: for events and metrics. */
export type Tell = (app: SparkApplication, before: SparkApplicationStatus, after: SparkApplicationStatus) => void;
