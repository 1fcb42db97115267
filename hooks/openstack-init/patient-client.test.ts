import { describe, expect, it } from '@jest/globals';

import type { KubeClient } from '../../kube/client.ts';
import type { Clock } from '../../kube/clock.ts';
import { ApiError } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { withServer } from '../../test/scripted-server.ts';
import { patientClient } from './patient-client.ts';

const ref = { namespace: 'ns', name: 'spark-s3' };
const webhookAway = new ApiError({
  status: 500,
  reason: 'InternalError',
  message: 'Internal error occurred: failed calling webhook "sparkpoddefaults.sparkoperator.k8s.io": no endpoints',
  outcomeUnknown: true,
});
const lost = new ApiError({ status: 0, reason: 'ConnectionLost', message: 'lost', outcomeUnknown: true });
const forbidden = new ApiError({ status: 403, reason: 'Forbidden', message: 'no' });

/** Time that does not pass: every pause is over at once. */
const instant: Clock = {
  now: () => 0,
  monotonic: () => 0,
  after: (_ms, call) => {
    setImmediate(call);
    return () => undefined;
  },
};

interface Case {
  readonly given: { readonly errors: readonly Error[]; readonly call: (client: KubeClient) => Promise<unknown> };
  readonly want: { readonly calls: number; readonly rejects?: RegExp };
}

const patch = (client: KubeClient): Promise<unknown> => client.patch(resources.secrets, ref, {});
const create = (client: KubeClient): Promise<unknown> => client.create(resources.secrets, { metadata: ref });

const cases: Record<string, Case> = {
  'a patch is sent again while the webhook is away': {
    given: { errors: [webhookAway, webhookAway, webhookAway, webhookAway], call: patch },
    want: { calls: 5 },
  },
  'a patch is sent again when its connection was lost': { given: { errors: [lost], call: patch }, want: { calls: 2 } },
  'a create is sent again while the webhook is away': {
    given: { errors: [webhookAway], call: create },
    want: { calls: 2 },
  },
  'a create that may have happened is not sent again': {
    given: { errors: [lost], call: create },
    want: { calls: 1, rejects: /lost/ },
  },
  'a refusal is final': { given: { errors: [forbidden], call: patch }, want: { calls: 1, rejects: /no/ } },
};

describe('patientClient', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given: { errors, call }, want }) => {
    let calls = 0;
    const answer = async (): Promise<never> => {
      const error = errors[calls++];
      // The client hands the answer on as it is.
      return error === undefined ? ({} as never) : Promise.reject(error);
    };
    await withServer(
      () => undefined,
      async ({ client }) => {
        const failing: KubeClient = { ...client, patch: answer, create: answer };
        const signal = new AbortController().signal;
        const done = call(patientClient({ client: failing, clock: instant, signal }));
        if (want.rejects === undefined) await expect(done).resolves.toEqual({});
        else await expect(done).rejects.toThrow(want.rejects);
      },
    );
    expect(calls).toBe(want.calls);
  });

  it('gives up with the last error when the time is over', async () => {
    const over = new AbortController();
    await withServer(
      () => undefined,
      async ({ client }) => {
        const failing: KubeClient = {
          ...client,
          patch: async () => {
            over.abort();
            return Promise.reject(webhookAway);
          },
        };
        const patient = patientClient({ client: failing, clock: instant, signal: over.signal });
        await expect(patch(patient)).rejects.toBe(webhookAway);
      },
    );
  });
});
