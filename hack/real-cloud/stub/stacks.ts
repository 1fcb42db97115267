import { randomUUID } from 'node:crypto';

/** What becomes of a stack that is being created, updated or deleted. */
export type Outcome =
  | { readonly kind: 'complete'; readonly delayMs?: number }
  | { readonly kind: 'fail'; readonly reason: string; readonly delayMs?: number }
  | { readonly kind: 'stuck' };

export type StackAction = 'CREATE' | 'UPDATE' | 'DELETE';

/** A stack as Magnum sees it. Parameters hold credentials: they are echoed to Magnum and shown to nobody else. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly action: StackAction;
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';
  readonly reason: string;
  readonly apiAddress: string;
}

/** What is done between IN_PROGRESS and the end; an error of it fails the stack. The address answered is the cluster's. */
export interface StackWork {
  create(stack: Stack): Promise<string>;
  delete(stack: Stack): Promise<void>;
}

/** The stacks of the stub and what comes next for them. */
export interface Stacks {
  start(project: string, name: string, parameters: Readonly<Record<string, unknown>>): Stack;
  update(id: string, parameters: Readonly<Record<string, unknown>>): Stack | undefined;
  remove(id: string): Stack | undefined;
  find(project: string, nameOrId: string): Stack | undefined;
  all(): readonly Stack[];
  /** The outcome of the next stack that begins this action; later ones complete again. */
  next(action: StackAction, outcome: Outcome): void;
  /** How long an action takes when nothing else was said. */
  setDelay(delayMs: number): void;
}

/** Empty to begin with; `wait` is how time passes. */
export function createStacks(work: StackWork, wait: (ms: number) => Promise<unknown>, delayMs: number): Stacks {
  const stacks = new Map<string, Stack>();
  const outcomes = new Map<StackAction, Outcome>();
  let usualDelay = delayMs;

  const change = (id: string, changes: Partial<Stack>): Stack | undefined => {
    const before = stacks.get(id);
    if (before === undefined) return undefined;
    const after = { ...before, ...changes };
    stacks.set(id, after);
    return after;
  };
  const end = (id: string, action: StackAction, changes: Partial<Stack>): void => {
    // What began later has the say.
    if (stacks.get(id)?.action === action) change(id, changes);
  };
  const begin = (
    id: string,
    action: StackAction,
    doWork: (stack: Stack) => Promise<Partial<Stack>>,
  ): Stack | undefined => {
    const outcome = outcomes.get(action) ?? { kind: 'complete' };
    outcomes.delete(action);
    const stack = change(id, { action, status: 'IN_PROGRESS', reason: `Stack ${action} started` });
    if (stack === undefined || outcome.kind === 'stuck') return stack;
    const finish = async (): Promise<void> => {
      await wait(outcome.delayMs ?? usualDelay);
      if (outcome.kind === 'fail') {
        end(id, action, { status: 'FAILED', reason: outcome.reason });
        return;
      }
      try {
        const changes = await doWork(stack);
        end(id, action, { ...changes, status: 'COMPLETE', reason: `Stack ${action} completed successfully` });
      } catch (error) {
        end(id, action, { status: 'FAILED', reason: error instanceof Error ? error.message : String(error) });
      }
    };
    void finish();
    return stack;
  };

  return {
    start: (project, name, parameters) => {
      const id = randomUUID();
      const stack: Stack = {
        ...{ id, name, project, parameters },
        ...{ action: 'CREATE', status: 'IN_PROGRESS', reason: '', apiAddress: '' },
      };
      stacks.set(id, stack);
      return begin(id, 'CREATE', async (created) => ({ apiAddress: await work.create(created) })) ?? stack;
    },
    update: (id, parameters) => {
      const before = stacks.get(id);
      if (before === undefined) return undefined;
      change(id, { parameters: { ...before.parameters, ...parameters } });
      return begin(id, 'UPDATE', () => Promise.resolve({}));
    },
    remove: (id) => begin(id, 'DELETE', async (stack) => work.delete(stack).then(() => ({}))),
    find: (project, nameOrId) =>
      [...stacks.values()].findLast((stack) => stack.project === project && [stack.id, stack.name].includes(nameOrId)),
    all: () => [...stacks.values()],
    next: (action, outcome) => void outcomes.set(action, outcome),
    setDelay: (ms) => void (usualDelay = ms),
  };
}
