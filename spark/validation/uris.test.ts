import { describeRules } from '../../test/violations.ts';

describeRules({
  mainApplicationFileNotReachable: {
    'a path': [
      { mainApplicationFile: '/opt/app.jar' },
      'spec.mainApplicationFile: "/opt/app.jar" is a path on the machine that submits, which the driver cannot read: use local:///opt/app.jar for a file in the image, or a remote URI such as s3a://bucket/app.jar',
    ],
    'a file URI': [
      { mainApplicationFile: 'file:///opt/app.jar' },
      'spec.mainApplicationFile: "file:///opt/app.jar" is a path on the machine that submits, which the driver cannot read: use local:///opt/app.jar for a file in the image, or a remote URI such as s3a://bucket/app.jar',
    ],
    'a path without a root': [
      { mainApplicationFile: 'app.py' },
      'spec.mainApplicationFile: "app.py" is a path on the machine that submits, which the driver cannot read: use local:///app.py for a file in the image, or a remote URI such as s3a://bucket/app.jar',
    ],
    'a file in the image': [{ mainApplicationFile: 'local:/opt/app.jar' }],
    'a remote file': [{ mainApplicationFile: 's3a://bucket/app.jar' }],
    'a class on the class path': [{ mainApplicationFile: 'spark-internal' }],
  },
  dependencyNotReachable: {
    'one of many': [
      { deps: { jars: ['local:///a.jar', 'b.jar'], archives: ['hdfs:///env.tgz#env'], packages: ['a:b:1'] } },
      'spec.deps.jars[1]: "b.jar" is a path on the machine that submits, which the driver cannot read: use local:///b.jar for a file in the image, or a remote URI such as s3a://bucket/app.jar',
    ],
  },
  packageNotCoordinate: {
    'a jar is no coordinate': [
      { deps: { packages: ['org.apache.hadoop:hadoop-aws:3.4.1', 'hadoop-aws.jar'] } },
      'spec.deps.packages[1]: "hadoop-aws.jar" is not a Maven coordinate: write group:artifact:version',
    ],
  },
});
