import type { LabelSelector, LabelSelectorRequirement } from '../api/sparkpoddefaults.ts';

/** A text that is no label selector. The message quotes the part that was not understood. */
export class LabelSelectorError extends Error {
  override readonly name = 'LabelSelectorError';
  readonly code = 'LabelSelector';
}

const KEY = '(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-\\w.]{0,61}[A-Za-z0-9])?';
const VALUE = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;

const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(\\S*)$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${KEY})$`);

/**
 * A selector as kubectl's `--selector` takes it (`team=a,env in (x,y),!z`), as the object that the API uses. An empty text
 * selects everything.
 *
 * @throws LabelSelectorError when a part of it cannot be read.
 */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = partsOf(text).map(requirementOf);
  return requirements.length === 0 ? {} : { matchExpressions: requirements };
}

/** Commas separate requirements, except inside parentheses. */
const partsOf = (text: string): readonly string[] =>
  text.trim() === '' ? [] : text.split(/,(?![^()]*\))/).map((part) => part.trim());

function requirementOf(part: string): LabelSelectorRequirement {
  const requirement = equality(part) ?? membership(part) ?? existence(part);
  if (requirement !== undefined) return requirement;
  throw new LabelSelectorError(
    `"${part}" is not a label requirement: write key=value, key!=value, key in (a,b), key notin (a,b), key or !key`,
  );
}

function equality(part: string): LabelSelectorRequirement | undefined {
  const [, key, sign, value = ''] = EQUALITY.exec(part) ?? [];
  return key === undefined
    ? undefined
    : { key, operator: sign === '!=' ? 'NotIn' : 'In', values: valuesOf(part, [value]) };
}

function membership(part: string): LabelSelectorRequirement | undefined {
  const [, key, word, list = ''] = SET.exec(part) ?? [];
  const values = list.split(',').map((one) => one.trim());
  return key === undefined
    ? undefined
    : { key, operator: word === 'in' ? 'In' : 'NotIn', values: valuesOf(part, values) };
}

function existence(part: string): LabelSelectorRequirement | undefined {
  const [, not, key] = EXISTENCE.exec(part) ?? [];
  return key === undefined ? undefined : { key, operator: not === '!' ? 'DoesNotExist' : 'Exists' };
}

function valuesOf(part: string, values: readonly string[]): readonly string[] {
  const bad = values.find((value) => !VALUE.test(value));
  if (bad === undefined) return values;
  throw new LabelSelectorError(`"${part}": "${bad}" is not a label value (letters, digits, - _ . and at most 63)`);
}
