import { Refusal, textAnswer } from '../http/answer.ts';

/** The errors of S3 that the fake knows: status and message as Swift's s3api words them. */
const errors = {
  AccessDenied: [403, 'Access Denied.'],
  AuthorizationHeaderMalformed: [
    400,
    'The authorization header is malformed; the authorization header requires three components: Credential, ' +
      'SignedHeaders, and Signature.',
  ],
  BadDigest: [400, 'The Content-MD5 you specified did not match what we received.'],
  BucketAlreadyExists: [
    409,
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please ' +
      'select a different name and try again.',
  ],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidLocationConstraint: [400, 'The specified location constraint is not valid.'],
  InvalidRequest: [400, 'Invalid Request.'],
  InvalidRange: [416, 'The requested range cannot be satisfied.'],
  NoSuchBucket: [404, 'The specified bucket does not exist.'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NotImplemented: [501, 'Not implemented.'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the current time is too large.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type S3Code = keyof typeof errors;

/** S3's error document. `more`: further elements, such as the region that is expected. */
export function s3Error(
  code: S3Code,
  requestId: string,
  more: Readonly<Record<string, string>> = {},
  message: string = errors[code][1],
): Refusal {
  const elements = { Code: code, Message: message, RequestId: requestId, ...more };
  const body = Object.entries(elements).map(([name, text]) => element(name, text));
  return new Refusal(
    textAnswer(
      errors[code][0],
      'application/xml',
      `<?xml version='1.0' encoding='UTF-8'?>\n<Error>${body.join('')}</Error>`,
    ),
  );
}

/** `<name>text</name>`, with what XML forbids escaped. */
export const element = (name: string, text: string): string => `<${name}>${escape(text)}</${name}>`;

/** The text that an element stands for. */
export const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
