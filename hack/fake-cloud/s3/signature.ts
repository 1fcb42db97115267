import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What an `Authorization: AWS4-HMAC-SHA256 …` header says. */
export interface Authorization {
  readonly accessKey: string;
  /** `20260131` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Reads the header; undefined when a part is missing. */
export function parseAuthorization(header: string): Authorization | undefined {
  const part = (name: string): string => new RegExp(`${name}=([^,\\s]+)`).exec(header)?.[1] ?? '';
  const [accessKey = '', date = '', region = '', service = '', terminal] = part('Credential').split('/');
  const [signedHeaders, signature] = [part('SignedHeaders'), part('Signature')];
  if (terminal === undefined || signedHeaders === '' || signature === '') return undefined;
  return { accessKey, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

/** The parts of a request that are signed. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly header: (name: string) => string | undefined;
}

/**
 * The signature that a request should have (AWS Signature Version 4 for S3: the path is not encoded a second time).
 * `payloadHash` and time are taken from the request's own headers.
 */
export function signatureOf(request: SignedRequest, authorization: Authorization, secretKey: string): string {
  const { date, region, service, signedHeaders } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.header('x-amz-date') ?? '',
    scope,
    sha256(canonicalRequest(request, signedHeaders)),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (from, part) => hmac(from, part),
    `AWS4${secretKey}`,
  );
  return hmac(key, toSign).toString('hex');
}

/** Compares in constant time. */
export function sameSignature(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function canonicalRequest({ method, url, header }: SignedRequest, signedHeaders: readonly string[]): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter) => (parameter.includes('=') ? parameter : `${parameter}=`))
    .sort((a, b) => (a < b ? -1 : 1));
  const headers = signedHeaders.map((name) => `${name}:${(header(name) ?? '').trim().replaceAll(/\s+/g, ' ')}\n`);
  return [
    method,
    path,
    parameters.join('&'),
    headers.join(''),
    signedHeaders.join(';'),
    header('x-amz-content-sha256') ?? '',
  ].join('\n');
}

/** SHA-256 as hexadecimal text. */
export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
