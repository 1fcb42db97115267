/** Bytes in a unit of Java memory text (`org.apache.spark.network.util.JavaUtils`): k, m, g, t, p are powers of 1024. */
const javaUnits: Readonly<Record<string, number>> = {
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** Factors of a Kubernetes quantity suffix (apimachinery, `resource.Quantity`). */
const quantityUnits: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const MEBIBYTE = 2 ** 20;
const javaMemory = /^([0-9]+)(?:(b)|([kmgtp])b?)?$/i;
const quantity = /^([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]+))?$/;

/** The unit of a bare number: Spark reads it as MiB in its memory keys, Kubernetes as bytes in a quantity. */
export type BareUnit = 'b' | 'm';

/**
 * Java memory text such as 512m, 4g or 1024 in MiB, rounded down as Spark does; undefined if it is none.
 * A bare number counts in `bareUnit`.
 */
export function javaMemoryMiB(text: string, bareUnit: BareUnit = 'm'): number | undefined {
  const match = javaMemory.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', bytes, unit = bytes ?? bareUnit] = match;
  const factor = javaUnits[unit.toLowerCase()] ?? 1;
  return Math.floor((Number(digits) * factor) / MEBIBYTE);
}

/** The number of a Kubernetes quantity such as 1500m, 2Gi or 1e3 in its base unit; undefined if it is none. */
export function parseQuantity(text: string): number | undefined {
  const match = quantity.exec(text);
  if (match === null) return undefined;
  const [, number = '', suffix = '', exponent] = match;
  const factor = exponent === undefined ? quantityUnits[suffix] : 10 ** Number(exponent);
  return factor === undefined ? undefined : Number(number) * factor;
}

/** CPU quantity in thousandths of a core, rounded up as Kubernetes does; undefined if it is none. */
export function cpuMillicores(text: string): number | undefined {
  const cores = parseQuantity(text);
  // Rounding to a millionth first keeps 0.1 + 0.2 kinds of noise from adding a millicore.
  return cores === undefined ? undefined : Math.ceil(Number((cores * 1000).toFixed(6)));
}

/** Memory quantity in bytes, rounded up as Kubernetes does; undefined if it is none. */
export function memoryBytes(text: string): number | undefined {
  const bytes = parseQuantity(text);
  return bytes === undefined ? undefined : Math.ceil(bytes);
}

/** Java memory text (512m) as the Kubernetes quantity of the same size (512Mi); undefined if it is no Java memory. */
export function javaMemoryToQuantity(text: string, bareUnit: BareUnit = 'b'): string | undefined {
  const match = javaMemory.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', bytes, unit = bytes ?? bareUnit] = match;
  const suffix = unit.toUpperCase();
  return suffix === 'B' ? digits : `${digits}${suffix}i`;
}
