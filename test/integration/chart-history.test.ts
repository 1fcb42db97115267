import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';

import { objectsOf, render } from './chart.ts';

// Each rendering starts a process: on a busy machine that takes seconds.
jest.setTimeout(30_000);

const NAME = 'spark-operator/spark-operator-history';
const EXAMPLES = join(import.meta.dirname, '../../examples/values');
const APIS = ['cert-manager.io/v1/Certificate', 'monitoring.coreos.com/v1/PodMonitor'];

const history = (values: object): object => ({ historyServer: { enable: true, ...values } });

const cases: Record<string, { given: object; conf: readonly string[]; has?: object }> = {
  'logs in S3, with credentials that only the environment has': {
    given: history({
      logDirectory: 's3a://bucket/events',
      s3: { endpoint: 'http://s3.storage:7070', secretName: 'keys' },
      sparkConf: { 'spark.history.fs.update.interval': '5s' },
    }),
    conf: [
      'spark.hadoop.fs.s3a.connection.ssl.enabled=false',
      'spark.hadoop.fs.s3a.endpoint=http://s3.storage:7070',
      'spark.hadoop.fs.s3a.path.style.access=true',
      'spark.history.fs.logDirectory=s3a://bucket/events',
      'spark.history.fs.update.interval=5s',
      'spark.history.ui.port=18080',
    ],
    has: {
      containers: [
        {
          env: expect.arrayContaining([
            { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'keys', key: 'AWS_ACCESS_KEY_ID' } } },
            {
              name: 'AWS_SECRET_ACCESS_KEY',
              valueFrom: { secretKeyRef: { name: 'keys', key: 'AWS_SECRET_ACCESS_KEY' } },
            },
          ]),
        },
      ],
    },
  },
  'logs on a volume': {
    given: history({ logDirectory: 'file:///spark-history', persistentVolumeClaim: 'logs' }),
    conf: ['spark.history.fs.logDirectory=file:///spark-history', 'spark.history.ui.port=18080'],
    has: {
      containers: [{ volumeMounts: expect.arrayContaining([{ name: 'logs', mountPath: '/spark-history' }]) }],
      volumes: expect.arrayContaining([{ name: 'logs', persistentVolumeClaim: { claimName: 'logs' } }]),
    },
  },
};

describe('the history server', () => {
  it.each(Object.entries(cases))('reads %s', async (_name, { given, conf, has = {} }) => {
    const objects = objectsOf(await render(given));
    const text = objects.get(`ConfigMap ${NAME}`)?.data?.['history.conf'] ?? '';
    expect(text.trim().split('\n')).toEqual(conf);
    expect(objects.get(`Deployment ${NAME}`)?.spec?.template?.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
      ...has,
    });
  });

  it('is refused where no logs could be', async () => {
    const local = history({ logDirectory: 'file:///spark-history' });
    await expect(render(local)).rejects.toThrow(/historyServer.persistentVolumeClaim is empty/);
  });

  it('starts anew when its configuration changes', async () => {
    const configOf = async (values: object): Promise<unknown> => {
      const { spec } = objectsOf(await render(history(values))).get(`Deployment ${NAME}`) ?? {};
      return spec?.template?.metadata?.annotations?.['spark-operator/config'];
    };
    expect(await configOf({})).toEqual(expect.any(String));
    expect(await configOf({ logDirectory: 's3a://other/' })).not.toEqual(await configOf({}));
  });

  it('is not there by default', async () => {
    expect([...objectsOf(await render({})).keys()].join()).not.toContain('-history');
  });
});

describe('the values of examples/values', () => {
  it('are all accepted', async () => {
    const files = await readdir(EXAMPLES);
    for (const file of files) {
      const values = parse(await readFile(join(EXAMPLES, file), 'utf8')) as object;
      const rendered = await render(values, { flags: APIS.flatMap((api) => ['--api-versions', api]) });
      expect(objectsOf(rendered).size).toBeGreaterThan(20);
    }
    expect(files.length).toBeGreaterThanOrEqual(5);
  }, 30_000);
});
