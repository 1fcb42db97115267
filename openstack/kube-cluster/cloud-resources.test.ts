import { describe, expect, it } from '@jest/globals';

import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient, ListOptions } from '../../kube/client.ts';
import type { Resource } from '../../kube/resources.ts';
import { memoryKube } from '../../test/openstack/memory-kube.ts';
import { cloudResources } from './cloud-resources.ts';
import { removeCloudResources } from './remove-cloud-resources.ts';

const objects = {
  services: [
    { metadata: { namespace: 'web', name: 'front' }, spec: { type: 'LoadBalancer' } },
    { metadata: { namespace: 'web', name: 'back' }, spec: { type: 'ClusterIP' } },
  ],
  persistentvolumeclaims: [{ metadata: { namespace: 'data', name: 'disk' } }],
  pods: [
    {
      metadata: { namespace: 'data', name: 'writer' },
      spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'disk' } }] },
    },
    { metadata: { namespace: 'other', name: 'stranger' }, spec: { volumes: [{ name: 'd', emptyDir: {} }] } },
    {
      metadata: { namespace: 'other', name: 'namesake' },
      spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'disk' } }] },
    },
  ],
  configmaps: [{ metadata: { namespace: 'spark-operator', name: 'opsparkctl-state' }, data: { bucket: 'logs' } }],
} as const;

/** A cluster with lists. `keep`: what is deleted stays, as with a finalizer. */
function aCluster(keep: string) {
  const { client } = memoryKube();
  const left = new Map<string, readonly KubernetesObject[]>(Object.entries(objects));
  const deleted: string[] = [];
  const listing: KubeClient = {
    ...client,
    get: async <T>() => objects.configmaps[0] as T, // the only object that is read by its name
    list: async <T>({ plural }: Resource<T>, options?: ListOptions) => {
      if (plural === 'configmaps') expect(options).toEqual({ fieldSelector: 'metadata.name=opsparkctl-state' });
      return { items: (left.get(plural) ?? []) as readonly T[], resourceVersion: '1' }; // as kept under that plural
    },
    delete: async ({ plural }, { namespace = '', name }) => {
      deleted.push(`${plural} ${namespace}/${name}`);
      const rest = (left.get(plural) ?? []).filter(({ metadata }) => metadata?.name !== name);
      if (name !== keep) left.set(plural, rest);
    },
  };
  return { client: listing, deleted };
}

const world = () => {
  let time = 0;
  return {
    now: () => new Date(time),
    sleep: async (milliseconds: number) => void (time += milliseconds),
    interrupted: new AbortController().signal,
  };
};

describe('what of a cluster lives on in the cloud', () => {
  it('is load balancers, claims with the pods that hold them, and what opsparkctl installed', async () => {
    expect(await cloudResources(aCluster('').client)).toEqual({
      loadBalancers: [{ namespace: 'web', name: 'front' }],
      claims: [{ namespace: 'data', name: 'disk' }],
      users: [{ namespace: 'data', name: 'writer' }],
      installations: [{ namespace: 'spark-operator', state: { bucket: 'logs' } }],
    });
  });

  it('is deleted, and nothing else', async () => {
    const { client, deleted } = aCluster('');
    const left = await removeCloudResources(world(), client, await cloudResources(client), () => undefined);
    expect(left).toEqual([]);
    expect(deleted).toEqual(['services web/front', 'persistentvolumeclaims data/disk', 'pods data/writer']);
  });

  it('is told of when it does not go in five minutes', async () => {
    const { client } = aCluster('disk');
    const clock = world();
    const left = await removeCloudResources(clock, client, await cloudResources(client), () => undefined);
    expect(left).toEqual(['volume of PersistentVolumeClaim data/disk']);
    expect(clock.now().getTime()).toBe(300_000);
  });
});
