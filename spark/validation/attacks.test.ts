import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { validate } from './validate.ts';

/** Ways by which applications have got, elsewhere, at what was not theirs. Each with the field that must be refused. */
const attacks: Record<string, readonly [Partial<SparkApplicationSpec>, string]> = {
  'another service account than the field says (kubeflow #3006)': [
    { sparkConf: { 'spark.kubernetes.authenticate.driver.serviceAccountName': 'admin' } },
    'spec.sparkConf["spark.kubernetes.authenticate.driver.serviceAccountName"]',
  ],
  'the same for executors': [
    { sparkConf: { 'spark.kubernetes.authenticate.executor.serviceAccountName': 'admin' } },
    'spec.sparkConf["spark.kubernetes.authenticate.executor.serviceAccountName"]',
  ],
  'the same without a role': [
    { sparkConf: { 'spark.kubernetes.authenticate.serviceAccountName': 'admin' } },
    'spec.sparkConf["spark.kubernetes.authenticate.serviceAccountName"]',
  ],
  'another namespace': [
    { sparkConf: { 'spark.kubernetes.namespace': 'kube-system' } },
    'spec.sparkConf["spark.kubernetes.namespace"]',
  ],
  'another namespace by template': [
    { executor: { template: { metadata: { namespace: 'kube-system' } } } },
    'spec.executor.template.metadata.namespace',
  ],
  'another API server': [{ sparkConf: { 'spark.master': 'k8s://evil' } }, 'spec.sparkConf["spark.master"]'],
  'another API server for the driver': [
    { sparkConf: { 'spark.kubernetes.driver.master': 'https://evil' } },
    'spec.sparkConf["spark.kubernetes.driver.master"]',
  ],
  'another cluster of a kubeconfig': [
    { sparkConf: { 'spark.kubernetes.context': 'prod' } },
    'spec.sparkConf["spark.kubernetes.context"]',
  ],
  'the token of the submitter': [
    { sparkConf: { 'spark.kubernetes.authenticate.submission.oauthTokenFile': '/var/run/token' } },
    'spec.sparkConf["spark.kubernetes.authenticate.submission.oauthTokenFile"]',
  ],
  'a token of someone else in the open': [
    { sparkConf: { 'spark.kubernetes.authenticate.driver.oauthToken': 'x' } },
    'spec.sparkConf["spark.kubernetes.authenticate.driver.oauthToken"]',
  ],
  'a template read from the disk of the submitter': [
    { sparkConf: { 'spark.kubernetes.driver.podTemplateFile': '/etc/passwd' } },
    'spec.sparkConf["spark.kubernetes.driver.podTemplateFile"]',
  ],
  'a file of the operator as the main file (kubeflow #2963)': [
    { mainApplicationFile: 'file:///var/run/secrets/kubernetes.io/serviceaccount/token' },
    'spec.mainApplicationFile',
  ],
  'a file of the operator as a dependency': [
    { deps: { files: ['/var/run/secrets/kubernetes.io/serviceaccount/token'] } },
    'spec.deps.files[0]',
  ],
  'the driver inside the operator': [{ mode: 'client' }, 'spec.mode'],
  'the driver inside the operator by property': [
    { sparkConf: { 'spark.submit.deployMode': 'client' } },
    'spec.sparkConf["spark.submit.deployMode"]',
  ],
  'class paths of a proxy user (CVE-2023-22946)': [
    { sparkConf: { 'spark.submit.proxyUser.allowCustomClasspathInClusterMode.enabled': 'true' } },
    'spec.sparkConf["spark.submit.proxyUser.allowCustomClasspathInClusterMode.enabled"]',
  ],
  'the label of another application': [
    { driver: { labels: { 'sparkoperator.k8s.io/app-name': 'theirs' } } },
    'spec.driver.labels["sparkoperator.k8s.io/app-name"]',
  ],
  'the same by property': [
    { sparkConf: { 'spark.kubernetes.executor.label.sparkoperator.k8s.io/app-name': 'theirs' } },
    'spec.sparkConf["spark.kubernetes.executor.label.sparkoperator.k8s.io/app-name"]',
  ],
  'the same by template': [
    { driver: { template: { metadata: { labels: { 'sparkoperator.k8s.io/submission-id': 'theirs' } } } } },
    'spec.driver.template.metadata.labels["sparkoperator.k8s.io/submission-id"]',
  ],
  'the same on the Service of the driver': [
    { driver: { serviceLabels: { 'sparkoperator.k8s.io/app-name': 'theirs' } } },
    'spec.driver.serviceLabels["sparkoperator.k8s.io/app-name"]',
  ],
  'properties behind the back of the rules': [
    { driver: { javaOptions: '-Dspark.master=k8s://evil' } },
    'spec.driver.javaOptions',
  ],
};

describe('validate', () => {
  it.each(Object.entries(attacks))('refuses %s', (_name, [spec, field]) => {
    expect(validate(anApp({ spec })).map((violation) => violation.field)).toEqual([field]);
  });
});
