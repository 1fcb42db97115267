import { ObjectStoreError, type ObjectStoreFailure } from './object-store.ts';

/** What was asked of which bucket and where, for messages. */
export interface S3Attempt {
  /** As after "cannot": `make the bucket`, `write spark-events/`… */
  readonly doing: string;
  readonly bucket: string;
  readonly endpoint: string;
}

/** S3's error codes by what a person can do about them. AWS, Ceph's radosgw, Swift's s3api and MinIO share them. */
const failures: Readonly<Record<string, ObjectStoreFailure>> = {
  BucketAlreadyExists: 'BucketTaken',
  InvalidBucketName: 'InvalidBucketName',
  NoSuchBucket: 'NoSuchBucket',
  AccessDenied: 'Forbidden',
  AllAccessDisabled: 'Forbidden',
  Forbidden: 'Forbidden',
  InvalidAccessKeyId: 'Forbidden',
  SignatureDoesNotMatch: 'Forbidden',
  RequestTimeTooSkewed: 'ClockSkew',
  RequestExpired: 'ClockSkew',
};

/** Errors of Node's sockets, TLS and of the SDK's time limits: there was no answer. */
const unreachable =
  /^(?:E(?:CONN|HOST|NET|AI_|PIPE|TIMEDOUT|NOTFOUND)|TimeoutError$|NetworkingError$|CERT_|ERR_TLS|ERR_SSL|ERR_PROXY|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/;

const tls = /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)|certificate/;

/** The SDK puts this around what it does not know as an error, and keeps nothing but the words. */
const wrapper = /^AWS SDK error wrapper for (?:Error: )?/;

/** What the S3 client threw, as one of our errors: message for people, no headers, no signature. */
export function objectStoreError(thrown: unknown, attempt: S3Attempt): ObjectStoreError {
  if (thrown instanceof ObjectStoreError) return thrown;
  const { code, status, socket, said } = factsOf(thrown);
  const what = `cannot ${attempt.doing} (bucket "${attempt.bucket}" at ${attempt.endpoint})`;
  if (status === 0 && !(code in failures)) {
    const failure = unreachable.test(socket) || unreachable.test(code) || wrapper.test(said) ? 'Unreachable' : 'Other';
    return new ObjectStoreError(failure, '', `${what}: ${withoutAnswer(socket, said)}`, thrown);
  }
  const failure = failures[code] ?? byStatus(status, code);
  return new ObjectStoreError(failure, code, `${what}: ${sentence(failure, code, status, said)}`, thrown);
}

/** The region that a refusal names as the right one: Swift, MinIO, Garage and AWS do. */
export function regionNamedBy(thrown: unknown): string | undefined {
  const { code, said, region } = factsOf(thrown);
  if (code !== 'AuthorizationHeaderMalformed' && code !== 'PermanentRedirect') return undefined;
  if (region !== undefined && region !== '') return region;
  return /expect(?:ing|ed)\s+(?:region\s+)?['"]([\w-]+)['"]/i.exec(said)?.[1];
}

/** S3's error code of what was thrown, `''` when it is none of S3's. */
export const s3CodeOf = (thrown: unknown): string => factsOf(thrown).code;

interface Facts {
  readonly code: string;
  /** 0 without an answer. */
  readonly status: number;
  /** Code of a system or TLS error beneath. */
  readonly socket: string;
  readonly said: string;
  readonly region: string | undefined;
}

function factsOf(thrown: unknown): Facts {
  const error = fieldsOf(thrown);
  const status = fieldsOf(error.get('$metadata')).get('httpStatusCode');
  return {
    code: textOf(error.get('name')),
    status: typeof status === 'number' ? status : 0,
    socket: textOf(error.get('code')) || textOf(fieldsOf(error.get('cause')).get('code')),
    said: textOf(error.get('message')),
    region: textOf(error.get('Region')),
  };
}

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> => {
  if (typeof value !== 'object' || value === null) return new Map();
  const inherited = value instanceof Error ? { name: value.name, message: value.message, cause: value.cause } : {};
  return new Map<string, unknown>(Object.entries({ ...inherited, ...value }));
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const byStatus = (status: number, code: string): ObjectStoreFailure => {
  if (status === 403 || status === 401) return 'Forbidden';
  return code === 'NotFound' ? 'NoSuchBucket' : 'Other';
};

function withoutAnswer(socket: string, text: string): string {
  const said = text.replace(wrapper, '');
  const why = socket === '' ? (/\bE[A-Z]{4,}\b/.exec(said)?.[0] ?? said) : socket;
  return tls.test(why) ? `its certificate was not accepted (${why})` : `no answer (${why})`;
}

function sentence(failure: ObjectStoreFailure, code: string, status: number, said: string): string {
  const answer = `${said === '' || said === code ? `status ${status}` : said.replace(/\.$/, '')} (${code === '' ? status : code})`;
  if (failure === 'BucketTaken') return `the name is taken (${code})`;
  if (failure === 'ClockSkew') return `its clock and ours differ too much (${code})`;
  if (/Deserialization error/i.test(said)) return `the answer (status ${status}) is not S3. Is this an S3 endpoint?`;
  return answer;
}
