import { type Answer, emptyAnswer, textAnswer } from '../http/answer.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import type { World } from '../world.ts';
import { authenticate, checkRegion, type S3Caller } from './authenticate.ts';
import { findBucket, isValidBucketName, makeBucket, removeBucket } from './buckets.ts';
import { element, s3Error, unescape } from './errors.ts';
import { bucketsDocument, listingDocument, locationDocument, listingRequest } from './listing.ts';
import { copyObject, findObject, getObject, putObject } from './objects.ts';

/** S3 as Swift's s3api plays it, path style: `/bucket/key`. The checks come in Swift's order. */
export function handleS3(request: FakeRequest, world: World): Answer {
  checkRegion(request, world);
  const [name = '', ...rest] = request.path.slice(1).split('/');
  const key = rest.join('/');
  if (name !== '' && !isValidBucketName(name)) throw s3Error('InvalidBucketName', request.id, { BucketName: name });
  const caller = authenticate(request, world);
  if (name === '') return listBuckets(world, caller);
  return key === '' ? onBucket(request, world, caller, name) : onObject(request, world, caller, { name, key });
}

function listBuckets(world: World, { projectId, userId }: S3Caller): Answer {
  const own = Object.values(world.state.buckets).filter((bucket) => bucket.projectId === projectId);
  return textAnswer(200, 'application/xml', bucketsDocument(own, userId));
}

function onBucket(request: FakeRequest, world: World, caller: S3Caller, name: string): Answer {
  if (request.method === 'PUT') return create(request, world, caller, name);
  const bucket = findBucket(world, caller, request, name);
  switch (request.method) {
    case 'HEAD':
      return emptyAnswer(200);
    case 'GET':
      if (request.query.has('location'))
        return textAnswer(200, 'application/xml', locationDocument(world.settings.s3Region));
      return textAnswer(200, 'application/xml', listingDocument(bucket, listingRequest(request.query)));
    case 'DELETE':
      removeBucket(world, bucket, request);
      return emptyAnswer(204);
    case 'POST':
      if (request.query.has('delete')) return deleteMany(request, bucket.objects);
      break;
  }
  throw s3Error('NotImplemented', request.id);
}

function create(request: FakeRequest, world: World, caller: S3Caller, name: string): Answer {
  const location = /<LocationConstraint[^>]*>([^<]*)</.exec(request.body.toString())?.[1];
  const { s3Region } = world.settings;
  if (location !== undefined && location !== s3Region && location !== s3Region.toLowerCase())
    throw s3Error('InvalidLocationConstraint', request.id);
  makeBucket(world, caller, request, name);
  return emptyAnswer(200, { location: `/${name}` });
}

function deleteMany(request: FakeRequest, objects: Record<string, unknown>): Answer {
  if (headerOf(request, 'content-md5') === undefined)
    throw s3Error('InvalidRequest', request.id, {}, 'Missing required header for this request: Content-MD5');
  const keys = [...request.body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => unescape(key));
  for (const key of keys) Reflect.deleteProperty(objects, key);
  const deleted = keys.map((key) => `<Deleted>${element('Key', key)}</Deleted>`);
  return textAnswer(200, 'application/xml', `<DeleteResult>${deleted.join('')}</DeleteResult>`);
}

interface ObjectName {
  readonly name: string;
  readonly key: string;
}

function onObject(request: FakeRequest, world: World, caller: S3Caller, { name, key }: ObjectName): Answer {
  const bucket = findBucket(world, caller, request, name);
  switch (request.method) {
    case 'PUT': {
      const source = headerOf(request, 'x-amz-copy-source');
      if (source === undefined) return putObject(world, bucket, request, key);
      const [from = '', ...rest] = decodeURIComponent(source).replace(/^\//, '').split('/');
      const object = findObject(findBucket(world, caller, request, from), request, rest.join('/'));
      return copyObject(world, object, bucket, key);
    }
    case 'GET':
    case 'HEAD':
      return getObject(bucket, request, key);
    case 'DELETE':
      Reflect.deleteProperty(bucket.objects, key);
      return emptyAnswer(204);
  }
  throw s3Error('NotImplemented', request.id);
}
