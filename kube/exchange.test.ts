import { describe, expect, it } from '@jest/globals';
import { withServer } from '../test/scripted-server.ts';
import { resources } from './resources.ts';

/** More than one read of a socket brings. */
const LARGE = 1_000_000;

describe('a stream whose reader pauses', () => {
  it('comes to its end when each piece is resumed in a microtask', async () => {
    const text = 'x'.repeat(LARGE);
    let received = 0;
    await withServer(
      (_request, response) => void response.writeHead(200).end(text),
      ({ client }) =>
        client.streamText({ resource: resources.pods, ref: { name: 'pi' }, subresource: 'log' }, (chunk, flow) => {
          received += chunk.length;
          // A reader that answered every piece, empty ones too, would be handed empty pieces for ever.
          if (received > LARGE) throw new Error('more than was sent');
          flow.pause();
          void Promise.resolve().then(() => flow.resume());
        }),
    );
    expect(received).toBe(LARGE);
  });
});
