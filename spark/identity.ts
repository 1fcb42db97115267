import { createHash } from 'node:crypto';

/** The namespace of our submission ids (RFC 9562 §5.5): any constant will do, as long as it never changes. */
const SUBMISSION_NAMESPACE = 'c0a7a1de-5f3b-4e55-9d2c-6b1f0e8d4a17';

/**
 * The identity of one attempt: a UUIDv5 of the application's uid and the attempt number, so that a controller that
 * restarts between two writes finds its own objects again (docs/design.md, "Identity").
 */
export function submissionIdOf(uid: string, attempt: number): string {
  const digest = createHash('sha1')
    .update(Buffer.from(SUBMISSION_NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(`${uid}/${String(attempt)}`)
    .digest()
    .subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Spark's application id of an attempt, in the shape that Spark itself draws at random: `spark-` and 32 hex digits. */
export const sparkApplicationIdOf = (submissionId: string): string => `spark-${submissionId.replaceAll('-', '')}`;

/**
 * Sixteen hex digits that stand where Spark puts a random "unique id" into a name. One attempt has several: each purpose
 * (`prefix`, `service`, `conf-map`) gives another.
 */
export const uniqueIdOf = (submissionId: string, purpose: string): string =>
  createHash('sha256').update(`${submissionId}/${purpose}`).digest('hex').slice(0, 16);

/** A UUID of an attempt for one purpose, as Spark draws one for the local directory. */
export const uuidOf = (submissionId: string, purpose: string): string =>
  submissionIdOf(`${submissionId}/${purpose}`, 0);
