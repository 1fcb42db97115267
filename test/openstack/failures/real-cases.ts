import { accessCases } from './access-cases.ts';
import type { FailureCase } from './failure-case.ts';
import { kubeCases } from './kube-cases.ts';
import { loginCases } from './login-cases.ts';
import { s3Cases } from './s3-cases.ts';

/** A case of the table, and how it is put to the real services. */
export interface RealCase {
  readonly of: FailureCase;
  readonly here: FailureCase;
}

const same = (failure: FailureCase): RealCase => ({ of: failure, here: failure });

/** The same with other names and numbers in command and message. */
function renamed(failure: FailureCase, names: Readonly<Record<string, string>>): RealCase {
  const inNames = (text: string): string =>
    Object.entries(names).reduce((said, [from, to]) => said.replaceAll(from, to), text);
  return { of: failure, here: { ...failure, command: inNames(failure.command), message: inNames(failure.message) } };
}

const named = (name: string): Record<string, string> => ({ 'kube spark': `kube ${name}`, '"spark"': `"${name}"` });

/** The cases that the real services can produce, in the order in which they follow one another on one cloud. */
export const realCases = {
  wrongPassword: same(loginCases.wrongPassword),
  expiredCredential: same(loginCases.expiredCredential),
  expiredToken: same(loginCases.expiredToken),
  wrongProject: same(loginCases.wrongProject),
  noProject: same(loginCases.noProject),
  noTicket: same(loginCases.noTicket),
  regionMissing: renamed(loginCases.regionMissing, { 'RegionOne (admin), RegionOne (internal), ': '' }),
  interfaceMissing: same(loginCases.interfaceMissing),
  noObjectStore: same(loginCases.noObjectStore),

  ec2Refused: same(s3Cases.ec2Refused),
  bucketInvalid: same(s3Cases.bucketInvalid),
  otherRegion: same(s3Cases.otherRegion),
  wrongKeys: same(s3Cases.wrongKeys),
  storeDown: same(s3Cases.storeDown),
  delegatedLogin: same(s3Cases.delegatedLogin),

  restrictedCredential: same(kubeCases.restrictedCredential),
  unknownTemplate: same(kubeCases.unknownTemplate),
  unknownFlavor: same(kubeCases.unknownFlavor),
  unknownKeypair: same(kubeCases.unknownKeypair),
  interrupted: renamed(kubeCases.interrupted, named('endless')),
  endlessProgress: renamed(kubeCases.endlessProgress, { ...named('endless'), '20m': '20s' }),
  stillMade: renamed(accessCases.stillMade, { 'cluster-001': 'endless' }),
  createFailed: renamed(kubeCases.createFailed, named('failed')),
  failedCluster: renamed(accessCases.failedCluster, { 'cluster-001': 'failed', 'No valid host was found.': '….' }),
  unrestrictedCredential: renamed(kubeCases.unrestrictedCredential, named('app')),

  nameTaken: renamed(kubeCases.nameTaken, named('theirs')),
  unknownCluster: renamed(accessCases.unknownCluster, { 'clutser-002': 'thiers', 'cluster-002': 'theirs' }),
  severalClusters: same(accessCases.severalClusters),
  noKeystoneTokens: renamed(accessCases.noKeystoneTokens, { 'cluster-001': 'theirs' }),
  unreachable: renamed(accessCases.unreachable, { 'cluster-001': 'theirs', '127.0.0.1:1': '127.0.0.2:6443' }),
  clusterQuota: renamed(kubeCases.clusterQuota, { 'quota of 2': 'quota of 6', CREATE_COMPLETE: 'CREATE_…' }),
  deleteFailed: renamed(kubeCases.deleteFailed, { ...named('theirs'), 'Port is in use (2)': '…Port is in use…' }),

  conductorDown: renamed(loginCases.conductorDown, {
    'has a problem of its own (500): Timed out waiting for a reply to message ID 1 (request req-…)': '…',
    "tell the cloud's operators the request id, or": '…',
  }),
  keystoneDown: same(loginCases.keystoneDown),
} as const satisfies Readonly<Record<string, RealCase>>;
