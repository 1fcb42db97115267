import { afterAll, beforeAll, describe, jest } from '@jest/globals';

import { type CloudUnderTest, cloudUnderTest } from './cloud.ts';
import { computeCases, networkCases } from './compute-cases.ts';
import { applicationCredentialCases, ec2Cases } from './credential-cases.ts';
import { certificateCases, clusterCases, quotaCases } from './cluster-cases.ts';
import { identityCases } from './identity-cases.ts';
import { magnumRefusals } from './magnum-refusals.ts';
import { objectStoreCases } from './object-store-cases.ts';
import { targets } from './target.ts';

// Real services share a machine with others, and Magnum looks at a cluster once in ten seconds.
jest.setTimeout(90_000);

// The same cases for our fake and for the services that it plays: so the fake stays honest (docs/design.md, "Tests").
describe.each(Object.entries(targets))('%s', (_name, start) => {
  let cloud: CloudUnderTest;
  const cloudOf = (): CloudUnderTest => cloud;

  beforeAll(async () => {
    cloud = cloudUnderTest(await start());
  }, 300_000);
  afterAll(() => cloud.close(), 60_000);

  describe('identity', () => identityCases(cloudOf));
  describe('EC2 keys', () => ec2Cases(cloudOf));
  describe('application credentials', () => applicationCredentialCases(cloudOf));
  describe('compute', () => computeCases(cloudOf));
  describe('network', () => networkCases(cloudOf));
  describe('container-infra', () => magnumRefusals(cloudOf));
  describe('clusters', () => clusterCases(cloudOf));
  describe('certificates', () => certificateCases(cloudOf));
  describe('quotas of clusters', () => quotaCases(cloudOf));
  describe('object store', () => objectStoreCases(cloudOf));
});
