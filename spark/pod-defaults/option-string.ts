/** What Java counts as blank (`Character.isWhitespace`): no-break spaces are none. */
const BLANK = '\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000';

/** One piece of an option: an escaped character, a text in double or single quotes, plain characters; or the blanks between two. */
const piece = new RegExp(
  `\\\\([^])|"((?:\\\\[^]|[^"\\\\])*)"|'([^']*)'|([^${BLANK}"'\\\\]+)|(?<blanks>[${BLANK}]+)`,
  'uy',
);

/**
 * Splits a string of Java options as Spark's launcher does (`CommandBuilderUtils.parseOptionString`): at blanks outside of
 * quotes; a backslash takes the next character as it is, but not between single quotes. Undefined for a text that the
 * launcher refuses: an open quote or a backslash at the end.
 */
export function splitOptions(text: string): readonly string[] | undefined {
  const pieces = [...text.matchAll(new RegExp(piece, 'guy'))];
  if (pieces.reduce((length, [matched]) => length + matched.length, 0) < text.length) return undefined;
  return pieces.reduce<Split>(withPiece, { options: [], isOpen: false }).options;
}

interface Split {
  readonly options: readonly string[];
  /** True while the last option goes on. */
  readonly isOpen: boolean;
}

function withPiece({ options, isOpen }: Split, match: RegExpExecArray): Split {
  if (match.groups?.['blanks'] !== undefined) return { options, isOpen: false };
  return isOpen
    ? { options: [...options.slice(0, -1), `${options.at(-1) ?? ''}${textOf(match)}`], isOpen }
    : { options: [...options, textOf(match)], isOpen: true };
}

/** What a piece stands for, without its quotes and backslashes. */
const textOf = ([, escaped, double, single, plain]: RegExpExecArray): string =>
  escaped ?? double?.replaceAll(/\\([^])/gu, '$1') ?? single ?? plain ?? '';

const needsQuotes = new RegExp(`[${BLANK}"'\\\\]`, 'u');

/** One option as the launcher reads it back: in double quotes when it has a blank, a quote or a backslash. */
export const quotedOption = (option: string): string =>
  needsQuotes.test(option) ? `"${option.replaceAll(/["\\]/g, '\\$&')}"` : option;

/** False for characters beyond the Basic Multilingual Plane: the launcher writes half of them twice. */
export const canBeOption = (option: string): boolean => !/[\u{10000}-\u{10ffff}\0]/u.test(option);
