import type { ObjectRef } from '../kube/key.ts';
import { resources, type Resource } from '../kube/resources.ts';
import type { Cluster, ListQuery } from './cli.ts';
import { explainError, type Attempted } from './explain-error.ts';

/** As RBAC names it. */
const podLogs = { ...resources.pods, plural: 'pods/log' };

/**
 * A cluster whose refusals read as sentences (`SparkApplication "pi" not found in namespace "default"`).
 * The original ApiError stays reachable as `cause`.
 */
export function explainingCluster(cluster: Cluster): Cluster {
  const { server } = cluster;
  const explained = async <T>(attempted: Omit<Attempted, 'server'>, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explainError(error, { ...attempted, server });
    }
  };
  return {
    ...cluster,
    get: <T>(resource: Resource<T>, ref: ObjectRef) =>
      explained({ verb: 'get', resource, ...ref }, () => cluster.get(resource, ref)),
    list: <T>(resource: Resource<T>, query: ListQuery) =>
      explained({ verb: 'list', resource, namespace: query.namespace }, () => cluster.list(resource, query)),
    create: (resource, object, options) =>
      explained({ verb: 'create', resource, ...options.ref }, () => cluster.create(resource, object, options)),
    apply: (resource, object, ref) =>
      explained({ verb: 'apply', resource, ...ref }, () => cluster.apply(resource, object, ref)),
    delete: (resource, ref) => explained({ verb: 'delete', resource, ...ref }, () => cluster.delete(resource, ref)),
    follow: <T>(resource: Resource<T>, query: ListQuery, deliver: (objects: readonly T[]) => void, stop: AbortSignal) =>
      explained({ verb: 'watch', resource, namespace: query.namespace }, () =>
        cluster.follow(resource, query, deliver, stop),
      ),
    podLog: (pod, options, write, stop) =>
      explained({ verb: 'read', resource: podLogs, ...pod }, () => cluster.podLog(pod, options, write, stop)),
    forward: (pod, ports) =>
      explained({ verb: 'forward', resource: resources.pods, ...pod }, () => cluster.forward(pod, ports)),
  };
}
