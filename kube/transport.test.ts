import { describe, expect, it } from '@jest/globals';
import { kubeClient } from './client.ts';
import { ApiError, isNotFound, isOutcomeUnknown } from './errors.ts';
import { resources } from './resources.ts';
import { answerJson, withServer } from '../test/scripted-server.ts';
import { createTransport } from './transport.ts';

const pod = { namespace: 'default', name: 'pi-driver' };
const aPod = { metadata: { ...pod } };

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('requests', () => {
  const cases: Record<
    string,
    { given: { codes: readonly number[]; write: boolean }; want: { tries: number; status: number } }
  > = {
    'a read is repeated after 500': { given: { codes: [500, 200], write: false }, want: { tries: 2, status: 200 } },
    'a read is repeated after 503 and 504': {
      given: { codes: [503, 504, 200], write: false },
      want: { tries: 3, status: 200 },
    },
    'a read is not repeated after 404': { given: { codes: [404, 200], write: false }, want: { tries: 1, status: 404 } },
    'a write is repeated after 429': { given: { codes: [429, 201], write: true }, want: { tries: 2, status: 200 } },
    'a write is never repeated after 500': {
      given: { codes: [500, 201], write: true },
      want: { tries: 1, status: 500 },
    },
    'a write is never repeated after 503': {
      given: { codes: [503, 201], write: true },
      want: { tries: 1, status: 503 },
    },
    'a read gives up after five tries': {
      given: { codes: [500, 500, 500, 500, 500, 200], write: false },
      want: { tries: 5, status: 500 },
    },
  };

  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    await withServer(
      (_request, response, count) => answerJson(response, given.codes[count - 1] ?? 200, { kind: 'Pod' }),
      async ({ transport, seen }) => {
        const client = kubeClient(transport);
        const failure = await failureOf(
          given.write ? client.create(resources.pods, aPod) : client.get(resources.pods, pod),
        );
        expect(seen).toHaveLength(want.tries);
        expect(failure instanceof ApiError ? failure.status : 200).toBe(want.status);
      },
    );
  });

  it('waits as long as Retry-After says', async () => {
    const startedAt = Date.now();
    await withServer(
      (_request, response, count) => answerJson(response, count === 1 ? 429 : 201, {}, { 'retry-after': '1' }),
      async ({ transport }) => {
        await kubeClient(transport).create(resources.pods, aPod);
      },
    );
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990);
  });

  it('reports the status, reason and causes that the server gave, and no more', async () => {
    const refusal = {
      kind: 'Status',
      code: 422,
      reason: 'Invalid',
      message: 'Pod "x" is invalid: spec.containers: Required value',
      details: { causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers' }] },
    };
    await withServer(
      (_request, response) => answerJson(response, 422, refusal),
      async ({ transport }) => {
        const failure = await failureOf(kubeClient(transport).create(resources.pods, aPod));
        expect(failure).toMatchObject({
          status: 422,
          reason: 'Invalid',
          message: refusal.message,
          causes: refusal.details.causes,
          outcomeUnknown: false,
        });
      },
    );
  });

  it('says of a write whose answer got lost that it may have happened, and does not repeat it', async () => {
    await withServer(
      (request) => request.socket.destroy(),
      async ({ transport, seen }) => {
        const failure = await failureOf(kubeClient(transport).create(resources.pods, aPod));
        expect(isOutcomeUnknown(failure)).toBe(true);
        expect(failure).toMatchObject({ status: 0, reason: 'ConnectionLost' });
        expect(seen).toHaveLength(1);
      },
    );
  });

  it('repeats a read whose answer got lost', async () => {
    await withServer(
      (request, response, count) =>
        count === 1 ? request.socket.destroy() : answerJson(response, 200, { kind: 'Pod' }),
      async ({ transport, seen }) => {
        await kubeClient(transport).get(resources.pods, pod);
        expect(seen).toHaveLength(2);
      },
    );
  });

  it('repeats a write that never left, and then says that nothing was sent', async () => {
    const server = await withServer(
      () => undefined,
      async ({ transport }) => transport.server,
    );
    const transport = createTransport({ server, credentials: {}, limits: { attempts: 3 }, random: () => 0 });
    const failure = await failureOf(kubeClient(transport).create(resources.pods, aPod));
    expect(failure).toMatchObject({ status: 0, reason: 'Unreachable', outcomeUnknown: false });
    await transport.close();
  });

  it('gives up on a server that does not answer', async () => {
    await withServer(
      () => undefined,
      async ({ transport }) => {
        const failure = await failureOf(kubeClient(transport).create(resources.pods, aPod));
        expect(failure).toMatchObject({ status: 0, reason: 'Timeout', outcomeUnknown: true });
      },
      { limits: { headersTimeoutMs: 200 } },
    );
  });

  it('rejects with the reason of an aborted signal', async () => {
    await withServer(
      () => undefined,
      async ({ transport }) => {
        const stop = new AbortController();
        const failing = failureOf(kubeClient(transport).get(resources.pods, pod, { signal: stop.signal }));
        stop.abort(new Error('enough'));
        expect(await failing).toMatchObject({ message: 'enough' });
      },
    );
  });

  it('asks for a fresh token once after 401', async () => {
    const asked: boolean[] = [];
    await withServer(
      (request, response) => answerJson(response, request.headers.authorization === 'Bearer new' ? 200 : 401, {}),
      async ({ transport, seen }) => {
        await kubeClient(transport).get(resources.pods, pod);
        expect(seen).toHaveLength(2);
      },
      {
        credentials: {
          authorization: (fresh) => {
            asked.push(fresh);
            return fresh ? 'Bearer new' : 'Bearer old';
          },
        },
      },
    );
    expect(asked).toEqual([false, true]);
  });

  it('keeps connections: two serve any number of requests one after another', async () => {
    const sockets = new Set<unknown>();
    await withServer(
      (request, response) => {
        sockets.add(request.socket);
        answerJson(response, 200, { kind: 'Pod' });
      },
      async ({ transport }) => {
        for (let count = 0; count < 20; count++) await kubeClient(transport).get(resources.pods, pod);
      },
    );
    // The pool counts a connection as busy until the answer has been handed over, hence the second.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('keeps to its own rate', async () => {
    await withServer(
      (_request, response) => answerJson(response, 200, { kind: 'Pod' }),
      async ({ transport }) => {
        const startedAt = Date.now();
        const client = kubeClient(transport);
        await Promise.all(Array.from({ length: 15 }, () => client.get(resources.pods, pod)));
        // 5 at once, 10 more at 100 per second.
        expect(Date.now() - startedAt).toBeGreaterThanOrEqual(95);
      },
      { limits: { qps: 100, burst: 5 } },
    );
  });
});

