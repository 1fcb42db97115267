/** Certificates begin this long before they are made: clocks of a cluster may differ by so much. */
export const BACKDATED_MS = 5 * 60_000;

/** From when to when a certificate holds, in epoch milliseconds. */
export interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** The validity of a certificate made now for so long; it never outlives its authority. */
export const validityFrom = (nowMs: number, lifeMs: number, authorityEndsMs = Number.POSITIVE_INFINITY): Validity => ({
  notBeforeMs: nowMs - BACKDATED_MS,
  notAfterMs: Math.min(nowMs + lifeMs, authorityEndsMs),
});

/** When a certificate with this validity was made: ours begin earlier. Another's that is very short may begin when it was made. */
export const madeAtMs = ({ notBeforeMs, notAfterMs }: Validity): number =>
  notBeforeMs + BACKDATED_MS < notAfterMs ? notBeforeMs + BACKDATED_MS : notBeforeMs;

/** When two thirds of the time from its making to its end are over: time to renew, a third in reserve. */
export const twoThirdsMs = (validity: Validity): number => {
  const made = madeAtMs(validity);
  return made + ((validity.notAfterMs - made) * 2) / 3;
};

/** True from the first to the last moment of the validity. */
export const holdsAt = ({ notBeforeMs, notAfterMs }: Validity, nowMs: number): boolean =>
  notBeforeMs <= nowMs && nowMs < notAfterMs;
