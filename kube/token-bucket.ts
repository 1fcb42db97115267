/** Lets `qps` through per second on average and `burst` at once. */
export interface TokenBucket {
  /** Takes a token, on credit if need be, and says how long its holder must wait, in milliseconds. */
  reserve(nowMs: number): number;
}

/** Time is an argument: the bucket has no timer. */
export function tokenBucket(qps: number, burst: number): TokenBucket {
  let tokens = burst;
  let filledAt = Number.NEGATIVE_INFINITY;
  return {
    reserve: (nowMs) => {
      tokens =
        filledAt === Number.NEGATIVE_INFINITY ? burst : Math.min(burst, tokens + ((nowMs - filledAt) * qps) / 1000);
      filledAt = nowMs;
      tokens -= 1;
      return tokens >= 0 ? 0 : (-tokens * 1000) / qps;
    },
  };
}
