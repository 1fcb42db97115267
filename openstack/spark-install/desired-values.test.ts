import { describe, expect, it } from '@jest/globals';

import { desiredValues, jobNamespacesOf, servedNamespaces, type ValuesInput } from './desired-values.ts';
import type { HistorySettings } from './history-values.ts';
import type { S3Location } from './s3-location.ts';
import type { Values } from './values.ts';

const s3: S3Location = {
  bucket: 'demo-1234abcd',
  endpoint: 'https://s3.example.org',
  region: 'RegionOne',
  pathStyle: true,
  eventLogFolder: 'spark-events',
  accessKey: 'abc',
};

const nothing: ValuesInput = {
  previous: {},
  jobNamespaces: undefined,
  s3: undefined,
  history: { kind: 'keep' },
  site: {},
};

const settings: HistorySettings = {
  service: undefined,
  ingressHost: undefined,
  ingressClass: undefined,
  ingressTlsSecret: undefined,
  logDirectory: undefined,
  claim: undefined,
};

const ourHistory = {
  enable: true,
  logDirectory: 's3a://demo-1234abcd/spark-events',
  s3: { endpoint: 'https://s3.example.org', secretName: 'spark-s3', pathStyleAccess: true },
  sparkConf: { 'spark.hadoop.fs.s3a.endpoint.region': 'RegionOne' },
  annotations: { 'opsparkctl/s3-key': 'ba7816bf8f01cfea' },
};

const cases: Record<string, { given: Partial<ValuesInput>; want: Values }> = {
  'a new release runs the applications of one namespace': {
    given: {},
    want: { spark: { jobNamespaces: ['default'] } },
  },
  'namespaces that are named take the place of those of before': {
    given: { previous: { spark: { jobNamespaces: ['a'], rbac: { create: false } } }, jobNamespaces: ['b'] },
    want: { spark: { jobNamespaces: ['b'], rbac: { create: false } } },
  },
  'namespaces that are not named stay': {
    given: { previous: { spark: { jobNamespaces: ['a', 'b'] } } },
    want: { spark: { jobNamespaces: ['a', 'b'] } },
  },
  'a selector of namespaces stays': {
    given: { previous: { spark: { jobNamespaceSelector: 'spark=yes' } } },
    want: { spark: { jobNamespaceSelector: 'spark=yes' } },
  },
  'values of an earlier run stay, those of the site win': {
    given: {
      previous: { controller: { workers: 3, logLevel: 'info' }, spark: { jobNamespaces: ['a'] } },
      site: { controller: { logLevel: 'debug' } },
    },
    want: { controller: { workers: 3, logLevel: 'debug' }, spark: { jobNamespaces: ['a'] } },
  },
  'the Secret of S3 may be copied, beside those of the site': {
    given: { s3, site: { podDefaults: { propagate: { secrets: ['kerberos'] } } } },
    want: {
      spark: { jobNamespaces: ['default'] },
      podDefaults: { propagate: { secrets: ['kerberos', 'spark-s3'] } },
    },
  },
  'it is named once': {
    given: { s3, previous: { podDefaults: { propagate: { secrets: ['spark-s3'] } } } },
    want: { spark: { jobNamespaces: ['default'] }, podDefaults: { propagate: { secrets: ['spark-s3'] } } },
  },
  'a history server reads from the bucket': {
    given: { s3, history: { kind: 'on', settings: { ...settings, service: 'NodePort' } } },
    want: {
      spark: { jobNamespaces: ['default'] },
      podDefaults: { propagate: { secrets: ['spark-s3'] } },
      historyServer: { ...ourHistory, service: { type: 'NodePort' } },
    },
  },
  'one that reads from our bucket follows it to another place': {
    given: {
      s3,
      previous: {
        historyServer: { ...ourHistory, logDirectory: 's3a://old/x', service: { type: 'LoadBalancer' } },
      },
    },
    want: {
      spark: { jobNamespaces: ['default'] },
      podDefaults: { propagate: { secrets: ['spark-s3'] } },
      historyServer: { ...ourHistory, service: { type: 'LoadBalancer' } },
    },
  },
  'one that reads elsewhere stays there': {
    given: { s3, previous: { historyServer: { enable: true, logDirectory: 'file:///spark-history' } } },
    want: {
      spark: { jobNamespaces: ['default'] },
      podDefaults: { propagate: { secrets: ['spark-s3'] } },
      historyServer: { enable: true, logDirectory: 'file:///spark-history' },
    },
  },
  'one that is taken away keeps its settings for the next time': {
    given: { history: { kind: 'off' }, previous: { historyServer: { enable: true, memory: '2g' } } },
    want: { spark: { jobNamespaces: ['default'] }, historyServer: { enable: false, memory: '2g' } },
  },
  'logs on a volume need no bucket': {
    given: { history: { kind: 'on', settings: { ...settings, logDirectory: 'file:///spark-history', claim: 'logs' } } },
    want: {
      spark: { jobNamespaces: ['default'] },
      historyServer: { enable: true, logDirectory: 'file:///spark-history', persistentVolumeClaim: 'logs' },
    },
  },
  'an Ingress has its host, class and certificate': {
    given: {
      s3: undefined,
      history: {
        kind: 'on',
        settings: { ...settings, ingressHost: 'h.example.org', ingressClass: 'nginx', ingressTlsSecret: 'tls' },
      },
    },
    want: {
      spark: { jobNamespaces: ['default'] },
      historyServer: {
        enable: true,
        ingress: {
          enable: true,
          host: 'h.example.org',
          className: 'nginx',
          tls: [{ hosts: ['h.example.org'], secretName: 'tls' }],
        },
      },
    },
  },
  'an empty host removes the Ingress': {
    given: {
      previous: { historyServer: { enable: true, ingress: { enable: true, host: 'h' } } },
      history: { kind: 'on', settings: { ...settings, ingressHost: '' } },
    },
    want: {
      spark: { jobNamespaces: ['default'] },
      historyServer: { enable: true, ingress: { enable: false, host: 'h' } },
    },
  },
};

describe('desiredValues', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(desiredValues({ ...nothing, ...given })).toEqual(want);
  });

  it('is the same when it is given its own result', () => {
    const input: ValuesInput = { ...nothing, s3, history: { kind: 'on', settings }, site: { image: { tag: 'x' } } };
    const once = desiredValues(input);
    expect(desiredValues({ ...input, previous: once })).toEqual(once);
    expect(desiredValues({ ...input, previous: once, history: { kind: 'keep' } })).toEqual(once);
  });
});

describe('the namespaces of a release', () => {
  const served: Record<string, { given: Values; want: readonly string[] | undefined }> = {
    'the chart’s own when none are named': { given: {}, want: ['default'] },
    'those that are named': { given: { spark: { jobNamespaces: ['a', 'b'] } }, want: ['a', 'b'] },
    'all, by the empty name': { given: { spark: { jobNamespaces: ['', 'a'] } }, want: undefined },
    'all that match': { given: { spark: { jobNamespaceSelector: 'a=b', jobNamespaces: ['a'] } }, want: undefined },
  };
  it.each(Object.entries(served))('are %s', (_name, { given, want }) => {
    expect(servedNamespaces(given)).toEqual(want);
  });

  it('are made, except the one that means all', () => {
    expect(jobNamespacesOf({ spark: { jobNamespaces: ['', 'a'] } })).toEqual(['a']);
  });
});
