import type { ContainerPort } from '../../api/kubernetes.ts';
import type { Mutator } from './mutator.ts';
import { putByKey } from './pod-edit.ts';
import { mapSparkContainer } from './spark-container.ts';

const keyOf = ({ containerPort, protocol }: ContainerPort): string => `${containerPort}/${protocol ?? 'TCP'}`;

/** `ports` of Spark's container. */
export const addPorts: Mutator = (pod, { fields: { ports } }) =>
  ports === undefined || ports.length === 0
    ? pod
    : mapSparkContainer(pod, (container) => ({ ...container, ports: putByKey(container.ports, ports, keyOf) }));
