import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { isForbidden } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import {
  applicationsOf,
  startCluster,
  startController,
  until,
  withBehaviour,
  type Applications,
  type Cluster,
  type RunningController,
} from './controller-harness.ts';

interface Refusal {
  readonly given: Partial<SparkApplicationSpec>;
  readonly reason: string;
  /** The field or object that the message must name. */
  readonly names: RegExp;
}

const driver = { cores: 1, memory: '512m', serviceAccount: 'spark' };

/** Refused before or while objects are created. */
const refusals: Record<string, Refusal> = {
  'a property that belongs to the operator': {
    given: { sparkConf: { 'spark.kubernetes.namespace': 'elsewhere' } },
    reason: 'InvalidSpec',
    names: /spec\.sparkConf.*spark\.kubernetes\.namespace/,
  },
  'a missing service account': {
    given: { driver: { ...driver, serviceAccount: 'nobody' } },
    reason: 'ServiceAccountNotFound',
    names: /spec\.driver\.serviceAccount.*"nobody"/,
  },
  'a pod that the API server finds invalid': {
    given: { driver: { ...driver, tolerations: [{ key: 'x', operator: 'Sometimes' }] } },
    reason: 'SubmissionRejected',
    names: /tolerations/,
  },
};

/** Accepted, but the driver does not start. */
const stuck: Record<string, Refusal> = {
  'an image that cannot be pulled': {
    given: withBehaviour({ waitingReason: 'ImagePullBackOff', waitingMessage: 'not found' }),
    reason: 'ImagePull',
    names: /spec\.image.*localhost\/spark:4\.0\.1/,
  },
  'a missing ConfigMap': {
    given: withBehaviour(
      { waitingReason: 'CreateContainerConfigError', waitingMessage: 'configmap "settings" not found' },
      { driver: { envFrom: [{ configMapRef: { name: 'settings' } }] } },
    ),
    reason: 'ConfigMapNotFound',
    names: /spec\.driver\.envFrom\[0\]\.configMapRef\.name.*"settings"/,
  },
};

describe('bad input', () => {
  let cluster: Cluster;
  let namespace: string;
  let apps: Applications;
  let controller: RunningController;

  /** Names of what an attempt left behind. */
  const leftovers = async (): Promise<readonly (string | undefined)[]> => {
    const selection = { namespace, labelSelector: LABEL_SUBMISSION_ID };
    const lists = await Promise.all([
      cluster.client.list(resources.configmaps, selection),
      cluster.client.list(resources.services, selection),
      cluster.client.list(resources.pods, selection),
    ]);
    const names = lists.flatMap(({ items }) => items.map(({ metadata }) => metadata?.name));
    return names.filter((name) => name !== 'bad-ui-svc');
  };

  beforeAll(async () => {
    cluster = await startCluster('bad-input');
  }, 120_000);
  afterAll(() => cluster.stop());

  beforeEach(async () => {
    namespace = await cluster.namespace();
    apps = applicationsOf(cluster.client, namespace);
    controller = await startController(cluster.client, namespace, ['--driver-start-grace=1s']);
  });
  afterEach(() => controller.stop());

  it.each(Object.entries(refusals))(
    '%s is told in the status, with nothing left behind',
    async (_name, { given, reason, names }) => {
      await apps.create('bad', given);
      const { status } = await apps.untilState('bad', 'FAILED');
      expect(status?.applicationState).toMatchObject({ reason, errorMessage: expect.stringMatching(names) });
      expect(status?.conditions).toEqual(
        expect.arrayContaining([expect.objectContaining({ type: 'Submitted', status: 'False', reason })]),
      );
      expect(await leftovers()).toEqual([]);
      await apps.create('good');
      await apps.untilState('good', 'COMPLETED');
    },
    60_000,
  );

  it.each(Object.entries(stuck))(
    '%s is told at once, and fails the attempt after the grace period',
    async (_name, { given, reason, names }) => {
      await apps.create('bad', given);
      const { status: early } = await apps.untilStatus(
        'bad',
        'the problem told',
        ({ status }) =>
          status?.conditions?.some(({ type, status: word }) => type === 'DriverReady' && word === 'False') === true,
      );
      expect(early?.applicationState?.state).toBe('SUBMITTED');
      const condition = early?.conditions?.find(({ type }) => type === 'DriverReady');
      expect(condition).toMatchObject({ reason, message: expect.stringMatching(names) });

      const { status } = await apps.untilState('bad', 'FAILED');
      expect(status?.applicationState).toMatchObject({ reason, errorMessage: expect.stringMatching(names) });
      await until('everything to be removed', async () => ((await leftovers()).length === 0 ? true : undefined));
    },
    60_000,
  );

  it('a quota that leaves no room is told, and the submission is tried again by the policy', async () => {
    const quota = { metadata: { name: 'small', namespace }, spec: { hard: { pods: '0' } } };
    const resourceQuotas = {
      group: '',
      version: 'v1',
      plural: 'resourcequotas',
      kind: 'ResourceQuota',
      namespaced: true,
    };
    await cluster.client.create(resourceQuotas, quota);
    // The quota controller, which a control plane without nodes lacks, would have written this.
    const used = { status: { hard: { pods: '0' }, used: { pods: '0' } } };
    await cluster.client.patch(resourceQuotas, { namespace, name: 'small' }, used, { subresource: 'status' });
    await until('the quota to count', async () => {
      const pod = { metadata: { namespace, name: 'try' }, spec: { containers: [{ name: 'try', image: 'try' }] } };
      const trying = cluster.client.create(resources.pods, pod, { dryRun: true });
      return trying.then(
        () => undefined,
        (error: unknown) => (isForbidden(error) ? true : undefined),
      );
    });
    const restartPolicy = {
      type: 'OnFailure',
      onSubmissionFailureRetries: 9,
      onSubmissionFailureRetryInterval: 1,
    } as const;
    await apps.create('bad', { restartPolicy });
    const { status } = await apps.untilState('bad', 'SUBMISSION_FAILED');
    expect(status?.applicationState).toMatchObject({
      reason: 'QuotaExceeded',
      errorMessage: expect.stringContaining('spec.driver'),
    });
    await until('the objects to be removed', async () => ((await leftovers()).length === 0 ? true : undefined));
    await cluster.client.delete(resourceQuotas, { namespace, name: 'small' });
    await apps.untilState('bad', 'COMPLETED');
  }, 60_000);
});
