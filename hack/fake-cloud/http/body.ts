/** The value at a path of names in parsed JSON; undefined when any step is missing. */
export function at(value: unknown, ...names: readonly string[]): unknown {
  let here = value;
  for (const name of names) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
    // A JSON object: its own names alone count.
    here = Object.hasOwn(here, name) ? (here as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  return here;
}

/** The text at a path; undefined when there is none or it is no text. */
export function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  const found = at(value, ...names);
  return typeof found === 'string' ? found : undefined;
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const found = at(value, ...names);
  return Array.isArray(found) ? found : [];
}

/** A JSON body; undefined when it cannot be read. */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
