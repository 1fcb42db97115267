/**
 * The text rules of the Java side that reads our conf: where they differ from JavaScript's, a value would mean one thing
 * to us and another to Spark.
 */

/** Java's `String.trim`: strips UTF-16 units up to U+0020 only (JavaScript's also strips U+00A0 and its like). */
export function javaTrim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(start, end);
}

/** Java's `Double.toString`: always a fraction (`1.0`), scientific below 1e-3 and from 1e7 (`1.0E-4`). */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) return withFraction(String(value));
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${withFraction(mantissa)}E${String(Number(exponent))}`;
}

const withFraction = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);

/** A list entry of Spark's conf: split at commas, every part trimmed, empty ones dropped. */
export const javaList = (text: string): string[] =>
  text
    .split(',')
    .map(javaTrim)
    .filter((part) => part !== '');

/** A boolean of Spark's conf: `true` or `false` in any case; undefined for anything else, which Spark refuses. */
export function javaBoolean(text: string): boolean | undefined {
  const word = javaTrim(text).toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}
