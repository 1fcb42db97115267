import {
  BARE_PACKAGES,
  CONTROL_PLANE_PACKAGES,
  KERBEROS_PACKAGES,
  OPENSTACK_PACKAGES,
  type AptPackage,
} from '../cluster/packages.ts';

/** What the machine is going to be used for. */
export type Purpose = 'control-plane' | 'cluster' | 'images' | 'spark-aws' | 'openstack' | 'openstack-kerberos';

/** What decides about the packages: an engine takes the place of everything that makes containers without one. */
export interface Machine {
  /** Docker or Podman answers. */
  readonly hasEngine: boolean;
}

/** Building images needs a JDK for the Java example, and pip for the download of Spark. */
const IMAGE_INPUTS: readonly AptPackage[] = [
  { name: 'default-jdk-headless', provides: 'javac' },
  { name: 'python3-pip', provides: 'pip3' },
];

/** hadoop-aws and the modules of the AWS SDK come from Maven Central, which Maven itself asks and checks. */
const MAVEN: readonly AptPackage[] = [{ name: 'maven', provides: 'mvn' }];

/** What takes the place of a container engine and a registry. */
const IMAGE_BUILDERS: readonly AptPackage[] = [
  { name: 'buildah', provides: 'buildah' },
  { name: 'debootstrap', provides: 'debootstrap' },
];

/** The packages for some purposes, each once. */
export function packagesFor(purposes: readonly Purpose[], { hasEngine }: Machine): readonly AptPackage[] {
  const lists: Readonly<Record<Purpose, readonly AptPackage[]>> = {
    'control-plane': CONTROL_PLANE_PACKAGES,
    cluster: hasEngine ? CONTROL_PLANE_PACKAGES : BARE_PACKAGES,
    images: hasEngine ? IMAGE_INPUTS : [...IMAGE_INPUTS, ...IMAGE_BUILDERS],
    'spark-aws': MAVEN,
    openstack: OPENSTACK_PACKAGES,
    'openstack-kerberos': KERBEROS_PACKAGES,
  };
  const byName = new Map(purposes.flatMap((purpose) => lists[purpose]).map((item) => [item.name, item]));
  return [...byName.values()];
}
