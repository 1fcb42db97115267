import { wantsColour } from './palette.ts';

/** Where a command line writes. Results to standard output, everything said about them to standard error. */
export interface Terminal {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  /** Raw bytes to standard output; resolves when the reader keeps up. */
  readonly write: (chunk: Uint8Array) => Promise<void>;
  /** Whether standard output wants colour. */
  readonly colour: boolean;
}

/** The standard streams of a process. */
export function terminalOf({ stdout, stderr, env }: NodeJS.Process): Terminal {
  return {
    print: (line) => void stdout.write(`${line}\n`),
    printError: (line) => void stderr.write(`${line}\n`),
    write: (chunk) =>
      new Promise((resolve) => {
        if (stdout.write(chunk)) resolve();
        else stdout.once('drain', resolve);
      }),
    colour: wantsColour(env, stdout.isTTY),
  };
}

/** `program | head` closes the pipe early: that is no error of the program. */
export function endQuietlyWithReader(process: NodeJS.Process): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
