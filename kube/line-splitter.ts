const NEWLINE = 10;

/** Cuts a byte stream into lines of text. Feed it every chunk; an unfinished line waits for the next one. */
export function splitLines(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest: Buffer[] = [];
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const line = rest.length === 0 ? chunk.toString('utf8', from, end) : joined(rest, chunk.subarray(from, end));
      rest = [];
      from = end + 1;
      if (line !== '') onLine(line);
    }
    if (from < chunk.length) rest.push(from === 0 ? chunk : chunk.subarray(from));
  };
}

// Bytes are joined before decoding: a chunk may end inside a character.
const joined = (rest: readonly Buffer[], last: Buffer): string => Buffer.concat([...rest, last]).toString('utf8');
