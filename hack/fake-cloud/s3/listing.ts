import type { Bucket, StoredObject } from '../state.ts';
import { element } from './errors.ts';

const XML = `<?xml version='1.0' encoding='UTF-8'?>\n`;
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A listing as asked for. */
export interface ListingRequest {
  readonly prefix: string;
  readonly delimiter: string;
  readonly most: number;
  /** Names after this one. */
  readonly after: string;
  readonly isUrlEncoded: boolean;
  /** The second version of the call tells a token to go on with. */
  readonly version: 1 | 2;
}

/** Reads the query of `GET /bucket`. */
export function listingRequest(query: URLSearchParams): ListingRequest {
  const version = query.get('list-type') === '2' ? 2 : 1;
  const token = query.get('continuation-token');
  const after = version === 1 ? query.get('marker') : query.get('start-after');
  return {
    version,
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    most: Math.min(1000, Number(query.get('max-keys') ?? 1000)),
    after: token === null ? (after ?? '') : Buffer.from(token, 'base64').toString(),
    isUrlEncoded: query.get('encoding-type') === 'url',
  };
}

type Row =
  | { readonly kind: 'object'; readonly name: string; readonly object: StoredObject }
  | { readonly kind: 'folder'; readonly name: string };

/** Names in order, those with a delimiter after the prefix folded into one. */
export function rowsOf(bucket: Bucket, { prefix, delimiter }: ListingRequest): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const [name, object] of Object.entries(bucket.objects)) {
    if (!name.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    const folder = end < 0 ? undefined : name.slice(0, end + delimiter.length);
    if (folder === undefined) rows.set(name, { kind: 'object', name, object });
    else rows.set(folder, { kind: 'folder', name: folder });
  }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The document that answers a listing. */
export function listingDocument(bucket: Bucket, request: ListingRequest): string {
  const { after, most, version, isUrlEncoded } = request;
  const rows = rowsOf(bucket, request).filter(({ name }) => name > after);
  const page = rows.slice(0, most);
  const last = page.at(-1);
  const isTruncated = most > 0 && rows.length > page.length;
  const encode = (text: string): string => (isUrlEncoded ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  const next =
    !isTruncated || last === undefined
      ? ''
      : version === 2
        ? element('NextContinuationToken', Buffer.from(last.name).toString('base64'))
        : request.delimiter === ''
          ? ''
          : element('NextMarker', encode(last.name));
  const head = [
    element('Name', bucket.name),
    element('Prefix', encode(request.prefix)),
    next,
    ...(version === 2 ? [element('KeyCount', String(page.length))] : [element('Marker', encode(after))]),
    element('MaxKeys', String(most)),
    ...(request.delimiter === '' ? [] : [element('Delimiter', encode(request.delimiter))]),
    ...(isUrlEncoded ? [element('EncodingType', 'url')] : []),
    element('IsTruncated', String(isTruncated)),
  ];
  const body = page.map((row) => rowElement(row, encode));
  return `${XML}<ListBucketResult xmlns="${NAMESPACE}">${head.join('')}${body.join('')}</ListBucketResult>`;
}

function rowElement(row: Row, encode: (text: string) => string): string {
  if (row.kind === 'folder') return `<CommonPrefixes>${element('Prefix', encode(row.name))}</CommonPrefixes>`;
  const { base64, etag, modifiedMs } = row.object;
  const fields = [
    element('Key', encode(row.name)),
    element('LastModified', s3Time(modifiedMs)),
    element('ETag', `"${etag}"`),
    element('Size', String(Buffer.byteLength(base64, 'base64'))),
    element('StorageClass', 'STANDARD'),
  ];
  return `<Contents>${fields.join('')}</Contents>`;
}

/** The document that lists the buckets of a project. */
export function bucketsDocument(buckets: readonly Bucket[], owner: string): string {
  const rows = buckets.map(
    ({ name, createdMs }) => `<Bucket>${element('Name', name)}${element('CreationDate', s3Time(createdMs))}</Bucket>`,
  );
  const who = `<Owner>${element('ID', owner)}${element('DisplayName', owner)}</Owner>`;
  return `${XML}<ListAllMyBucketsResult xmlns="${NAMESPACE}">${who}<Buckets>${rows.join('')}</Buckets></ListAllMyBucketsResult>`;
}

/** The document that names the region of a bucket. */
export const locationDocument = (region: string): string =>
  `${XML}<LocationConstraint xmlns="${NAMESPACE}">${region}</LocationConstraint>`;

/** S3 has whole seconds. */
const s3Time = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d+Z$/, '.000Z');
