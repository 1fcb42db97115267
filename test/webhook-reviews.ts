import type { AdmissionRequest } from '../webhook/review/admission-request.ts';
import type { ReviewWorld } from '../webhook/routes.ts';
import { silentLogger } from '../kube/log.ts';
import { anApp } from './builders.ts';

/** The create of a valid application by `alice`, with fields of a test's own. */
export const anAdmission = (fields: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  uid: 'uid-1',
  kind: 'SparkApplication',
  name: 'pi',
  namespace: 'default',
  operation: 'CREATE',
  user: { username: 'alice', groups: ['staff'] },
  object: { ...anApp() },
  oldObject: undefined,
  fieldValidation: 'Warn',
  hadProto: false,
  ...fields,
});

/** A world in which everything is served, nothing is known and nothing is forbidden. */
export const aReviewWorld = (fields: Partial<ReviewWorld> = {}): ReviewWorld => ({
  scope: { serves: () => true, servesDefaults: () => true },
  application: () => undefined,
  podDefaults: () => [],
  namespaceLabels: () => ({}),
  selectDefaults: () => [],
  quota: 'warn',
  quotasOf: () => Promise.resolve([]),
  userAccess: 'warn',
  trustedServiceAccounts: [],
  operatorNamespace: 'operators',
  mayDo: () => Promise.resolve('yes'),
  log: silentLogger(),
  ...fields,
});
