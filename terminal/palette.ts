import { styleText } from 'node:util';

/** The few meanings that colour carries here. Without colour every one of them returns its text unchanged. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly busy: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

/** @param colour whether the reader is a terminal that wants colour (see `wantsColour`) */
export function palette(colour: boolean): Palette {
  const style = (format: Format) => (text: string) =>
    colour && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    good: style('green'),
    busy: style('yellow'),
    bad: style('red'),
    dim: style('dim'),
    strong: style('bold'),
  };
}

/** NO_COLOR (any value) turns colour off, FORCE_COLOR turns it on, else a terminal that is not `dumb` has it. */
export function wantsColour(environment: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}
