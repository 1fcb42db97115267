import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import type { FakeCloudOptions } from '../../../hack/fake-cloud/options.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { type OpsparkctlRun, runOpsparkctl } from '../run-opsparkctl.ts';
import { type FailureCase, saysMessage } from './failure-case.ts';
import { kubeCases } from './kube-cases.ts';

jest.setTimeout(120_000);

const clouds: FakeCloud[] = [];
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kube-failures-'));
});
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
  await rm(home, { recursive: true });
});

async function started(options: FakeCloudOptions = {}): Promise<FakeCloud> {
  const cloud = await startFakeCloud(options);
  clouds.push(cloud);
  return cloud;
}

/** The run of a case, and what must be so after it. */
interface Arrangement extends OpsparkctlRun {
  readonly cloud: FakeCloud;
  readonly cloudName?: string;
  readonly after?: () => void | Promise<void>;
}

const made = { outcome: 'fail', reason: 'Resource CREATE failed' } as const;
const create = ['create', 'kube', 'spark', '--template', 'k8s', '--nodes', '2'];
const orders = (cloud: FakeCloud) => cloud.requests({ method: 'POST', path: /\/clusters$/ });

/** The cluster that opsparkctl has made in an earlier run of this person. */
async function withCluster(options: FakeCloudOptions = {}): Promise<{ cloud: FakeCloud; uuid: string }> {
  const cloud = await started(options);
  expect((await runOpsparkctl(create, { cloud, home })).code).toBe(0);
  return { cloud, uuid: cloud.clusters()[0]?.uuid ?? '' };
}

/** Clusters made through a raw request, as another client would. */
async function withForeign(count: number): Promise<FakeCloud> {
  const cloud = await started();
  for (let index = 0; index < count; index += 1) {
    const name = `other${index}`;
    const { code } = await runOpsparkctl(['create', 'kube', name, '--template', 'k8s'], { cloud });
    expect(code).toBe(0);
  }
  for (const cluster of cloud.clusters()) Object.assign(cluster, { name: 'spark', labels: {} });
  cloud.forget();
  return cloud;
}

/** Does something each time that a number of such requests has come. */
function each(cloud: FakeCloud, method: string, act: (count: number) => void): () => void {
  let seen = cloud.requests({ method, path: /clusters/ }).length;
  const first = seen;
  const timer = setInterval(() => {
    const now = cloud.requests({ method, path: /clusters/ }).length;
    for (; seen < now; seen += 1) act(seen - first + 1);
  }, 2);
  return () => clearInterval(timer);
}

const nothingOrdered = (cloud: FakeCloud) => () => expect(orders(cloud)).toEqual([]);

