import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { aDriverPod } from '../../test/controller-seen.ts';
import { problemOf } from './problem.ts';

interface Case {
  readonly spec?: Partial<SparkApplicationSpec>;
  readonly waiting?: { readonly reason: string; readonly message: string };
  readonly warnings?: readonly string[];
  readonly defaults?: readonly string[];
  readonly want: { readonly reason: string; readonly field: string } | undefined;
}

const cases: Record<string, Case> = {
  'a container that is being created has no problem': {
    waiting: { reason: 'ContainerCreating', message: '' },
    want: undefined,
  },
  'an image of the whole application': {
    waiting: { reason: 'ErrImagePull', message: 'not found' },
    want: { reason: 'ImagePull', field: 'spec.image: ' },
  },
  'an image of the driver': {
    spec: { image: 'other', driver: { image: 'localhost/spark:4.0.1' } },
    waiting: { reason: 'InvalidImageName', message: '' },
    want: { reason: 'ImagePull', field: 'spec.driver.image: ' },
  },
  'an image by property': {
    spec: { image: '', sparkConf: { 'spark.kubernetes.container.image': 'localhost/spark:4.0.1' } },
    waiting: { reason: 'ImagePullBackOff', message: '' },
    want: { reason: 'ImagePull', field: 'spec.sparkConf["spark.kubernetes.container.image"]: ' },
  },
  'a Secret that env wants': {
    spec: { driver: { envSecretKeyRefs: { PASSWORD: { name: 'login', key: 'password' } } } },
    waiting: { reason: 'CreateContainerConfigError', message: 'secret "login" not found' },
    want: { reason: 'SecretNotFound', field: 'spec.driver.envSecretKeyRefs.PASSWORD.name: ' },
  },
  'a key that a Secret lacks': {
    spec: { driver: { envSecretKeyRefs: { PASSWORD: { name: 'login', key: 'password' } } } },
    waiting: { reason: 'CreateContainerConfigError', message: "couldn't find key password in Secret default/login" },
    want: { reason: 'SecretNotFound', field: 'spec.driver.envSecretKeyRefs.PASSWORD.name: ' },
  },
  'a ConfigMap that cannot be mounted, told by an event only': {
    spec: { driver: { configMaps: [{ name: 'settings', path: '/etc/settings' }] } },
    waiting: { reason: 'ContainerCreating', message: '' },
    warnings: ['MountVolume.SetUp failed for volume "settings-vol" : configmap "settings" not found'],
    want: { reason: 'ConfigMapNotFound', field: 'spec.driver.configMaps[0].name: ' },
  },
  'a Spark ConfigMap': {
    spec: { sparkConfigMap: 'settings' },
    warnings: ['MountVolume.SetUp failed for volume "spark-configmap-volume" : configmap "settings" not found'],
    want: { reason: 'ConfigMapNotFound', field: 'spec.sparkConfigMap: ' },
  },
  "a Secret that only the site's defaults name": {
    warnings: ['MountVolume.SetUp failed for volume "s3" : secret "s3" not found'],
    defaults: ['site/base', 'site/s3'],
    want: { reason: 'SecretNotFound', field: 'SparkPodDefaults site/base, site/s3: ' },
  },
  "another fault of the container's configuration": {
    waiting: { reason: 'CreateContainerConfigError', message: 'container has runAsNonRoot and image will run as root' },
    want: { reason: 'ContainerConfigError', field: 'spec.driver: ' },
  },
  'a warning that says nothing of our kind': { warnings: ['Back-off restarting failed container'], want: undefined },
};

describe('problemOf', () => {
  it.each(Object.entries(cases))('%s', (_name, { spec, waiting, warnings = [], defaults = [], want }) => {
    const pod = aDriverPod({
      image: 'localhost/spark:4.0.1',
      ...(waiting === undefined ? {} : { container: { kind: 'waiting', ...waiting } }),
    });
    const problem = problemOf(pod, { spec: anApp(spec === undefined ? {} : { spec }).spec, defaults }, warnings);
    expect(problem?.reason).toBe(want?.reason);
    if (want !== undefined) expect(problem?.message.startsWith(want.field)).toBe(true);
  });
});
