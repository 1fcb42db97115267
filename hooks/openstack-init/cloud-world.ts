import { randomBytes } from 'node:crypto';

import { sleep, systemClock } from '../../kube/clock.ts';
import { openSession } from '../../openstack/identity/open-session.ts';
import { openBucket } from '../../openstack/object-store/open-bucket.ts';
import type { CloudWorld } from './prepare.ts';

/** The real cloud, through the proxies that the pod's environment names. */
export const cloudWorld = (): CloudWorld => ({
  openSession: (config) =>
    openSession(config, {
      now: () => new Date(),
      random: randomBytes,
      sleep: (milliseconds) => sleep(systemClock, milliseconds),
      env: process.env,
    }),
  openBucket,
});
