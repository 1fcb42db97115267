import type { Violation } from '../../spark/validation/violation.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { Review, Verdict } from './verdict.ts';

/** The violation of an object whose parts are not of the types that they should be. */
export function unreadable(error: unknown): Violation {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const advice = 'check templates, volumes and containers for entries of a wrong type';
  return { field: 'spec', message: `cannot be read (${message}): ${advice}`, rule: 'specUnreadable' };
}

/** A review that refuses what makes it throw: parts that a CRD keeps open may hold anything. */
export const guarded =
  (review: Review<AdmissionRequest>): Review<AdmissionRequest> =>
  async (request): Promise<Verdict> => {
    try {
      return await review(request);
    } catch (error) {
      return { allowed: false, reason: 'Invalid', violations: [unreadable(error)] };
    }
  };
