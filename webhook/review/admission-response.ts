import { violationText } from '../../spark/validation/violation.ts';
import { type AdmissionRequest } from './admission-request.ts';
import type { Denied, Verdict } from './verdict.ts';

/** The API server cuts warnings when all of them together are longer than 4096 characters. */
const WARNINGS_LENGTH = 4096;
const WARNING_LENGTH = 1024;

/** The AdmissionReview that answers a request, as text: uid, verdict, patch in base64, warnings. */
export function admissionResponse(request: AdmissionRequest, group: string, verdict: Verdict): string {
  const warnings = fitted(verdict.warnings ?? []);
  return JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid: request.uid,
      allowed: verdict.allowed,
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(verdict.allowed ? patchOf(verdict.patch ?? []) : { status: statusOf(request, group, verdict) }),
    },
  });
}

const patchOf = (patch: readonly object[]): object =>
  patch.length === 0
    ? {}
    : { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch), 'utf8').toString('base64') };

/** As the API server itself refuses an invalid object, so that kubectl prints one line for each field. */
function statusOf(request: AdmissionRequest, group: string, { reason, violations }: Denied): object {
  const { kind, name } = request;
  return {
    status: 'Failure',
    code: reason === 'Invalid' ? 422 : 403,
    reason,
    message: violations.map(violationText).join('; '),
    details: {
      ...(name === '' ? {} : { name }),
      group,
      kind,
      causes: violations.map(({ field, message }) => ({ reason: 'FieldValueInvalid', field, message })),
    },
  };
}

/** One line each, as many as the API server passes on; what does not fit is counted. */
function fitted(warnings: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let left = WARNINGS_LENGTH;
  for (const [i, warning] of warnings.entries()) {
    const line = oneLine(warning);
    const rest = `and ${warnings.length - i} more warnings`;
    if (line.length + rest.length > left) return [...kept, rest];
    kept.push(line);
    left -= line.length;
  }
  return kept;
}

const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= WARNING_LENGTH ? line : `${line.slice(0, WARNING_LENGTH - 1)}…`;
};