describe('the client', () => {
  it('collects all pages and passes the continue token on', async () => {
    const answers: Record<string, object> = {
      '/api/v1/namespaces/default/pods?labelSelector=a%3Db&limit=2': {
        items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
        metadata: { resourceVersion: '7', continue: 'next+page' },
      },
      '/api/v1/namespaces/default/pods?labelSelector=a%3Db&limit=2&continue=next%2Bpage': {
        items: [{ metadata: { name: 'c' } }],
        metadata: { resourceVersion: '7' },
      },
    };
    await withServer(
      (request, response) => answerJson(response, 200, answers[request.url ?? '']),
      async ({ transport }) => {
        const options = { namespace: 'default', labelSelector: 'a=b', limit: 2 };
        const { items, resourceVersion } = await kubeClient(transport).list(resources.pods, options);
        expect(items.map((item) => item.metadata?.name)).toEqual(['a', 'b', 'c']);
        expect(resourceVersion).toBe('7');
      },
    );
  });

  it('tells a missing object from other failures', async () => {
    await withServer(
      (_request, response) => answerJson(response, 404, { reason: 'NotFound', message: 'pods "x" not found' }),
      async ({ transport }) => {
        expect(isNotFound(await failureOf(kubeClient(transport).get(resources.pods, pod)))).toBe(true);
      },
    );
  });

  it('feeds a watch event by event, however the bytes are cut', async () => {
    const lines = [
      { type: 'ADDED', object: { metadata: { name: 'ä', resourceVersion: '1' } } },
      { type: 'BOOKMARK', object: { metadata: { resourceVersion: '5' } } },
    ];
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const got: unknown[] = [];
    await withServer(
      (_request, response) => {
        response.writeHead(200);
        const writeFrom = (index: number): void => {
          if (index === bytes.length) response.end();
          else response.write(bytes.subarray(index, index + 1), () => writeFrom(index + 1));
        };
        writeFrom(0);
      },
      async ({ transport }) => {
        await kubeClient(transport).watch(resources.pods, { resourceVersion: '0' }, (event) => got.push(event));
      },
    );
    expect(got).toEqual(lines);
  });

  it('fails a watch with the Status of an ERROR event', async () => {
    const error = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } };
    await withServer(
      (_request, response) => {
        response.writeHead(200);
        response.write(`${JSON.stringify(error)}\n`);
      },
      async ({ transport }) => {
        const failure = await failureOf(kubeClient(transport).watch(resources.pods, {}, () => undefined));
        expect(failure).toMatchObject({ status: 410, reason: 'Expired' });
      },
    );
  });

  it('fails a watch that brings nothing for too long', async () => {
    await withServer(
      (_request, response) => {
        response.writeHead(200);
        response.flushHeaders();
      },
      async ({ transport }) => {
        const failure = await failureOf(
          kubeClient(transport).watch(resources.pods, { idleTimeoutMs: 200 }, () => undefined),
        );
        expect(failure).toMatchObject({ status: 0, reason: 'Timeout' });
      },
    );
  });
});
