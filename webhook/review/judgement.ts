import type { OpenPartFindings } from '../../spark/validation/open-parts.ts';
import { type Finding, type Violation, violationText } from '../../spark/validation/violation.ts';
import type { Enforcement } from '../config.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { Verdict } from './verdict.ts';

/** What was found out about an object. */
export interface Judgement {
  /** The object is wrong. */
  readonly violations?: readonly Violation[];
  /** The object is right, but not now or not for this user. */
  readonly forbidden?: readonly Violation[];
  readonly warnings?: readonly string[];
}

/** Judgements together: one violation refuses, and all of a kind are told at once. */
export function verdictOf(...judgements: readonly Judgement[]): Verdict {
  const violations = judgements.flatMap((one) => one.violations ?? []);
  const forbidden = judgements.flatMap((one) => one.forbidden ?? []);
  const warnings = [...new Set(judgements.flatMap((one) => one.warnings ?? []))];
  if (violations.length > 0) return { allowed: false, reason: 'Invalid', violations, warnings };
  if (forbidden.length > 0) return { allowed: false, reason: 'Forbidden', violations: forbidden, warnings };
  return { allowed: true, warnings };
}

/**
 * Parts that the CRD keeps open: wrong types are refused; unknown keys as the API server treats unknown fields of this
 * request (`kubectl --validate=strict|warn|ignore`).
 */
export function openParts({ wrong, unknown }: OpenPartFindings, { fieldValidation }: AdmissionRequest): Judgement {
  const wrongTypes = wrong.map((finding) => ({ ...finding, rule: 'openPartWrongType' }));
  switch (fieldValidation) {
    case 'Strict':
      return { violations: [...wrongTypes, ...unknown.map((finding) => ({ ...finding, rule: 'openPartUnknownKey' }))] };
    case 'Warn':
      return { violations: wrongTypes, warnings: unknown.map(violationText) };
    case 'Ignore':
      return { violations: wrongTypes };
  }
}

/** Findings under a rule that a site may turn off, have told, or have enforced. */
export function enforced(enforcement: Enforcement, rule: string, findings: readonly Finding[]): Judgement {
  switch (enforcement) {
    case 'off':
      return {};
    case 'warn':
      return { warnings: findings.map(violationText) };
    case 'deny':
      return { forbidden: findings.map((finding) => ({ ...finding, rule })) };
  }
}

/** A key that JavaScript programs stumble over; no field of Kubernetes or Spark has this name. */
export const protoKey = ({ hadProto }: AdmissionRequest): Judgement =>
  hadProto ? { violations: [{ field: 'spec', message: 'has a key "__proto__": take it out', rule: 'protoKey' }] } : {};
