import type { Violation } from '../../validation/validate.ts';
import { confField } from '../conf-field.ts';
import type { SubmissionSubject } from '../submission-subject.ts';

/** Finds what is wrong with a submission as Spark would find it; named for the violation. */
export type SubmissionRule = (subject: SubmissionSubject) => readonly Violation[];

/** A violation by the value of one property. */
export const wrongValue = ({ app }: SubmissionSubject, key: string, rule: string, message: string): Violation => ({
  field: confField(app, key),
  message,
  rule,
});
