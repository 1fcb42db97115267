import type { Logger } from './log.ts';

/** Aborts at the first SIGTERM or SIGINT. A second one ends the process at once with the usual code (128 + number). */
export function stopOnSignals(log: Logger): AbortSignal {
  const stop = new AbortController();
  const codes = { SIGTERM: 143, SIGINT: 130 } as const;
  const onSignal = (signal: keyof typeof codes): void => {
    if (stop.signal.aborted) process.exit(codes[signal]);
    log.info({ signal }, 'Stopping');
    stop.abort(new Error(`Received ${signal}`));
  };
  process.on('SIGTERM', () => onSignal('SIGTERM'));
  process.on('SIGINT', () => onSignal('SIGINT'));
  return stop.signal;
}
