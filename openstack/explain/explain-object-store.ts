import { exitCode, type ExitCode } from '../exit-code.ts';
import type { ObjectStoreError, ObjectStoreFailure } from '../object-store/object-store.ts';
import type { About, Explanation } from './about.ts';

const meanings: Readonly<Record<ObjectStoreFailure, { readonly exitCode: ExitCode; readonly hint: string }>> = {
  BucketTaken: {
    exitCode: exitCode.conflict,
    hint: 'It belongs to another project: choose another name with --bucket (spark.s3.bucket of the site profile).',
  },
  InvalidBucketName: {
    exitCode: exitCode.usage,
    hint: 'A name has 3 to 63 small letters, digits and hyphens, and begins and ends with a letter or digit: choose one with --bucket.',
  },
  NoSuchBucket: { exitCode: exitCode.notFound, hint: 'Make it with "opsparkctl s3 init --bucket NAME".' },
  Forbidden: {
    exitCode: exitCode.forbidden,
    hint: 'The keys are wrong, or may not do this: check them, or let opsparkctl make a pair (leave --s3-access-key-file out).',
  },
  ClockSkew: {
    exitCode: exitCode.failed,
    hint: 'The clock of this machine and that of the object store differ too much for signatures: set this one right.',
  },
  Unreachable: {
    exitCode: exitCode.unreachable,
    hint: 'Check the endpoint (--endpoint, or spark.s3.endpoint of the site profile); an authority of its own goes into "cacert".',
  },
  Other: { exitCode: exitCode.failed, hint: '' },
};

/** What a failure of the object store means to a person. */
export function explainObjectStore(error: ObjectStoreError, { bucket, login }: About): Explanation {
  const { exitCode: code, hint } = meanings[error.failure];
  const which = bucket === undefined || error.message.includes(bucket) ? '' : `bucket "${bucket}": `;
  const lines = [`${which}${error.message}`, hint, ...(error.failure === 'ClockSkew' ? [skewWords(login)] : [])];
  return { text: lines.filter((line) => line !== '').join('\n'), exitCode: code };
}

/** Keystone's clock tells which of the two is wrong. */
function skewWords(login: About['login']): string {
  if (login === undefined) return '';
  const seconds = Math.round(login.clockSkewMs / 1000);
  if (Math.abs(seconds) < 60)
    return "Keystone's clock agrees with this machine's: the object store's may be the wrong one.";
  return `Keystone's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's.`;
}
