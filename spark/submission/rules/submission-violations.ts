import type { Violation } from '../../validation/validate.ts';
import type { SubmissionSubject } from '../submission-subject.ts';
import {
  driverImageMissing,
  fileEndingWrong,
  fileOfSubmitter,
  mainClassIsShell,
  mainClassMissing,
  proxyUserWithPrincipal,
  python2Refused,
  submitTimeUnreadable,
} from './application-rules.ts';
import {
  bindAddressSet,
  deleteCharacter,
  ipFamiliesUnknown,
  labelReserved,
  otherHalfMissing,
  portOutOfRange,
  secretKeyRefMalformed,
  wordUnknown,
} from './pod-rules.ts';
import {
  countNotPositive,
  customResourceIncomplete,
  factorNotPositive,
  memoryNotPositive,
  overheadUnreadable,
} from './resource-rules.ts';
import type { SubmissionRule } from './rule.ts';
import { propertiesTooLarge } from './size-rules.ts';
import {
  mountPathTwice,
  scratchVolumeUndeclared,
  sizeWithoutUnit,
  subPathTwice,
  volumeOptionMissing,
  volumeTypeUnknown,
} from './volume-rules.ts';

const rules: readonly SubmissionRule[] = [
  driverImageMissing,
  mainClassMissing,
  fileEndingWrong,
  fileOfSubmitter,
  mainClassIsShell,
  python2Refused,
  proxyUserWithPrincipal,
  memoryNotPositive,
  overheadUnreadable,
  factorNotPositive,
  countNotPositive,
  customResourceIncomplete,
  labelReserved,
  wordUnknown,
  ipFamiliesUnknown,
  bindAddressSet,
  portOutOfRange,
  secretKeyRefMalformed,
  otherHalfMissing,
  deleteCharacter,
  volumeTypeUnknown,
  volumeOptionMissing,
  subPathTwice,
  sizeWithoutUnit,
  mountPathTwice,
  scratchVolumeUndeclared,
  propertiesTooLarge,
  submitTimeUnreadable,
];

/** Everything for which Spark would refuse the submission, or the API server its objects, found before anything is created. */
export const submissionViolations = (subject: SubmissionSubject): Violation[] => rules.flatMap((rule) => rule(subject));
