import { describeRules } from '../../test/violations.ts';

describeRules({
  memoryNotJava: {
    'Kubernetes units, with the Java form in the message': [
      { driver: { memory: '512Mi' } },
      'spec.driver.memory: "512Mi" is not a memory size as Java writes it: write a whole number and a unit, such as 512m (Kubernetes writes 512Mi, Java 512m)',
    ],
    'fractions and nonsense': [
      { driver: { memoryOverhead: '1.5g' }, executor: { memory: 'lots' } },
      'spec.driver.memoryOverhead: "1.5g" is not a memory size as Java writes it: write a whole number and a unit, such as 512m or 4g',
      'spec.executor.memory: "lots" is not a memory size as Java writes it: write a whole number and a unit, such as 512m or 4g',
    ],
    'properties as well': [
      { sparkConf: { 'spark.executor.memory': '2Gi' } },
      'spec.sparkConf["spark.executor.memory"]: "2Gi" is not a memory size as Java writes it: write a whole number and a unit, such as 2g (Kubernetes writes 512Mi, Java 512m)',
    ],
    'Java memory and references': [
      {
        driver: { memory: '4G', memoryOverhead: '384' },
        sparkConf: { 'spark.executor.memory': '${spark.driver.memory}' },
      },
    ],
  },
  memoryTooSmall: {
    'a heap in which Spark does not start': [
      { driver: { memory: '256m' }, executor: { memory: '450m' } },
      'spec.driver.memory: "256m" is too small: Spark starts with at least 450m',
    ],
    'Spark’s own switch for tests': [
      { driver: { memory: '256m' }, sparkConf: { 'spark.testing.reservedMemory': '0' } },
    ],
  },
  driverMemoryWithoutUnit: {
    'bytes to Java, MiB to Spark': [
      { driver: { memory: '2048' } },
      'spec.driver.memory: "2048" has no unit: write 2048m for MiB',
    ],
    'with a unit': [{ driver: { memory: '2048m' } }],
  },
  memoryLimitNotSize: {
    'neither nor': [
      { executor: { memoryLimit: 'much' } },
      'spec.executor.memoryLimit: "much" is not a memory size: use Java units (2g) or a Kubernetes quantity (2Gi)',
    ],
    both: [{ driver: { memoryLimit: '2g' }, executor: { memoryLimit: '2.5Gi' } }],
  },
  memoryOverheadFactorNotNumber: {
    'a percentage': [
      { memoryOverheadFactor: '20%' },
      'spec.memoryOverheadFactor: "20%" is not a number: write the share of the memory to add, such as "0.2"',
    ],
    'a share': [{ memoryOverheadFactor: '0.2' }],
  },
  heapInJavaOptions: {
    'heap and properties': [
      { driver: { javaOptions: '-Xmx4g' }, executor: { javaOptions: '-XX:+UseG1GC -Dspark.ui.port=1' } },
      'spec.driver.javaOptions: cannot set the heap (-Xmx): use spec.driver.memory',
      'spec.executor.javaOptions: cannot set Spark properties (-Dspark.…): use spec.sparkConf',
    ],
    'other options': [{ driver: { javaOptions: '-XX:+UseG1GC -Dlog4j2.level=INFO' } }],
  },
});
