import { Refusal } from './refusal.ts';

/** Deeper than any Kubernetes object: a pod has 12 levels, the CRD of SparkApplication 20. */
export const MAX_DEPTH = 64;

export interface Json {
  readonly value: unknown;
  /** Some object had a key `__proto__`; it is left out of `value`. */
  readonly hadProto: boolean;
}

/**
 * Parses the body of a request from anyone: nesting is limited before anything is built, and keys named `__proto__`
 * are left out, so that no later copy by assignment can change a prototype.
 *
 * @throws Refusal with status 400 for text that is not JSON or nested deeper than `MAX_DEPTH`.
 */
export function readJson(body: Buffer): Json {
  if (depthOf(body) > MAX_DEPTH) throw new Refusal(400, `The body is nested deeper than ${MAX_DEPTH} levels`);
  const text = body.toString('utf8');
  let hadProto = false;
  // The reviver costs several times the parsing, so it runs only where the name can be, written out or escaped.
  const suspicious = text.includes('__proto__') || text.includes('\\u005');
  const withoutProto = (key: string, value: unknown): unknown => {
    if (key !== '__proto__') return value;
    hadProto = true;
    return undefined;
  };
  try {
    const value: unknown = suspicious ? JSON.parse(text, withoutProto) : JSON.parse(text);
    return { value, hadProto };
  } catch {
    throw new Refusal(400, 'The body is not JSON');
  }
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = Buffer.from('"\\{}[]');

/** Levels of objects and arrays; stops counting above the limit. Bytes inside strings do not count. */
function depthOf(body: Buffer): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < body.length && deepest <= MAX_DEPTH; i += 1) {
    const byte = body[i];
    if (byte === QUOTE) i = endOfString(body, i);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) deepest = Math.max(deepest, (depth += 1));
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
  }
  return deepest;
}

/** The index of the quote that ends the string, or the end of the body. */
function endOfString(body: Buffer, start: number): number {
  let i = start + 1;
  while (i < body.length && body[i] !== QUOTE) i += body[i] === BACKSLASH ? 2 : 1;
  return i;
}
