import type { Port } from '../../api/sparkapplication.ts';
import { DEFAULT_EXPORTER_PORT, DEFAULT_EXPORTER_PORT_NAME } from '../mutation/prometheus.ts';
import { repeated, rolePods, when, type Check } from './check.ts';
import type { Finding } from './violation.ts';

const protocols = ['TCP', 'UDP', 'SCTP'];
const portName = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65535;

/** Container ports that the API server refuses. */
export const portInvalid: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { ports = [] } }) => [
    ...ports.flatMap((port, index) => problemsOf(port, `${path}.ports[${index}]`)),
    ...repeated(ports.map(({ name }) => name)).map((name) => ({
      field: `${path}.ports`,
      message: `has two ports with the name "${name}": give each a name of its own`,
    })),
  ]);

/** Another port under the name of the metrics exporter's: only one of the two would be there. */
export const portOfExporter: Check = ({ spec }) => {
  const { prometheus } = spec.monitoring ?? {};
  if (prometheus === undefined) return [];
  const [number, name] = [prometheus.port ?? DEFAULT_EXPORTER_PORT, prometheus.portName ?? DEFAULT_EXPORTER_PORT_NAME];
  return rolePods(spec).flatMap(({ path, pod: { ports = [] } }) =>
    ports.flatMap((port, index) =>
      when(
        port.name === name && port.containerPort !== number,
        `${path}.ports[${index}].name`,
        `"${name}" is the name of port ${number} of spec.monitoring.prometheus: choose another one`,
      ),
    ),
  );
};

/** Services of driver ports need a port, a name and a URL, each but once (kubeflow's rules). */
export const driverIngressInvalid: Check = ({ spec: { driverIngressOptions = [] } }) => {
  const path = 'spec.driverIngressOptions';
  const twice = (name: string, values: readonly (string | number | undefined)[]): readonly Finding[] =>
    repeated(values.map(String)).map((value) => ({ field: path, message: `has two entries with ${name} ${value}` }));
  return [
    ...driverIngressOptions.flatMap(({ servicePort, ingressURLFormat }, index) => [
      ...when(!isPort(servicePort), `${path}[${index}].servicePort`, 'must be a port from 1 to 65535'),
      ...when(
        (ingressURLFormat ?? '') === '',
        `${path}[${index}].ingressURLFormat`,
        'is missing: give the URL, such as {{$appName}}.example.org',
      ),
    ]),
    ...twice(
      'servicePort',
      driverIngressOptions.map(({ servicePort }) => servicePort),
    ),
    ...twice(
      'ingressURLFormat',
      driverIngressOptions.flatMap(({ ingressURLFormat: url }) => url ?? []),
    ),
  ];
};

const problemsOf = ({ name, protocol, containerPort }: Port, path: string): readonly Finding[] => [
  ...when(
    !(name.length <= 15 && portName.test(name)),
    `${path}.name`,
    `"${name}" is not a name of a port: at most 15 lower-case letters, digits and dashes, with a letter`,
  ),
  ...when(!protocols.includes(protocol), `${path}.protocol`, `"${protocol}" is unknown: use ${protocols.join(', ')}`),
  ...when(!isPort(containerPort), `${path}.containerPort`, 'must be a port from 1 to 65535'),
];
