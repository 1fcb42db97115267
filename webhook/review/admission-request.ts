import { Refusal } from '../server/refusal.ts';

/** Group and kind of the objects that a path reviews. */
export interface ReviewedKind {
  readonly group: string;
  readonly kind: string;
}

/** Who asked the API server. */
export interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

type Unchecked = Readonly<Record<string, unknown>>;

/** `request` of an AdmissionReview (admission.k8s.io/v1): what we read of it. */
export interface AdmissionRequest {
  readonly uid: string;
  readonly kind: string;
  /** Empty for a create with `generateName`. */
  readonly name: string;
  readonly namespace: string;
  readonly operation: string;
  readonly user: UserInfo;
  /** As the API server sends it: valid against the schema of its kind, and no more than that. */
  readonly object: Unchecked;
  readonly oldObject: Unchecked | undefined;
  /** How the API server was asked to treat unknown fields. */
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  /** A key named `__proto__` was left out of the object. */
  readonly hadProto: boolean;
}

const isObject = (value: unknown): value is Unchecked =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Unchecked => (isObject(value) ? value : {});
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const asTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/**
 * Checks an AdmissionReview by hand.
 *
 * @throws Refusal with status 400 when it is not one of `admission.k8s.io/v1`, or reviews another kind.
 */
export function readAdmissionRequest(review: unknown, expected: ReviewedKind, hadProto: boolean): AdmissionRequest {
  const { apiVersion, kind, request: given } = asObject(review);
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview')
    throw new Refusal(400, 'The body is not an AdmissionReview of admission.k8s.io/v1');
  const request = asObject(given);
  const uid = asText(request['uid']);
  if (uid === '') throw new Refusal(400, 'request.uid is missing');
  const reviewed = asObject(request['kind']);
  if (reviewed['group'] !== expected.group || reviewed['kind'] !== expected.kind)
    throw new Refusal(400, `request.kind is not ${expected.kind}: this path reviews no other kind`);
  const object = request['object'];
  if (!isObject(object)) throw new Refusal(400, 'request.object is missing');
  const metadata = asObject(object['metadata']);
  return {
    uid,
    kind: expected.kind,
    name: asText(request['name']) || asText(metadata['name']),
    namespace: asText(request['namespace']),
    operation: asText(request['operation']),
    user: userOf(request['userInfo']),
    object: isObject(object['metadata']) ? object : { ...object, metadata },
    oldObject: isObject(request['oldObject']) ? request['oldObject'] : undefined,
    fieldValidation: fieldValidationOf(request['options']),
    hadProto,
  };
}

function userOf(value: unknown): UserInfo {
  const { username, uid, groups, extra } = asObject(value);
  const extras = Object.entries(asObject(extra)).map(([key, values]) => [key, asTexts(values)] as const);
  return {
    username: asText(username),
    groups: asTexts(groups),
    ...(typeof uid === 'string' && uid !== '' ? { uid } : {}),
    ...(extras.length === 0 ? {} : { extra: Object.fromEntries(extras) }),
  };
}

function fieldValidationOf(options: unknown): AdmissionRequest['fieldValidation'] {
  const { fieldValidation } = asObject(options);
  return fieldValidation === 'Strict' || fieldValidation === 'Ignore' ? fieldValidation : 'Warn';
}
