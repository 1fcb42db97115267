import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec, SparkPodSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { accessNeeded } from './needed.ts';

interface Case {
  readonly driver?: SparkPodSpec;
  readonly spec?: Partial<SparkApplicationSpec>;
  readonly trusted?: readonly string[];
  /** Each as `verb resource name: field`. */
  readonly want: readonly string[];
}

const container = (rest: object): SparkPodSpec => ({ template: { spec: { containers: [{ name: 'a', ...rest }] } } });
const inTemplate = (rest: object): SparkPodSpec => ({ template: { spec: { containers: [], ...rest } } });
const at = 'spec.driver.template.spec';

const cases: Record<string, Case> = {
  'nothing sensitive': {
    driver: {
      ...inTemplate({ serviceAccountName: 'default', hostNetwork: false }),
      configMaps: [{ name: 'settings', path: '/settings' }],
      envFrom: [{ configMapRef: { name: 'settings' } }],
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
      securityContext: { runAsNonRoot: true, runAsUser: 185, capabilities: { drop: ['ALL'] } },
    },
    spec: {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      imagePullSecrets: ['registry'],
      proxyUser: '',
    },
    want: [],
  },
  'a service account': {
    driver: { serviceAccount: 'admin' },
    want: ['impersonate serviceaccounts admin: spec.driver.serviceAccount'],
  },
  'a trusted service account': { driver: { serviceAccount: 'spark' }, trusted: ['spark'], want: [] },
  'a service account that is trusted in one namespace': {
    driver: { serviceAccount: 'spark' },
    trusted: ['default:spark'],
    want: [],
  },
  'a service account that is trusted in another namespace': {
    driver: { serviceAccount: 'spark' },
    trusted: ['team-a:spark'],
    want: ['impersonate serviceaccounts spark: spec.driver.serviceAccount'],
  },
  'a service account by template, of executors too': {
    driver: inTemplate({ serviceAccountName: 'admin' }),
    spec: { executor: inTemplate({ serviceAccount: 'builder' }) },
    want: [
      `impersonate serviceaccounts admin: ${at}.serviceAccountName`,
      'impersonate serviceaccounts builder: spec.executor.template.spec.serviceAccount',
    ],
  },
  'a folder of the node': {
    spec: { volumes: [{ name: 'root', hostPath: { path: '/' } }] },
    want: ['create pods: spec.volumes[0].hostPath'],
  },
  'a folder of the node by template': {
    driver: inTemplate({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
    want: [`create pods: ${at}.volumes[0].hostPath`],
  },
  'a folder of the node by property': {
    spec: { sparkConf: { 'spark.kubernetes.executor.volumes.hostPath.x.mount.path': '/' } },
    want: ['create pods: spec.sparkConf["spark.kubernetes.executor.volumes.hostPath.x.mount.path"]'],
  },
  'the network of the node': { driver: { hostNetwork: true }, want: ['create pods: spec.driver.hostNetwork'] },
  'the processes of the node': { driver: inTemplate({ hostPID: true }), want: [`create pods: ${at}.hostPID`] },
  'the memory of the node': { driver: inTemplate({ hostIPC: true }), want: [`create pods: ${at}.hostIPC`] },
  'a node past the scheduler': { driver: inTemplate({ nodeName: 'control' }), want: [`create pods: ${at}.nodeName`] },
  'a port of the node': {
    driver: container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
    want: [`create pods: ${at}.containers[0].ports[0].hostPort`],
  },
  'a privileged container': {
    driver: { securityContext: { privileged: true } },
    want: ['create pods: spec.driver.securityContext.privileged'],
  },
  'a privileged sidecar': {
    driver: { sidecars: [{ name: 'a', securityContext: { privileged: true } }] },
    want: ['create pods: spec.driver.sidecars[0].securityContext.privileged'],
  },
  'more capabilities, before the start': {
    driver: { initContainers: [{ name: 'a', securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }] },
    want: ['create pods: spec.driver.initContainers[0].securityContext.capabilities.add'],
  },
  'root, by the pod': {
    driver: { podSecurityContext: { runAsUser: 0 } },
    want: ['create pods: spec.driver.podSecurityContext.runAsUser'],
  },
  'a Secret, whichever way it is read': {
    driver: {
      secrets: [{ name: 'a', path: '/a', secretType: 'Generic' }],
      envSecretKeyRefs: { B: { name: 'b', key: 'k' } },
      env: [{ name: 'C', valueFrom: { secretKeyRef: { name: 'c', key: 'k' } } }],
      envFrom: [{ secretRef: { name: 'd' } }],
      sidecars: [{ name: 'side', envFrom: [{ secretRef: { name: 'e' } }] }],
    },
    spec: {
      volumes: [
        { name: 'f', secret: { secretName: 'f' } },
        { name: 'g', projected: { sources: [{ secret: { name: 'g' } }] } },
        { name: 'h', csi: { driver: 'x', nodePublishSecretRef: { name: 'h' } } },
      ],
      sparkConf: {
        'spark.kubernetes.driver.secrets.i': '/i',
        'spark.kubernetes.executor.secretKeyRef.J': 'j:key',
        'spark.kubernetes.kerberos.tokenSecret.name': 'k',
      },
    },
    want: [
      'get secrets f: spec.volumes[0].secret.secretName',
      'get secrets g: spec.volumes[1].projected.sources[0].secret.name',
      'get secrets h: spec.volumes[2].csi.nodePublishSecretRef',
      'get secrets a: spec.driver.secrets[0].name',
      'get secrets b: spec.driver.envSecretKeyRefs["B"].name',
      'get secrets c: spec.driver.env[0].valueFrom.secretKeyRef.name',
      'get secrets d: spec.driver.envFrom[0].secretRef.name',
      'get secrets e: spec.driver.sidecars[0].envFrom[0].secretRef.name',
      'get secrets i: spec.sparkConf["spark.kubernetes.driver.secrets.i"]',
      'get secrets j: spec.sparkConf["spark.kubernetes.executor.secretKeyRef.J"]',
      'get secrets k: spec.sparkConf["spark.kubernetes.kerberos.tokenSecret.name"]',
    ],
  },
  'another Hadoop user': { spec: { proxyUser: 'hdfs' }, want: ['impersonate users hdfs: spec.proxyUser'] },
  'each right once': {
    driver: { serviceAccount: 'admin', hostNetwork: true },
    spec: { executor: { serviceAccount: 'admin', hostNetwork: true } },
    want: ['impersonate serviceaccounts admin: spec.driver.serviceAccount', 'create pods: spec.driver.hostNetwork'],
  },
};

describe('accessNeeded', () => {
  it.each(Object.entries(cases))('%s', (_name, { driver = {}, spec = {}, trusted = [], want }) => {
    const needs = accessNeeded(anApp({ spec: { executor: {}, ...spec, driver } }), trusted);
    const texts = needs.map(
      ({ verb, resource, name, field }) => `${[verb, resource, name ?? ''].join(' ').trim()}: ${field}`,
    );
    expect(texts).toEqual(want);
  });
});
