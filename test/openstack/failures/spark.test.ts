import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { helmPath, kubectlPath } from '../../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../../hack/cluster/control-plane.ts';
import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { run } from '../../../hack/run.ts';
import { piApplication } from '../../e2e/pi.ts';
import { type OpsparkctlRun, runOpsparkctl } from '../run-opsparkctl.ts';
import { type FailureCase, saysMessage } from './failure-case.ts';
import { sparkCases } from './spark-cases.ts';

let fake: FakeCloud;
let controlPlane: ControlPlane;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'spark-failures-'));
  const cloud = startFakeCloud({ policy: 'patched', bucketNames: 'global' });
  [controlPlane, fake] = await Promise.all([startControlPlane({ name: 'spark-failures' }), cloud]);
  const oldHelm = join(home, 'old-helm');
  await writeFile(oldHelm, '#!/bin/sh\necho v3.9.1\n');
  await chmod(oldHelm, 0o755);
}, 120_000);
afterAll(async () => {
  await Promise.all([fake.close(), controlPlane.stop(), rm(home, { recursive: true, force: true })]);
});

const entry = (cloudName: string, helm = helmPath()): OpsparkctlRun => ({
  home,
  cloud: { cloudsFile: fake.cloudsFile, cloudName },
  env: { KUBECONFIG: controlPlane.kubeconfig, OPSPARKCTL_HELM: helm },
});

const kubectl = (args: readonly string[], input = ''): Promise<unknown> =>
  run(kubectlPath(), args, { env: { KUBECONFIG: controlPlane.kubeconfig }, input });

/** How each case comes about; they follow one another on one cluster. */
const arrangements: Readonly<Record<keyof typeof sparkCases, () => OpsparkctlRun | Promise<OpsparkctlRun>>> = {
  helmMissing: () => entry('demo', join(home, 'nowhere')),
  helmTooOld: () => entry('demo', join(home, 'old-helm')),
  wrongValue: () => entry('demo'),
  noChart: () => entry('demo'),
  historyWithoutOperator: () => entry('demo'),
  ec2Refused: () => entry('demo-app'),
  withoutStore: () => entry('demo-app'),
  historyWithoutLogs: () => entry('demo'),
  bucketTaken: async () => {
    expect((await runOpsparkctl(['s3', 'init', '--bucket', 'theirs'], entry('other'))).code).toBe(0);
    return entry('demo');
  },
  stillRunning: async () => {
    // The webhook that would look at the application has no pods here.
    await kubectl(['delete', 'validatingwebhookconfigurations,mutatingwebhookconfigurations', '--all']);
    await kubectl(['apply', '-f', '-'], JSON.stringify(piApplication({ namespace: 'default', name: 'pi' })));
    return entry('demo');
  },
  nobodyToAsk: () => entry('demo'),
};

describe('what goes wrong with the operator on a cluster', () => {
  const cases: readonly (readonly [string, keyof typeof sparkCases, FailureCase])[] = Object.entries(sparkCases).map(
    // The keys of an object that is typed by them.
    ([name, failure]) => [`${failure.row}: ${failure.when}`, name as keyof typeof sparkCases, failure],
  );

  it.each(cases)(
    '%s',
    async (_title, name, failure) => {
      const setting = await arrangements[name]();
      const { code, err, out } = await runOpsparkctl(failure.command.split(' '), setting);
      expect(`${out}\n${err}`).toMatch(saysMessage(failure));
      expect(code).toBe(failure.exitCode);
      for (const secret of fake.secrets()) expect(out + err).not.toContain(secret);
    },
    90_000,
  );
});
