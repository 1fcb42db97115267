import type { FailureReason } from '../../api/reasons.ts';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { ApiError } from '../../kube/errors.ts';
import { fieldOf } from './field-of.ts';

/** Why the API server does not want an object: a fact about the manifest or the namespace, not a fault of the plumbing. */
export interface Refusal {
  readonly reason: FailureReason;
  readonly message: string;
}

const SERVICE_ACCOUNT = /service ?account "?([^"\s]+?)"? not found/i;
const QUOTA = /exceeded quota|must specify (?:limits|requests)/i;

/**
 * Bad request, forbidden (quota, admission, missing service account), no such namespace, too large, invalid. A webhook that
 * cannot be reached answers 500: that is plumbing, and tried again.
 */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 413, 422]);

/** The refusal behind the error of a create, or undefined when another try may succeed. */
export function refusalOf(error: unknown, spec: SparkApplicationSpec): Refusal | undefined {
  if (!(error instanceof ApiError) || !REFUSALS.has(error.status)) return undefined;
  const account = SERVICE_ACCOUNT.exec(error.message)?.[1];
  if (account !== undefined) return missingServiceAccount(account, spec);
  if (QUOTA.test(error.message)) {
    return {
      reason: 'QuotaExceeded',
      message: `spec.driver: the namespace's ResourceQuota leaves no room for the driver pod (${error.message})`,
    };
  }
  return {
    reason: 'SubmissionRejected',
    message: `spec: the API server refuses what the application needs: ${detailOf(error)}`,
  };
}

const WEBHOOK = /failed calling webhook|failed to call webhook/i;

/** The API server's words when a webhook that must be asked (failurePolicy Fail) does not answer: surely nothing was stored. */
export const unavailableAdmission = (error: unknown): string | undefined =>
  error instanceof ApiError && error.status === 500 && WEBHOOK.test(error.message) ? error.message : undefined;

function missingServiceAccount(account: string, spec: SparkApplicationSpec): Refusal {
  const field = fieldOf(spec, account, /serviceAccount/i) ?? 'spec.driver.serviceAccount';
  return {
    reason: 'ServiceAccountNotFound',
    message: `${field}: the service account "${account}" does not exist in this namespace. Create it, or name another one.`,
  };
}

/** The fields that were refused are part of the server's message; a message without them gets them. */
function detailOf({ message, causes }: ApiError): string {
  const fields = causes
    .map(({ field }) => field)
    .filter((field) => field !== undefined && field !== '' && !message.includes(field));
  return fields.length === 0 ? message : `${message} (fields: ${fields.join(', ')})`;
}
