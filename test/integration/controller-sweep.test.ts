import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import { isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import {
  applicationsOf,
  startCluster,
  startController,
  until,
  withBehaviour,
  type Cluster,
} from './controller-harness.ts';

const TEST_MS = 60_000;

describe('a controller that starts again', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster('sweep');
  }, 120_000);
  afterAll(() => cluster.stop());

  it(
    'removes what is left of drivers that were deleted meanwhile, and nothing of those that are there',
    async () => {
      const namespace = await cluster.namespace();
      const apps = applicationsOf(cluster.client, namespace);
      let controller = await startController(cluster.client, namespace);
      const idOf: Record<string, string> = {};
      for (const name of ['deleted', 'kept']) {
        await apps.create(name, withBehaviour({ runMs: 50 }));
        idOf[name] = (await apps.untilState(name, 'COMPLETED')).status?.submissionID ?? '';
      }
      /** ConfigMaps and Services of an attempt, the Service of the UI apart: that one belongs to the application. */
      const objectsOf = async (name: string): Promise<number> => {
        const selection = { namespace, labelSelector: `${LABEL_SUBMISSION_ID}=${idOf[name] ?? ''}` };
        const configMaps = await cluster.client.list(resources.configmaps, selection);
        const services = await cluster.client.list(resources.services, selection);
        return (
          configMaps.items.length + services.items.filter(({ metadata }) => metadata?.name !== `${name}-ui-svc`).length
        );
      };
      const [before, kept] = [await objectsOf('deleted'), await objectsOf('kept')];
      expect(before).toBeGreaterThan(1);
      await controller.stop();

      const driver = { namespace, name: 'deleted-driver' };
      await cluster.client.delete(resources.pods, driver, { gracePeriodSeconds: 0 });
      await until('the driver to be gone', () =>
        cluster.client.get(resources.pods, driver).then(
          () => undefined,
          (error: unknown) => (isNotFound(error) ? true : undefined),
        ),
      );
      controller = await startController(cluster.client, namespace);
      await until('its objects to be gone', async () => ((await objectsOf('deleted')) === 0 ? true : undefined));
      expect(await objectsOf('kept')).toBe(kept);
      expect((await apps.get('deleted')).status?.applicationState?.state).toBe('COMPLETED');
      await controller.stop();
    },
    TEST_MS,
  );
});
