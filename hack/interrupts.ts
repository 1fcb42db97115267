/** Two signals closer than this are one Ctrl-C, which the terminal and npm both hand on. */
const SAME_MILLISECONDS = 1000;

/**
 * Fires at the first Ctrl-C or SIGTERM, so that a program can stop its work and remove what it made. Another one, a second
 * or more later, ends the process at once.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const onSignal = (): void => {
    if (first !== undefined && Date.now() - first > SAME_MILLISECONDS) process.exit(130);
    if (first === undefined) console.error('\nStopping, and removing what was made; once more ends this at once');
    first ??= Date.now();
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
