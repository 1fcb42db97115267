const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** One JSON log line as `time LEVEL message key=value …`; a line that is not JSON passes unchanged. */
export function consoleLine(line: string): string {
  const fields = parsed(line);
  if (fields === undefined) return line;
  const { time, level, msg, err, ...rest } = fields;
  const pairs = Object.entries(rest).map(([key, value]) => ` ${key}=${shown(value)}`);
  const head = `${String(time).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${String(msg)}${pairs.join('')}`;
  return `${head}${errorText(err)}\n`;
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function errorText(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const text = 'stack' in err ? err.stack : 'message' in err ? err.message : undefined;
  return typeof text === 'string' ? `\n  ${text.replaceAll('\n', '\n  ')}` : '';
}
