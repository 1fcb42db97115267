import { createHash } from 'node:crypto';
import { type Answer, emptyAnswer, textAnswer } from '../http/answer.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import type { Bucket, StoredObject } from '../state.ts';
import type { World } from '../world.ts';
import { element, s3Error } from './errors.ts';

/** `PUT /bucket/key`. */
export function putObject(world: World, bucket: Bucket, request: FakeRequest, key: string): Answer {
  const object: StoredObject = {
    base64: request.body.toString('base64'),
    etag: createHash('md5').update(request.body).digest('hex'),
    contentType: headerOf(request, 'content-type') ?? 'binary/octet-stream',
    modifiedMs: world.now(),
    metadata: Object.fromEntries(
      Object.keys(request.headers)
        .filter((name) => name.startsWith('x-amz-meta-'))
        .map((name) => [name, headerOf(request, name) ?? '']),
    ),
  };
  bucket.objects[key] = object;
  return emptyAnswer(200, { etag: `"${object.etag}"` });
}

/** `PUT /bucket/key` with `x-amz-copy-source`. */
export function copyObject(world: World, source: StoredObject, bucket: Bucket, key: string): Answer {
  bucket.objects[key] = { ...source, modifiedMs: world.now() };
  const fields = [element('LastModified', new Date(world.now()).toISOString()), element('ETag', `"${source.etag}"`)];
  return textAnswer(200, 'application/xml', `<CopyObjectResult>${fields.join('')}</CopyObjectResult>`);
}

/** An object that must be there. Throws 404. */
export function findObject(bucket: Bucket, request: FakeRequest, key: string): StoredObject {
  const object = Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;
  if (object === undefined) throw s3Error('NoSuchKey', request.id, { Key: key });
  return object;
}

/** `GET` and `HEAD /bucket/key`, with one range at most. */
export function getObject(bucket: Bucket, request: FakeRequest, key: string): Answer {
  const object = findObject(bucket, request, key);
  const whole = Buffer.from(object.base64, 'base64');
  const headers = {
    etag: `"${object.etag}"`,
    'content-type': object.contentType,
    'last-modified': new Date(object.modifiedMs).toUTCString(),
    ...object.metadata,
  };
  const range = rangeOf(headerOf(request, 'range'), whole.length);
  if (range === undefined) return { status: 200, headers, body: whole };
  if (range === 'unsatisfiable') throw s3Error('InvalidRange', request.id);
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.first}-${range.last}/${whole.length}` },
    body: whole.subarray(range.first, range.last + 1),
  };
}

type Range = { readonly first: number; readonly last: number } | 'unsatisfiable' | undefined;

/** `bytes=0-9`, `bytes=10-`, `bytes=-5`; undefined without a header that can be read. */
export function rangeOf(header: string | undefined, size: number): Range {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || from + to === '') return undefined;
  if (from === '') return between(Math.max(0, size - Number(to)), size - 1);
  return between(Number(from), to === '' ? size - 1 : Math.min(size - 1, Number(to)));
}

const between = (first: number, last: number): Range => (first > last ? 'unsatisfiable' : { first, last });
