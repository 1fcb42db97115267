/** Epoch milliseconds as Kubernetes writes times: RFC 3339, UTC, whole seconds (metav1.Time). */
export const rfc3339 = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The same, rounded up: for moments that must not come too early. */
export const rfc3339After = (ms: number): string => rfc3339(Math.ceil(ms / 1000) * 1000);

/** Epoch milliseconds of an RFC 3339 time; undefined when there is none or it cannot be read. */
export function millisOf(time: string | null | undefined): number | undefined {
  if (time === undefined || time === null) return undefined;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}
