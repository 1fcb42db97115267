import type { Secret } from '../../api/kubernetes.ts';
import { ACCESS_KEY, ANNOTATION_EC2_KEY, ANNOTATION_KEYS_BEFORE, SECRET_KEY, type S3Keys } from './objects.ts';

/** What a Secret `spark-s3` says. */
export type SecretState =
  | { readonly kind: 'absent' }
  /** A run ended between the claim and the keys: a key that is not in `keysBefore` may be its work. */
  | { readonly kind: 'claimed'; readonly keysBefore: readonly string[]; readonly version: string }
  | { readonly kind: 'filled'; readonly keys: S3Keys; readonly version: string }
  /** Without usable keys, and not by us. */
  | { readonly kind: 'foreign'; readonly version: string };

/** Reads the Secret as the API server sent it. Total: whatever people did to it is one of the four. */
export function secretState(secret: Secret | undefined): SecretState {
  if (secret === undefined) return { kind: 'absent' };
  const version = secret.metadata?.resourceVersion ?? '';
  const accessKey = decoded(secret, ACCESS_KEY);
  const secretKey = decoded(secret, SECRET_KEY);
  const annotations = secret.metadata?.annotations ?? {};
  if (accessKey !== '' && secretKey !== '') {
    const ours = annotations[ANNOTATION_EC2_KEY] === accessKey;
    return { kind: 'filled', keys: { accessKey, secretKey, ours }, version };
  }
  const keysBefore = accessIds(annotations[ANNOTATION_KEYS_BEFORE]);
  return keysBefore === undefined ? { kind: 'foreign', version } : { kind: 'claimed', keysBefore, version };
}

const decoded = ({ data }: Secret, key: string): string =>
  Buffer.from(data?.[key] ?? '', 'base64')
    .toString('utf8')
    .trim();

function accessIds(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : undefined;
  } catch {
    return undefined;
  }
}
