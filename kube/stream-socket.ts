/** What we use of the WebSocket that client-node hands out (it publishes no types for it). */
export interface StreamSocket {
  addEventListener(type: 'close' | 'error', listener: () => void): void;
  close(): void;
}

/** Throws when it is something else: client-node returns a function when asked to reconnect, which we never do. */
export function asStreamSocket(value: unknown): StreamSocket {
  if (typeof value === 'object' && value !== null && 'addEventListener' in value && 'close' in value) {
    // Checked above as far as it can be; client-node guarantees a WebSocket.
    return value as StreamSocket;
  }
  throw new TypeError('Expected a WebSocket');
}
