import { describeRules } from '../../test/violations.ts';

const data = { name: 'data', emptyDir: {} };

describeRules({
  mountOverSpark: {
    'the folders of Spark’s own files': [
      {
        volumes: [data],
        driver: {
          volumeMounts: [{ name: 'data', mountPath: '/opt/spark/conf/' }],
          secrets: [{ name: 'a', path: '/opt/spark/pod-template', secretType: 'Generic' }],
        },
        executor: { configMaps: [{ name: 'files', path: '/opt/spark/conf' }] },
      },
      'spec.driver.volumeMounts[0].mountPath: /opt/spark/conf is where Spark mounts its own files: choose another folder, or mount a single file of it with a subPath',
      'spec.driver.secrets[0].path: /opt/spark/pod-template is where Spark mounts its own files: choose another folder, or mount a single file of it with a subPath',
      'spec.executor.configMaps[0].path: /opt/spark/conf is where Spark mounts its own files: choose another folder, or mount a single file of it with a subPath',
    ],
    'a file in such a folder, and a folder that no executor has': [
      {
        volumes: [data],
        driver: { volumeMounts: [{ name: 'data', mountPath: '/opt/spark/conf/log4j2.properties', subPath: 'log4j2' }] },
        executor: { volumeMounts: [{ name: 'data', mountPath: '/opt/spark/pod-template' }] },
      },
    ],
  },
  mountPathRepeated: {
    'mounts and ConfigMaps at one place': [
      {
        volumes: [data],
        driver: {
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
          configMaps: [{ name: 'files', path: '/data/' }],
        },
      },
      'spec.driver.configMaps[0].path: /data is mounted already: give each mount a path of its own',
    ],
    'one place in each role': [
      {
        volumes: [data],
        driver: { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
        executor: { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      },
    ],
  },
  volumeNameReserved: {
    'volumes of Spark and of other fields': [
      {
        volumes: [
          { name: 'pod-template-volume', emptyDir: {} },
          { name: 'files-vol', emptyDir: {} },
          { name: 'spark-configmap-volume', emptyDir: {} },
          { name: 'mine', emptyDir: {} },
        ],
        sparkConfigMap: 'conf',
        executor: { configMaps: [{ name: 'files', path: '/files' }] },
      },
      'spec.volumes[0].name: "pod-template-volume" is the name of a volume that Spark adds: choose another one',
      'spec.volumes[1].name: "files-vol" is the name of a volume that spec.executor.configMaps adds: choose another one',
      'spec.volumes[2].name: "spark-configmap-volume" is the name of a volume that spec.sparkConfigMap adds: choose another one',
    ],
    'names that nobody else uses': [{ volumes: [{ name: 'files-vol', emptyDir: {} }] }],
  },
  containerNameReserved: {
    'Spark’s container by its name, or by that of the template': [
      {
        driver: { sidecars: [{ name: 'spark-kubernetes-driver' }] },
        executor: {
          template: { spec: { containers: [{ name: 'main' }, { name: 'side' }] } },
          initContainers: [{ name: 'main' }],
          sidecars: [{ name: 'side' }],
        },
      },
      'spec.driver.sidecars[0].name: "spark-kubernetes-driver" is the name of Spark\'s own container: choose another one',
      'spec.executor.initContainers[0].name: "main" is the name of Spark\'s own container: choose another one',
    ],
  },
  containerOfTemplateRepeated: {
    'a sidecar named as an init container of the template, and the other way round': [
      {
        driver: {
          template: { spec: { containers: [{ name: 'main' }, { name: 'side' }], initContainers: [{ name: 'first' }] } },
          sidecars: [{ name: 'first' }],
          initContainers: [{ name: 'side' }],
        },
      },
      'spec.driver.sidecars[0].name: "first" is the name of another container of the template: containers and initContainers share one set of names',
      'spec.driver.initContainers[0].name: "side" is the name of another container of the template: containers and initContainers share one set of names',
    ],
    'one that takes the place of the template’s': [
      {
        driver: {
          template: { spec: { containers: [{ name: 'main' }, { name: 'side' }], initContainers: [{ name: 'first' }] } },
          sidecars: [{ name: 'side' }],
          initContainers: [{ name: 'first' }],
        },
      },
    ],
  },
});
