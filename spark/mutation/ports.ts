import type { ContainerPort, Pod } from '../../api/kubernetes.ts';
import type { Mutator } from './mutator.ts';
import { putByKey } from './pod-edit.ts';
import { mapSparkContainer, sparkContainerOf } from './spark-container.ts';

const numberOf = ({ containerPort, protocol }: ContainerPort): string => `${containerPort}/${protocol ?? 'TCP'}`;

/**
 * Adds ports to Spark's container. One of the same number and protocol is replaced where it stands; another one of the same
 * name goes away, for the API server refuses two of one name.
 */
export const withPorts = (pod: Pod, ports: readonly ContainerPort[]): Pod =>
  ports.length === 0
    ? pod
    : mapSparkContainer(pod, (container) => ({
        ...container,
        ports: ports.reduce(
          (present, port) => putByKey(withoutName(present, port), [port], numberOf),
          container.ports ?? [],
        ),
      }));

const withoutName = (present: readonly ContainerPort[], port: ContainerPort): readonly ContainerPort[] =>
  present.filter((other) => port.name === undefined || other.name !== port.name || numberOf(other) === numberOf(port));

/** Whether Spark's container has a port of this number and protocol, under whatever name. */
export const hasPort = (pod: Pod, port: ContainerPort): boolean =>
  sparkContainerOf(pod)?.ports?.some((other) => numberOf(other) === numberOf(port)) === true;

/** `ports` of Spark's container. */
export const addPorts: Mutator = (pod, { fields: { ports } }) => withPorts(pod, ports ?? []);
