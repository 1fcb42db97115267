import type { Login } from './session.ts';

const MARGIN_MS = 120_000;
const MARGIN_SHARE = 0.1;

/** Whether a login ends so soon that a new one is due: 2 minutes, or a tenth of its life when that is shorter. By Keystone's clock. */
export function isDue({ issuedAt, expiresAt, clockSkewMs }: Login, now: Date): boolean {
  const life = expiresAt.getTime() - issuedAt.getTime();
  const left = expiresAt.getTime() - (now.getTime() + clockSkewMs);
  return left < Math.min(MARGIN_MS, life * MARGIN_SHARE);
}
