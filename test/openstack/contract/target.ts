import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { startRealCloud } from '../../../hack/real-cloud/real-cloud.ts';

/** A cloud that the cases run against. */
export interface Target {
  readonly cloudsFile: string;
  readonly authUrl: string;
  readonly region: string;
  readonly template: string;
  readonly keypair: string;
  readonly externalNetwork: string;
  /** The backend of the next cluster fails so. */
  readonly failNextCluster: (reason: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A cluster takes longer than the requests that must come while it is being created. */
const CREATE_MS = 3000;

/** The clouds by what they are called in the names of the cases. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  'the fake cloud': async () => {
    const cloud = await startFakeCloud({ latencies: { createMs: CREATE_MS } });
    return {
      ...cloud.facts,
      cloudsFile: cloud.cloudsFile,
      failNextCluster: async (reason) => cloud.nextCluster({ outcome: 'fail', reason, createMs: 0 }),
      stop: cloud.close,
    };
  },
  'Keystone, Magnum, Nova and Swift': async () => {
    // No local Kubernetes takes part: the answers are what is compared.
    const cloud = await startRealCloud({ address: '127.0.0.1', cluster: 'contract-has-none' });
    await cloud.heat.delay(500);
    return {
      ...cloud.facts,
      cloudsFile: cloud.cloudsFile,
      failNextCluster: (reason) => cloud.heat.next('CREATE', { kind: 'fail', reason }),
      stop: () => cloud.stop(),
    };
  },
};