const arrangements: Readonly<Record<keyof typeof kubeCases, () => Promise<Arrangement>>> = {
  restrictedCredential: async () => {
    const cloud = await started();
    return { cloud, cloudName: 'demo-app', after: nothingOrdered(cloud) };
  },
  unrestrictedCredential: async () => ({ cloud: await started(), cloudName: 'demo-app-unrestricted' }),
  clusterQuota: async () => {
    const cloud = await started({ clusterCount: 2, quotas: { clusters: 2 } });
    return { cloud, after: nothingOrdered(cloud) };
  },
  computeQuotaBefore: async () => ({ cloud: await started({ quotas: { cores: 4 } }) }),
  computeQuota: async () => {
    const cloud = await started();
    const reason = 'Resource CREATE failed: Forbidden: resources.kube-minion: Quota exceeded for cores';
    cloud.nextCluster({ ...made, reason: made.reason, faults: { 'default-worker': reason } });
    return { cloud };
  },
  endlessProgress: async () => {
    const cloud = await started({ drivers: 'vexxhost' });
    cloud.nextCluster({ outcome: 'stuck' });
    return { cloud, after: () => expect(cloud.clusters()).toHaveLength(1) };
  },
  unknownTemplate: async () => ({ cloud: await started() }),
  unknownFlavor: async () => ({ cloud: await started() }),
  unknownKeypair: async () => ({ cloud: await started() }),
  createFailed: async () => {
    const cloud = await started();
    cloud.nextCluster({ ...made, reason: 'ERROR: No valid host was found. There are not enough hosts available.' });
    return { cloud };
  },
  interrupted: async () => {
    const cloud = await started({ latencies: { createMs: 3000 } });
    const keys = new AbortController();
    const stop = each(cloud, 'POST', () => void wait(200).then(() => keys.abort()));
    const after = async (): Promise<void> => {
      stop();
      const { code, err } = await runOpsparkctl(create, { cloud, home });
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('is there') });
      expect(orders(cloud)).toHaveLength(1);
    };
    return { cloud, interrupted: keys.signal, after };
  },
  lostAnswer: async () => {
    const cloud = await started();
    cloud.fail({ method: 'POST', path: /\/clusters$/ }, 'lostAnswer');
    return { cloud, after: () => expect(cloud.clusters()).toHaveLength(1) };
  },
  severalOfTheName: async () => {
    const cloud = await withForeign(2);
    return { cloud, after: nothingOrdered(cloud) };
  },
  nameTaken: async () => {
    const cloud = await withForeign(1);
    return { cloud, after: nothingOrdered(cloud) };
  },
  orderedOtherwise: async () => await withCluster(),
  deleteFailed: async () => {
    const { cloud, uuid } = await withCluster();
    cloud.fail({ method: 'DELETE', path: /\/clusters\// }, { status: 204 }, 9);
    const stop = each(cloud, 'DELETE', (count) => cloud.setStatus(uuid, 'DELETE_FAILED', `Port is in use (${count})`));
    return { cloud, after: stop };
  },
  deleteEndless: async () => {
    const { cloud, uuid } = await withCluster();
    cloud.fail({ method: 'DELETE', path: /\/clusters\// }, { status: 204 }, 9);
    cloud.setStatus(uuid, 'DELETE_IN_PROGRESS');
    return { cloud };
  },
  addressMissing: async () => ({ cloud: await started({ apiAddress: '' }) }),
  conductorDown: async () => {
    const cloud = await started({ latencies: { createMs: 60_000 } });
    const body = { errors: [{ status: 500, detail: 'Timed out waiting for a reply to message ID 1' }] };
    const stop = each(cloud, 'POST', () => {
      void wait(300).then(() => cloud.fail({ service: 'container-infra', method: 'GET' }, { status: 500, body }, 9999));
    });
    return { cloud, after: stop };
  },
  oldMagnum: async () => ({ cloud: await started({ maxMicroversion: '1.5' }) }),
  noVersionInCommon: async () => {
    const cloud = await started();
    const body = { errors: [{ status: 406, detail: 'Version 1.10 was requested, which is not supported.' }] };
    cloud.fail({ service: 'container-infra', path: /\/cluster/ }, { status: 406, body }, 99);
    return { cloud, after: nothingOrdered(cloud) };
  },
};

describe('what goes wrong with clusters', () => {
  const cases: readonly (readonly [string, keyof typeof kubeCases, FailureCase])[] = Object.entries(kubeCases).map(
    // The keys of an object that is typed by them.
    ([name, failure]) => [`${failure.row}: ${failure.when}`, name as keyof typeof kubeCases, failure],
  );

  it.each(cases)('%s', async (_title, name, failure) => {
    const { cloud, cloudName = 'demo', after, ...options } = await arrangements[name]();
    const where = { cloudsFile: cloud.cloudsFile, cloudName };
    const { code, err, out } = await runOpsparkctl(failure.command.split(' '), { ...options, cloud: where, home });
    expect(err).toMatch(saysMessage(failure));
    expect(code).toBe(failure.exitCode);
    if (code !== 0) expect(out).toBe('');
    for (const secret of cloud.secrets()) expect(err + out).not.toContain(secret);
    await after?.();
  });
});
