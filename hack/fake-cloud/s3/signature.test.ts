import { describe, expect, it } from '@jest/globals';

import { parseAuthorization, sameSignature, sha256, signatureOf } from './signature.ts';

/** The example of the AWS documentation ("Authenticating Requests: Using the Authorization Header", GET Object). */
const example = {
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  header:
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
    'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
    'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': sha256(''),
    'x-amz-date': '20130524T000000Z',
  } as Readonly<Record<string, string>>,
};

const signed = (url: string, headers = example.headers) => ({
  method: 'GET',
  url,
  header: (name: string) => headers[name],
});

describe('signature', () => {
  const authorization = parseAuthorization(example.header);
  if (authorization === undefined) throw new Error('The example cannot be read');

  it('reads the parts of the header', () => {
    expect(authorization).toEqual({
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
      date: '20130524',
      region: 'us-east-1',
      service: 's3',
      signedHeaders: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
      signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    });
  });

  it('is the one of the example', () => {
    expect(signatureOf(signed('/test.txt'), authorization, example.secret)).toBe(authorization.signature);
  });

  const others: Record<string, string> = {
    'another path': signatureOf(signed('/other.txt'), authorization, example.secret),
    'a query': signatureOf(signed('/test.txt?acl'), authorization, example.secret),
    'another secret': signatureOf(signed('/test.txt'), authorization, 'wrong'),
    'another header': signatureOf(
      signed('/test.txt', { ...example.headers, range: 'bytes=0-8' }),
      authorization,
      example.secret,
    ),
  };
  it.each(Object.entries(others))('is another one for %s', (_name, other) => {
    expect(sameSignature(other, authorization.signature)).toBe(false);
  });

  it('is the same whatever the order of the query', () => {
    const one = signatureOf(signed('/?prefix=a&list-type=2'), authorization, example.secret);
    expect(signatureOf(signed('/?list-type=2&prefix=a'), authorization, example.secret)).toBe(one);
  });

  it.each([
    ['nothing', ''],
    ['another scheme', 'Bearer token'],
    ['no signature', 'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host'],
    ['half a credential', 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00'],
  ])('is not read from %s', (_name, header) => {
    expect(parseAuthorization(header)).toBeUndefined();
  });
});
