import { type FakeRequest, headerOf } from '../http/request.ts';
import type { World } from '../world.ts';
import { s3Error } from './errors.ts';
import { parseAuthorization, sameSignature, sha256, signatureOf } from './signature.ts';

/** Swift's `allowable_clock_skew`. */
const SKEW_MS = 15 * 60_000;

/** The owner of the keys that signed a request. */
export interface S3Caller {
  readonly userId: string;
  readonly projectId: string;
}

/** Checks the region that a request was signed for: before anything else, as Swift does. */
export function checkRegion(request: FakeRequest, world: World): void {
  const authorization = parseAuthorization(headerOf(request, 'authorization') ?? '');
  if (authorization === undefined) throw s3Error('AccessDenied', request.id);
  const { s3Region: expected } = world.settings;
  const { region } = authorization;
  if (region !== expected && region !== expected.toLowerCase())
    throw s3Error(
      'AuthorizationHeaderMalformed',
      request.id,
      { Region: expected },
      `The authorization header is malformed; the region '${region}' is wrong; expecting '${expected}'`,
    );
}

/** Time, body and signature. An unknown key is answered like a wrong secret. */
export function authenticate(request: FakeRequest, world: World): S3Caller {
  checkTime(request, world);
  const authorization = parseAuthorization(headerOf(request, 'authorization') ?? '');
  if (authorization === undefined) throw s3Error('AccessDenied', request.id);
  const { accessKey } = authorization;
  const all = world.state.ec2Credentials;
  const credential = Object.hasOwn(all, accessKey) ? all[accessKey] : undefined;
  const signed = { method: request.method, url: request.rawUrl, header: (name: string) => headerOf(request, name) };
  if (
    credential === undefined ||
    !sameSignature(signatureOf(signed, authorization, credential.secret), authorization.signature)
  )
    throw s3Error('SignatureDoesNotMatch', request.id);
  checkBody(request);
  return { userId: credential.userId, projectId: credential.projectId };
}

function checkTime(request: FakeRequest, world: World): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headerOf(request, 'x-amz-date') ?? '') ?? [];
  if (year === undefined)
    throw s3Error('AccessDenied', request.id, {}, 'AWS authentication requires a valid Date or x-amz-date header');
  const signedMs = Date.parse(`${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
  if (Math.abs(signedMs - world.now()) > SKEW_MS) throw s3Error('RequestTimeTooSkewed', request.id);
}

function checkBody(request: FakeRequest): void {
  const hash = headerOf(request, 'x-amz-content-sha256') ?? '';
  const isChunked =
    hash.startsWith('STREAMING-') || (headerOf(request, 'content-encoding') ?? '').includes('aws-chunked');
  if (isChunked)
    throw s3Error(
      'NotImplemented',
      request.id,
      {},
      'Transfering payloads in multiple chunks using aws-chunked is not supported.',
    );
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(request.body)) throw s3Error('BadDigest', request.id);
}
