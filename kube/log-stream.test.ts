import { describe, expect, it } from '@jest/globals';
import { answerJson, withServer } from '../test/scripted-server.ts';
import { streamLog } from './log-stream.ts';

const pod = { namespace: 'team', name: 'pi-driver' };

describe('the log of a container', () => {
  it('asks for what kubectl logs asks for', async () => {
    await withServer(
      (_request, response) => response.end('one\n'),
      async ({ client, seen }) => {
        const options = { container: 'spark', follow: true, tailLines: 7, sinceSeconds: 60, timestamps: false };
        await streamLog(client, pod, options, () => undefined);
        expect(seen).toEqual([
          'GET /api/v1/namespaces/team/pods/pi-driver/log?container=spark&follow=true&tailLines=7&sinceSeconds=60&timestamps=false',
        ]);
      },
    );
  });

  it('hands on every byte in order to a slow writer, one piece at a time', async () => {
    const text = Array.from({ length: 20_000 }, (_, line) => `line ${line}\n`).join('');
    let written = '';
    let writing = 0;
    await withServer(
      (_request, response) => response.end(text),
      ({ client }) =>
        streamLog(client, pod, {}, async (chunk) => {
          expect((writing += 1)).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          written += chunk.toString();
          writing -= 1;
        }),
    );
    expect(written).toBe(text);
  });

  it('ends with what its writer threw, even when nothing more comes', async () => {
    const full = new Error('no space left');
    const copying = withServer(
      (_request, response) => response.write('a line\n'),
      ({ client }) =>
        streamLog(client, pod, { follow: true }, () => {
          throw full;
        }),
    );
    await expect(copying).rejects.toBe(full);
  });

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    const enough = new Error('enough');
    const copying = withServer(
      (_request, response) => response.write('a line\n'),
      ({ client }) => streamLog(client, pod, { follow: true, signal: stop.signal }, () => stop.abort(enough)),
    );
    await expect(copying).rejects.toBe(enough);
  });

  it('is refused with the message of the API server', async () => {
    const message = 'container "x" is waiting to start';
    const copying = withServer(
      (_request, response) => answerJson(response, 400, { reason: 'BadRequest', message }),
      ({ client }) => streamLog(client, pod, {}, () => undefined),
    );
    await expect(copying).rejects.toMatchObject({ status: 400, message });
  });
});
