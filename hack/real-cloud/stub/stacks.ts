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

/** What stacks are given from outside. */
export interface StackWorld {
  readonly work: StackWork;
  /** How time passes. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** How long an action takes when nothing else is said. */
  readonly delayMs: number;
}

/** The stacks of the stub, and what is to become of the next ones. */
export class Stacks {
  readonly #stacks = new Map<string, Stack>();
  readonly #outcomes = new Map<StackAction, Outcome>();
  readonly #world: StackWorld;
  #delayMs: number;

  constructor(world: StackWorld) {
    this.#world = world;
    this.#delayMs = world.delayMs;
  }

  start(project: string, name: string, parameters: Stack['parameters']): Stack {
    const id = randomUUID();
    const began = { action: 'CREATE', status: 'IN_PROGRESS', reason: '', apiAddress: '' } as const;
    const stack: Stack = { id, name, project, parameters, ...began };
    this.#stacks.set(id, stack);
    const create = async (created: Stack): Promise<Partial<Stack>> => ({
      apiAddress: await this.#world.work.create(created),
    });
    return this.#begin(id, 'CREATE', create) ?? stack;
  }

  update(id: string, parameters: Stack['parameters']): void {
    const before = this.#stacks.get(id);
    if (before === undefined) return;
    this.#change(id, { parameters: { ...before.parameters, ...parameters } });
    this.#begin(id, 'UPDATE', () => Promise.resolve({}));
  }

  remove(id: string): void {
    this.#begin(id, 'DELETE', async (stack) => {
      await this.#world.work.delete(stack);
      return {};
    });
  }

  /** The newest stack of a project with this name or id. */
  find(project: string, nameOrId: string): Stack | undefined {
    return this.all().findLast((stack) => stack.project === project && [stack.id, stack.name].includes(nameOrId));
  }

  all(): readonly Stack[] {
    return [...this.#stacks.values()];
  }

  /** The outcome of the next stack that begins this action; later ones complete again. */
  next(action: StackAction, outcome: Outcome): void {
    this.#outcomes.set(action, outcome);
  }

  setDelay(milliseconds: number): void {
    this.#delayMs = milliseconds;
  }

  #begin(id: string, action: StackAction, work: (stack: Stack) => Promise<Partial<Stack>>): Stack | undefined {
    const outcome = this.#outcomes.get(action) ?? { kind: 'complete' };
    this.#outcomes.delete(action);
    const stack = this.#change(id, { action, status: 'IN_PROGRESS', reason: `Stack ${action} started` });
    if (stack !== undefined) void this.#finish(stack, outcome, work);
    return stack;
  }

  async #finish(stack: Stack, outcome: Outcome, work: (stack: Stack) => Promise<Partial<Stack>>): Promise<void> {
    if (outcome.kind === 'stuck') return;
    await this.#world.wait(outcome.delayMs ?? this.#delayMs);
    if (outcome.kind === 'fail') {
      this.#end(stack, { status: 'FAILED', reason: outcome.reason });
      return;
    }
    try {
      const changes = await work(stack);
      this.#end(stack, { ...changes, status: 'COMPLETE', reason: `Stack ${stack.action} completed successfully` });
    } catch (error) {
      this.#end(stack, { status: 'FAILED', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** What began later has the say. */
  #end({ id, action }: Stack, changes: Partial<Stack>): void {
    if (this.#stacks.get(id)?.action === action) this.#change(id, changes);
  }

  #change(id: string, changes: Partial<Stack>): Stack | undefined {
    const before = this.#stacks.get(id);
    if (before === undefined) return undefined;
    const after = { ...before, ...changes };
    this.#stacks.set(id, after);
    return after;
  }
}
