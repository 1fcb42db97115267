import { describe, expect, it } from '@jest/globals';
import { describeRules, violationsOf } from '../../test/violations.ts';

describeRules({
  ownedKeySet: {
    'the master is the operator’s': [
      { sparkConf: { 'spark.master': 'k8s://x' } },
      'spec.sparkConf["spark.master"]: cannot be set here: the operator knows the API server; driver.kubernetesMaster sets another one for the driver',
    ],
    'images and service accounts have fields': [
      {
        sparkConf: {
          'spark.kubernetes.container.image': 'x',
          'spark.kubernetes.authenticate.driver.serviceAccountName': 'x',
        },
      },
      'spec.sparkConf["spark.kubernetes.container.image"]: cannot be set here: use the fields image, driver.image and executor.image',
      'spec.sparkConf["spark.kubernetes.authenticate.driver.serviceAccountName"]: cannot be set here: use the fields driver.serviceAccount and executor.serviceAccount',
    ],
    'templates have fields': [
      { sparkConf: { 'spark.kubernetes.executor.podTemplateFile': '/x.yaml' } },
      'spec.sparkConf["spark.kubernetes.executor.podTemplateFile"]: cannot be set here: use the fields driver.template and executor.template',
    ],
    'the driver pod’s name, memory and cores are free': [
      {
        sparkConf: {
          'spark.kubernetes.driver.pod.name': 'my-driver',
          'spark.driver.memory': '2g',
          'spark.executor.memory': '2g',
          'spark.executor.instances': '3',
          'spark.kubernetes.executor.deleteOnTermination': 'false',
        },
      },
    ],
  },
  ownedPrefixSet: {
    'labels of the operator are its own': [
      { sparkConf: { 'spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name': 'x' } },
      'spec.sparkConf["spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name"]: cannot be set here: these labels belong to the operator',
    ],
    'other labels are free': [{ sparkConf: { 'spark.kubernetes.driver.label.team': 'x' } }],
  },
  credentialSet: {
    'tokens are refused': [
      { sparkConf: { 'spark.kubernetes.authenticate.driver.oauthToken': 'x' } },
      'spec.sparkConf["spark.kubernetes.authenticate.driver.oauthToken"]: cannot be set here: driver and executors use the token of their service account (driver.serviceAccount)',
    ],
    'whatever else Spark reads below the same prefix': [
      { sparkConf: { 'spark.kubernetes.authenticate.executor.someday.tokenFile': 'x' } },
      'spec.sparkConf["spark.kubernetes.authenticate.executor.someday.tokenFile"]: cannot be set here: driver and executors use the token of their service account (driver.serviceAccount)',
    ],
    'files in the pod are free': [
      { sparkConf: { 'spark.kubernetes.authenticate.driver.mounted.oauthTokenFile': '/var/run/token' } },
    ],
  },
  clientMode: {
    'by field and by property': [
      { mode: 'client', sparkConf: { 'spark.submit.deployMode': 'client' } },
      'spec.mode: client would run the driver inside the operator and is not supported: leave it out or say cluster',
      'spec.sparkConf["spark.submit.deployMode"]: client would run the driver inside the operator and is not supported: leave it out or say cluster',
    ],
    'cluster may be said': [{ mode: 'cluster', sparkConf: { 'spark.submit.deployMode': 'cluster' } }],
  },
});

describe('namespaceOfOthers', () => {
  const spec = { sparkConf: { 'spark.kubernetes.namespace': 'team-a' } };

  it('refuses another namespace', () => {
    expect(violationsOf('namespaceOfOthers', { namespace: 'default', spec })).toEqual([
      'spec.sparkConf["spark.kubernetes.namespace"]: must be the namespace of the application: leave it out, and create the application in namespace "team-a" to run it there',
    ]);
  });

  it('takes the application’s own', () => {
    expect(violationsOf('namespaceOfOthers', { namespace: 'team-a', spec })).toEqual([]);
  });
});
