import { serialNumber } from '../../../certificates/serial-number.ts';
import { signedCertificate } from '../../../certificates/signed-certificate.ts';
import type { AuthorityRecord } from '../state.ts';
import type { World } from '../world.ts';

/** What Magnum gives its certificates: five years. */
export const FIVE_YEARS_MS = 5 * 365 * 86_400_000;
const DAY_MS = 86_400_000;

/** Makes an authority of its own for one cluster, as Magnum does: its name is the cluster's, nothing else. */
export async function makeAuthority(
  world: Pick<World, 'now' | 'hex' | 'keys'>,
  name: string,
): Promise<AuthorityRecord> {
  const keys = await world.keys.take();
  const certificatePem = signedCertificate(
    {
      subject: name,
      issuer: name,
      serial: serialNumber(Buffer.from(world.hex(16), 'hex')),
      notBeforeMs: world.now() - DAY_MS,
      notAfterMs: world.now() + FIVE_YEARS_MS,
      publicKeyPem: keys.publicPem,
      extensions: [
        { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
        { name: 'keyUsage', critical: true, keyCertSign: true },
      ],
    },
    keys.privatePem,
  );
  return { certificatePem, keyPem: keys.privatePem };
}
