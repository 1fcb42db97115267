import { sparkOwnedLabels } from '../../../api/labels.ts';
import { javaList } from '../java-text.ts';
import { wrongValue } from './rule.ts';
import type { SubmissionRule } from './rule.ts';

/** Spark refuses labels that it sets itself. */
export const labelReserved: SubmissionRule = (subject) =>
  (['driver', 'executor'] as const).flatMap((role) =>
    subject.conf
      .withPrefix(`spark.kubernetes.${role}.label.`)
      .filter(([label]) => sparkOwnedLabels.includes(label))
      .map(([label]) => ({
        field: `spec.${role}.labels["${label}"]`,
        message: 'is a label that Spark sets itself: choose another key',
        rule: 'labelReserved',
      })),
  );

/** Properties that take one of a few words. */
const words: Readonly<Record<string, readonly string[]>> = {
  'spark.kubernetes.container.image.pullPolicy': ['Always', 'Never', 'IfNotPresent'],
  'spark.kubernetes.driver.service.ipFamilyPolicy': ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
};

export const wordUnknown: SubmissionRule = (subject) =>
  Object.entries(words).flatMap(([key, allowed]) => {
    const word = subject.conf.get(key);
    return word === undefined || allowed.includes(word)
      ? []
      : [wrongValue(subject, key, 'wordUnknown', `"${word}" is none of ${allowed.join(', ')}`)];
  });

const FAMILIES_KEY = 'spark.kubernetes.driver.service.ipFamilies';

export const ipFamiliesUnknown: SubmissionRule = (subject) => {
  const text = subject.conf.get(FAMILIES_KEY) ?? 'IPv4';
  const allowed = ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'];
  return allowed.includes(javaList(text).join(','))
    ? []
    : [wrongValue(subject, FAMILIES_KEY, 'ipFamiliesUnknown', `"${text}" is none of ${allowed.join(' / ')}`)];
};

/** The image sets it to the pod's address. */
export const bindAddressSet: SubmissionRule = (subject) =>
  subject.conf.raw('spark.driver.bindAddress') === undefined
    ? []
    : [wrongValue(subject, 'spark.driver.bindAddress', 'bindAddressSet', 'cannot be set: the driver binds to its pod')];

const portKeys = [
  'spark.driver.port',
  'spark.driver.blockManager.port',
  'spark.blockManager.port',
  'spark.ui.port',
  'spark.connect.grpc.binding.port',
];

/** Port 0 lets Spark choose, but a Service must know its port. */
export const portOutOfRange: SubmissionRule = (subject) =>
  portKeys.flatMap((key) => {
    const text = subject.conf.get(key)?.trim();
    const isPort = text === undefined || (/^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65536);
    return isPort ? [] : [wrongValue(subject, key, 'portOutOfRange', `"${text}" is no port between 1 and 65535`)];
  });

export const secretKeyRefMalformed: SubmissionRule = (subject) =>
  (['driver', 'executor'] as const).flatMap((role) =>
    subject.conf
      .withPrefix(`spark.kubernetes.${role}.secretKeyRef.`)
      .filter(([, reference]) => reference.split(':').length !== 2)
      .map(([env, reference]) =>
        wrongValue(
          subject,
          `spark.kubernetes.${role}.secretKeyRef.${env}`,
          'secretKeyRefMalformed',
          `"${reference}" is not of the form <secret>:<key>`,
        ),
      ),
  );

/** Pairs of properties that must both be set or both be unset. */
const together: readonly (readonly [string, string])[] = [
  ['spark.kerberos.principal', 'spark.kerberos.keytab'],
  ['spark.kubernetes.kerberos.tokenSecret.name', 'spark.kubernetes.kerberos.tokenSecret.itemKey'],
];

export const otherHalfMissing: SubmissionRule = (subject) =>
  together.flatMap(([left, right]) => {
    const [hasLeft, hasRight] = [subject.conf.raw(left) !== undefined, subject.conf.raw(right) !== undefined];
    if (hasLeft === hasRight) return [];
    const [set, unset] = hasLeft ? [left, right] : [right, left];
    return [wrongValue(subject, set, 'otherHalfMissing', `needs ${unset} beside it`)];
  });

/** The API server refuses a ConfigMap with this character, and nobody sees it in a text. */
export const deleteCharacter: SubmissionRule = (subject) =>
  subject.conf
    .entries()
    .filter(([key, value]) => `${key}${value}`.includes('\u007f'))
    .map(([key]) => wrongValue(subject, key, 'deleteCharacter', 'has the control character U+007F: remove it'));
