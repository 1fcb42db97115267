import { styleText } from 'node:util';

/** Where progress goes: a terminal gets colour and a line that is rewritten, a pipe gets whole lines. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One step under way. */
export interface Step {
  /** Says how far the step is, with a share between 0 and 1 where one is known. Only terminals show it. */
  update(note: string, share?: number): void;
}

/** Tells a person what is being done, why it takes time, and how long it took. */
export interface Progress {
  /** A heading for what follows. */
  heading(text: string): void;
  /** One line of information. */
  say(text: string): void;
  /**
   * Runs the work of a step and shows its line with the elapsed time: `usually` ("6 min") is shown while it lasts.
   * An error is marked on the line and thrown on.
   */
  step<T>(title: string, work: (step: Step) => Promise<T>, usually?: string): Promise<T>;
}

/**
 * The progress writer. It writes to standard error by default, so that standard output stays free for what
 * programs read. `now` is in milliseconds.
 */
export function createProgress(output: ProgressOutput = process.stderr, now: () => number = Date.now): Progress {
  const lively = output.isTTY === true && process.env['CI'] !== 'true';
  return {
    heading: (text) => void output.write(`\n${paint(lively, 'bold', text)}\n`),
    say: (text) => void output.write(`  ${text}\n`),
    step: (title, work, usually) => runStep({ output, now, lively, title, usually }, work),
  };
}

interface StepContext {
  readonly output: ProgressOutput;
  readonly now: () => number;
  readonly lively: boolean;
  readonly title: string;
  readonly usually: string | undefined;
}

async function runStep<T>(context: StepContext, work: (step: Step) => Promise<T>): Promise<T> {
  const { output, now, lively, title } = context;
  const started = now();
  const elapsed = (): string => seconds(now() - started);
  const hint = context.usually === undefined ? '' : ` (usually ${context.usually})`;
  let note = '';
  const draw = (): void => void output.write(`\r\u001b[K  … ${title}${note === '' ? hint : ` ${note}`} ${elapsed()}`);
  const timer = lively ? setInterval(draw, 1000) : undefined;
  timer?.unref();
  if (lively) draw();
  else if (hint !== '') output.write(`  … ${title}${hint}\n`);
  const finish = (mark: string): void => {
    clearInterval(timer);
    output.write(`${lively ? '\r\u001b[K' : ''}  ${mark} ${title} ${paint(lively, 'dim', elapsed())}\n`);
  };
  try {
    const result = await work({ update: (text, share) => void (note = share === undefined ? text : bar(share, text)) });
    finish(paint(lively, 'green', '✓'));
    return result;
  } catch (error) {
    finish(paint(lively, 'red', '✗'));
    throw error;
  }
}

/** `95 s` below two minutes, `6 min 20 s` above. */
export function seconds(milliseconds: number): string {
  const total = milliseconds / 1000;
  if (total < 10) return `${total.toFixed(1)} s`;
  if (total < 120) return `${Math.round(total)} s`;
  const whole = Math.round(total);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A bar of twenty cells with a percentage and a note. */
export function bar(share: number, note: string): string {
  const within = Math.min(1, Math.max(0, share));
  const full = Math.round(within * 20);
  return `[${'█'.repeat(full)}${'░'.repeat(20 - full)}] ${Math.round(within * 100)} % ${note}`;
}

function paint(lively: boolean, style: 'bold' | 'dim' | 'green' | 'red', text: string): string {
  return lively ? styleText(style, text) : text;
}
