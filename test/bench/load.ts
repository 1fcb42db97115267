import { setTimeout } from 'node:timers/promises';
import { API_VERSION } from '../../api/group.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';

/** An ordinary application: a Pi in Scala with two executors, as users write it. */
export const benchApplication = (namespace: string, name: string): SparkApplication => ({
  apiVersion: API_VERSION,
  kind: 'SparkApplication',
  // The API server gives the uid; the type is that of stored objects.
  metadata: { name, namespace, uid: '' },
  spec: {
    type: 'Scala',
    mode: 'cluster',
    image: 'spark:4.0.1',
    sparkVersion: '4.0.1',
    mainClass: 'org.apache.spark.examples.SparkPi',
    mainApplicationFile: 'local:///opt/spark/examples/jars/spark-examples.jar',
    arguments: ['1000'],
    sparkConf: { 'spark.eventLog.enabled': 'false' },
    driver: { cores: 1, memory: '512m', serviceAccount: 'spark-operator-spark', labels: { team: 'bench' } },
    executor: { instances: 2, cores: 1, memory: '512m' },
  },
});

/**
 * Creates applications at a fixed rate, one after the other's due time, however long an answer takes.
 * @param perSecond 0 = as fast as 16 requests at a time go
 * @returns the names
 */
export async function createApplications(
  client: KubeClient,
  { namespace, prefix, count, perSecond }: { namespace: string; prefix: string; count: number; perSecond: number },
): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const create = (name: string): Promise<SparkApplication> =>
    client.create(resources.sparkApplications, benchApplication(namespace, name));
  if (perSecond > 0) {
    await Promise.all(
      names.map(async (name, index) => {
        await setTimeout((index * 1000) / perSecond);
        await create(name);
      }),
    );
    return names;
  }
  const left = names.values();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const name of left) await create(name);
    }),
  );
  return names;
}
