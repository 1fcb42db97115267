/** A value as JSON or YAML, as kubectl prints them: for programs, so never coloured. */
export async function serialise(format: 'json' | 'yaml', value: unknown): Promise<string> {
  if (format === 'json') return JSON.stringify(value, undefined, 4);
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
