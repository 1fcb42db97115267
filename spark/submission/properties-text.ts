const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\f': '\\f',
  '=': '\\=',
  ':': '\\:',
  '#': '\\#',
  '!': '\\!',
};

const escape = (text: string): string => text.replaceAll(/[\\\t\n\r\f=:#!]/g, (char) => escapes[char] ?? char);

/** In a key every blank is escaped; in a value only a leading one (java.util.Properties). */
const escapeKey = (key: string): string => escape(key).replaceAll(' ', '\\ ');
const escapeValue = (value: string): string => escape(value).replace(/^ /, '\\ ');

/**
 * The text of a properties file as Spark's submission writes it into the driver's ConfigMap: comments first, then the
 * entries sorted by key. Everything above ASCII is written raw, in UTF-8.
 */
export function propertiesText(entries: Iterable<readonly [string, string]>, comments: readonly string[] = []): string {
  const lines = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${escapeKey(key)}=${escapeValue(value)}`);
  return [...comments.map((comment) => `#${comment}`), ...lines, ''].join('\n');
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The date line of java.util.Properties, always in UTC: `Sun Nov 22 13:41:45 UTC 2026`. */
export function propertiesDate(epochMs: number): string {
  const date = new Date(epochMs);
  const time = date.toISOString().slice(11, 19);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${days[date.getUTCDay()] ?? ''} ${months[date.getUTCMonth()] ?? ''} ${day} ${time} UTC ${String(date.getUTCFullYear())}`;
}
