import type { Container, PodSecurityContext, PodSpec, SecurityContext } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { AccessPod, Placed } from './access-pods.ts';
import { createPods, type AccessNeed } from './access-need.ts';

/** One use of the node, or of more rights than an ordinary container has (Pod Security, `baseline`), and runs as root. */
interface HostUse {
  readonly field: string;
  readonly why: string;
}

/** What reaches out of the containers: only somebody who could create such a pod may have it made. */
export const hostNeeds = ({ spec }: SparkApplication, pods: readonly AccessPod[]): readonly AccessNeed[] =>
  [...pods.flatMap(usesOf), ...hostPathsOfConf(spec.sparkConf ?? {})].map((use) => ({ ...createPods, ...use }));

const usesOf = ({ path, fields, template, containers, volumes }: AccessPod): readonly HostUse[] => [
  ...volumes.flatMap(({ field, value: { name, hostPath } }) =>
    said(hostPath, `${field}.hostPath`, `volume "${name}" is a folder of the node`),
  ),
  ...(fields.hostNetwork === true ? [{ field: `${path}.hostNetwork`, why: NETWORK }] : []),
  ...privilegesOf(`${path}.securityContext`, fields.securityContext),
  ...privilegesOf(`${path}.podSecurityContext`, fields.podSecurityContext),
  ...(template === undefined ? [] : podUses(template)),
  ...containers.flatMap(containerUses),
];

const NETWORK = 'the pod uses the network of the node';

const podUses = ({ field, value }: Placed<PodSpec>): readonly HostUse[] => [
  ...(value.hostNetwork === true ? [{ field: `${field}.hostNetwork`, why: NETWORK }] : []),
  ...(value.hostPID === true ? [{ field: `${field}.hostPID`, why: 'the pod sees the processes of the node' }] : []),
  ...(value.hostIPC === true ? [{ field: `${field}.hostIPC`, why: 'the pod shares memory with the node' }] : []),
  ...said(value.nodeName, `${field}.nodeName`, 'the pod goes to a node past the scheduler'),
  ...privilegesOf(`${field}.securityContext`, value.securityContext),
];

const containerUses = ({ field, value }: Placed<Container>): readonly HostUse[] => [
  ...privilegesOf(`${field}.securityContext`, value.securityContext),
  ...(value.ports ?? []).flatMap(({ hostPort }, index) =>
    (hostPort ?? 0) === 0
      ? []
      : [{ field: `${field}.ports[${index}].hostPort`, why: 'the pod opens a port of the node' }],
  ),
];

type Context = Partial<SecurityContext & PodSecurityContext>;

/** Each setting of a security context by which a container gets more than others, of the pod or of one container. */
const privileges: Readonly<Record<string, readonly [(context: Context) => boolean, string]>> = {
  privileged: [({ privileged }) => privileged === true, 'a container is privileged'],
  runAsUser: [({ runAsUser }) => runAsUser === 0, 'a container runs as root'],
  runAsGroup: [({ runAsGroup }) => runAsGroup === 0, 'a container runs in the group of root'],
  'capabilities.add': [({ capabilities }) => (capabilities?.add ?? []).length > 0, 'a container gets capabilities'],
  procMount: [({ procMount }) => (procMount ?? 'Default') !== 'Default', 'a container sees all of /proc'],
  'seccompProfile.type': [
    ({ seccompProfile }) => seccompProfile?.type === 'Unconfined',
    'a container has no seccomp profile',
  ],
  'appArmorProfile.type': [
    ({ appArmorProfile }) => appArmorProfile?.type === 'Unconfined',
    'a container has no AppArmor profile',
  ],
  seLinuxOptions: [
    ({ seLinuxOptions }) => seLinuxOptions?.user !== undefined || seLinuxOptions?.role !== undefined,
    'a container chooses its SELinux user or role',
  ],
  sysctls: [({ sysctls }) => (sysctls ?? []).length > 0, 'the pod sets kernel parameters'],
  'windowsOptions.hostProcess': [
    ({ windowsOptions }) => windowsOptions?.hostProcess === true,
    'a container is a process of the node',
  ],
};

const privilegesOf = (field: string, context: Context | null | undefined): readonly HostUse[] =>
  Object.entries(privileges).flatMap(([name, [isSet, why]]) =>
    isSet(context ?? {}) ? [{ field: `${field}.${name}`, why }] : [],
  );

const said = (value: unknown, field: string, why: string): readonly HostUse[] =>
  value === undefined || value === null || value === '' ? [] : [{ field, why }];

/** Volumes by property: `spark.kubernetes.<role>.volumes.hostPath.<name>.…`. */
const hostPathsOfConf = (conf: Readonly<Record<string, string>>): readonly HostUse[] =>
  Object.keys(conf)
    .filter((key) => /^spark\.kubernetes\.(driver|executor)\.volumes\.hostPath\./.test(key))
    .map((key) => ({ field: `spec.sparkConf["${key}"]`, why: 'a volume is a folder of the node' }));
