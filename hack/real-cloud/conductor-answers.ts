import { setTimeout as delay } from 'node:timers/promises';

import { authUrl, publicUrl, type RigPlan } from './plan.ts';
import { call, logIn } from './rest.ts';

/**
 * Waits until Magnum answers a list of clusters, which its API asks the conductor for. Questions that were asked before
 * the conductor listened are never answered, so there is more than one. Throws after three minutes.
 */
export async function conductorAnswers(plan: RigPlan): Promise<void> {
  const login = { authUrl: authUrl(plan), user: 'demo', password: plan.secrets.demo, project: 'demo' };
  const token = await logIn(login);
  const url = `${publicUrl(plan, 'magnum')}/v1/clusters`;
  const deadline = performance.now() + 180_000;
  for (;;) {
    const status = await call({ url, token }, 30_000).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    if (performance.now() > deadline) throw new Error(`Magnum does not list clusters: ${status ?? 'no answer'}`);
    await delay(200);
  }
}
