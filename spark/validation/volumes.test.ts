import { describeRules } from '../../test/violations.ts';

const data = { name: 'data', emptyDir: {} };
const mount = { name: 'data', mountPath: '/data' };

describeRules({
  volumeTwice: {
    'one name, two volumes': [
      { volumes: [data, data, { name: 'other' }] },
      'spec.volumes: has two volumes with the name "data": give each a name of its own',
    ],
  },
  volumeMountWithoutVolume: {
    nowhere: [
      { driver: { volumeMounts: [mount] } },
      'spec.driver.volumeMounts[0].name: there is no volume "data": add it to spec.volumes',
    ],
    'in the application': [{ volumes: [data], executor: { volumeMounts: [mount] } }],
    'in the template': [{ driver: { volumeMounts: [mount], template: { spec: { containers: [], volumes: [data] } } } }],
    'in a property': [
      {
        sparkConf: { 'spark.kubernetes.driver.volumes.emptyDir.data.mount.path': '/x' },
        driver: { volumeMounts: [mount] },
      },
    ],
    'in a property of the other role': [
      {
        sparkConf: { 'spark.kubernetes.executor.volumes.emptyDir.data.mount.path': '/x' },
        driver: { volumeMounts: [mount] },
      },
      'spec.driver.volumeMounts[0].name: there is no volume "data": add it to spec.volumes',
    ],
  },
  sidecarMountWithoutVolume: {
    nowhere: [
      { executor: { sidecars: [{ name: 'log', volumeMounts: [mount] }] } },
      'spec.executor.sidecars[0].volumeMounts[0].name: there is no volume "data": add it to spec.volumes',
    ],
    'in the application': [{ volumes: [data], driver: { initContainers: [{ name: 'init', volumeMounts: [mount] }] } }],
    'made by Spark': [
      {
        driver: { sidecars: [{ name: 'log', volumeMounts: [{ name: 'spark-conf-volume-driver', mountPath: '/c' }] }] },
      },
    ],
  },
  localDirSourceUnsupported: {
    'a ConfigMap as scratch space': [
      { volumes: [{ name: 'spark-local-dir-1', configMap: { name: 'x' } }] },
      'spec.volumes[0]: "spark-local-dir-1" is scratch space of Spark, which can be emptyDir, hostPath, nfs, persistentVolumeClaim: use one of these or another name',
    ],
    'a folder of the node': [{ volumes: [{ name: 'spark-local-dir-1', hostPath: { path: '/mnt' } }] }],
  },
  containerTwice: {
    'a sidecar and an init container of one name': [
      { driver: { sidecars: [{ name: 'a' }], initContainers: [{ name: 'a' }] } },
      'spec.driver.sidecars: two containers have the name "a": sidecars and initContainers share one set of names',
    ],
  },
  mountPathInvalid: {
    'relative, and with a colon': [
      {
        driver: { configMaps: [{ name: 'a', path: 'conf' }] },
        executor: { secrets: [{ name: 'b', path: '/a:b', secretType: 'Generic' }] },
      },
      'spec.driver.configMaps[0].path: "conf" is not an absolute path: write the folder to mount at, such as /etc/config',
      'spec.executor.secrets[0].path: "/a:b" is not an absolute path: write the folder to mount at, such as /etc/config',
    ],
  },
});
