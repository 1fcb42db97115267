import type { KubeProfile } from '../site-profile/site-profile.ts';

/** What a person wants of a cluster, by flags, site profile and answers. What is undefined is the template's. */
export interface ClusterWishes {
  readonly name: string;
  /** Name or UUID. */
  readonly template: string | undefined;
  readonly nodeCount: number | undefined;
  readonly masterCount: number | undefined;
  /** Name or id. */
  readonly flavor: string | undefined;
  readonly masterFlavor: string | undefined;
  readonly keypair: string | undefined;
  /** Added to the template's. */
  readonly labels: Readonly<Record<string, string>>;
  /** Magnum's deadline. */
  readonly createTimeoutMinutes: number | undefined;
  readonly floatingIp: boolean | undefined;
  readonly masterLb: boolean | undefined;
  readonly network: string | undefined;
  readonly subnet: string | undefined;
  /** GB. */
  readonly dockerVolumeSize: number | undefined;
}

/** The flags of `create kube` that describe the cluster, under commander's names. */
export interface WishFlags {
  readonly template?: string;
  readonly nodes?: number;
  readonly masters?: number;
  readonly flavor?: string;
  readonly masterFlavor?: string;
  readonly keypair?: string;
  readonly label?: Readonly<Record<string, string>>;
  readonly createTimeout?: number;
  readonly floatingIp?: boolean;
  readonly masterLb?: boolean;
  readonly network?: string;
  readonly subnet?: string;
  readonly dockerVolumeSize?: number;
}

/** Flags count more than the site profile; labels of both are taken, each flag over its namesake. */
export function wishesOf(name: string, flags: WishFlags, profile: KubeProfile): ClusterWishes {
  return {
    name,
    template: flags.template ?? profile.template,
    nodeCount: flags.nodes ?? profile.nodeCount,
    masterCount: flags.masters ?? profile.masterCount,
    flavor: flags.flavor ?? profile.flavor,
    masterFlavor: flags.masterFlavor ?? profile.masterFlavor,
    keypair: flags.keypair ?? profile.keypair,
    labels: { ...profile.labels, ...flags.label },
    createTimeoutMinutes: flags.createTimeout ?? profile.createTimeoutMinutes,
    floatingIp: flags.floatingIp,
    masterLb: flags.masterLb,
    network: flags.network,
    subnet: flags.subnet,
    dockerVolumeSize: flags.dockerVolumeSize,
  };
}
