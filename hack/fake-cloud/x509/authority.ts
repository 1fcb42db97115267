import { createCertificateAuthority } from '../../../certificates/authority.ts';
import { SERIAL_BYTES } from '../../../certificates/serial-number.ts';
import type { AuthorityRecord } from '../state.ts';
import type { World } from '../world.ts';

/** What Magnum gives its certificates: five years. */
export const FIVE_YEARS_MS = 5 * 365 * 86_400_000;

/** Makes an authority of its own for one cluster. */
export async function makeAuthority(
  world: Pick<World, 'now' | 'hex' | 'keys'>,
  name: string,
): Promise<AuthorityRecord> {
  return createCertificateAuthority({
    name,
    keys: await world.keys.take(),
    random: Buffer.from(world.hex(SERIAL_BYTES), 'hex'),
    nowMs: world.now(),
    lifeMs: FIVE_YEARS_MS,
  });
}
