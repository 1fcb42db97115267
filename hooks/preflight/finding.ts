/**
 * What a check found. A failure means that the operator would not work; a warning, that it may not do what people expect; a
 * note, that something could not be checked.
 */
export interface Finding {
  readonly level: 'failure' | 'warning' | 'note';
  readonly check: string;
  /** Names the object, what is wrong and what to do. */
  readonly message: string;
}

/** A thing that was looked at, or why it could not be. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/** The findings on a value; a note when it is not known. */
export function whenKnown<T>(
  check: string,
  seen: Known<T>,
  judge: (value: T) => readonly Omit<Finding, 'check'>[],
): readonly Finding[] {
  if (!seen.known) return [{ level: 'note', check, message: `Not checked: ${seen.why}` }];
  return judge(seen.value).map((finding) => ({ ...finding, check }));
}
