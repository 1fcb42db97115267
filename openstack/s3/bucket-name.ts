import { createHash } from 'node:crypto';

/** S3's limit for names of buckets. */
const LONGEST = 63;

/**
 * The bucket of a cluster: `<cluster>-<first 8 of the project id>`. Names of buckets may be shared by all projects of a
 * store, and must be fit for DNS; a cluster's name that is not gets its hash, so that `Demo` and `demo` stay apart.
 */
export function bucketName(cluster: string, projectId: string): string {
  const ending = `-${safe(projectId).slice(0, 8)}`;
  const base = safe(cluster);
  const room = LONGEST - ending.length;
  if (base === cluster && base.length <= room && !base.startsWith('xn--')) return base + ending;
  const hash = `-${createHash('sha256').update(cluster).digest('hex').slice(0, 6)}`;
  const kept = base
    .replace(/^xn--/, '')
    .slice(0, room - hash.length)
    .replace(/-+$/, '');
  return `${kept === '' ? 'cluster' : kept}${hash}${ending}`;
}

/** Lower-case letters, digits and single dashes inside; no dots: certificates do not cover them with host-style buckets. */
const safe = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
