import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { kubeClient, type KubeClient } from '../../kube/client.ts';
import { loadKubeconfig } from '../../kube/kubeconfig.ts';
import { createTransport, type Transport } from '../../kube/transport.ts';
import { createApplications } from '../bench/load.ts';
import { startRecorder } from '../bench/recorder.ts';
import { tally } from '../bench/tally.ts';
import { startFakeKubelet, type FakeKubelet } from '../fake-kubelet/fake-kubelet.ts';
import { installForProcess, type Installation } from '../operator/install.ts';
import { startOperator, type OperatorProcess } from '../operator/operator-process.ts';

const APPLICATIONS = 20;
const KILLS = 3;
/** The submissions are spread over this time, and so are the kills. */
const SPAN_MS = 4000;

describe('kill -9 of the controller', () => {
  let plane: ControlPlane;
  let transport: Transport;
  let client: KubeClient;
  let kubelet: FakeKubelet;
  let installation: Installation;
  let ca = '';
  let operator: OperatorProcess | undefined;

  const start = (): Promise<OperatorProcess> => startOperator({ server: plane.server, ca, installation });

  beforeAll(async () => {
    plane = await startControlPlane({ name: 'kill' });
    installation = await installForProcess(plane.kubeconfig);
    const options = await loadKubeconfig({ path: plane.kubeconfig });
    ca = options.credentials.ca ?? '';
    transport = createTransport(options);
    client = kubeClient(transport);
    kubelet = await startFakeKubelet({ client, behaviour: { runMs: 300 } });
    operator = await start();
  }, 120_000);

  afterAll(async () => {
    await operator?.stop();
    await kubelet.stop();
    await transport.close();
    await plane.stop();
  });

  it('loses and doubles nothing, whenever it happens', async () => {
    const recorder = await startRecorder(client, 'default');
    const moments = Array.from({ length: KILLS }, () => Math.random() * (SPAN_MS / KILLS));
    const created = createApplications(client, {
      namespace: 'default',
      prefix: 'kill',
      count: APPLICATIONS,
      perSecond: (APPLICATIONS * 1000) / SPAN_MS,
    });
    for (const moment of moments) {
      await setTimeout(moment);
      await operator?.kill('SIGKILL');
      operator = await start();
    }
    const names = await created;
    await recorder
      .until('all applications to be COMPLETED', ({ completed }) => names.every((name) => completed.has(name)), 120_000)
      .catch((error: unknown) => {
        throw new Error(`Kills after ${moments.map(Math.round).join(', ')} ms\n${operator?.log() ?? ''}`, {
          cause: error,
        });
      });
    await recorder.stop();
    expect(tally(recorder.sightings)).toMatchObject({
      applications: APPLICATIONS,
      drivers: APPLICATIONS,
      lost: 0,
      doubled: 0,
    });
  }, 240_000);
});
