import { expectOk } from './rest.ts';
import type { Outcome, StackAction } from './stub/stacks.ts';

/** A stack as the stub tells about it. */
export interface StackSummary {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly action: StackAction;
  readonly status: string;
  readonly reason: string;
  readonly apiAddress: string;
}

/** Says what the stub for Heat does. Magnum looks every ten seconds. */
export interface HeatControl {
  /** What becomes of the next stack that is created, updated or deleted; later ones complete again. */
  next(action: StackAction, outcome: Outcome): Promise<void>;
  /** How long stacks take unless told otherwise: 2 s to begin with. */
  delay(milliseconds: number): Promise<void>;
  stacks(): Promise<readonly StackSummary[]>;
}

/** The control of the stub at an address. */
export function heatControl(url: string): HeatControl {
  const post = async (path: string, body: object): Promise<void> => {
    await expectOk({ method: 'POST', url: `${url}/control/${path}`, body });
  };
  return {
    next: (action, outcome) => post(`next/${action}`, outcome),
    delay: (delayMs) => post('delay', { delayMs }),
    // Answered by routes.ts of the stub.
    stacks: async () => (await expectOk({ url: `${url}/control/stacks` })).body as readonly StackSummary[],
  };
}
