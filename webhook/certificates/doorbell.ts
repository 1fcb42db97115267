import { type Clock, sleep } from '../../kube/clock.ts';

/** Lets one loop sleep until something happens. */
export interface Doorbell {
  /** Ends the wait under way, or the next one. */
  ring(): void;
  /** Resolves when the bell has been rung since the last wait, after `ms`, or when `stop` aborts. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
}

export function doorbell(clock: Clock): Doorbell {
  let rung = new AbortController();
  return {
    ring: () => rung.abort(),
    wait: async (ms, stop) => {
      await sleep(clock, ms, AbortSignal.any([stop, rung.signal]));
      if (rung.signal.aborted) rung = new AbortController();
    },
  };
}
