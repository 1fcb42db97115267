/** How many random bytes a serial number takes: RFC 5280 (4.1.2.2) allows 20. */
export const SERIAL_BYTES = 16;

/** The serial number in hexadecimal: positive and without a leading zero byte, as DER wants it. Throws RangeError on too few bytes. */
export function serialNumber(random: Uint8Array): string {
  if (random.length < SERIAL_BYTES) throw new RangeError(`A serial number needs ${SERIAL_BYTES} random bytes`);
  const bytes = Buffer.from(random.subarray(0, SERIAL_BYTES));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
