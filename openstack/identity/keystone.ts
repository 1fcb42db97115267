/** The calls to OpenStack Keystone v3 beside the login. Every call throws OpenStackError. */
export interface Keystone {
  /** Projects that the user has a role in; needs no scope. */
  readonly projects: () => Promise<readonly Project[]>;
  /** The login's EC2 keys, those of the session's project only. Keystone tells the secrets, too. */
  readonly ec2Keys: () => Promise<readonly Ec2Key[]>;
  /** Makes a key for the session's project. @throws Forbidden for delegated logins on patched Keystones */
  readonly createEc2Key: () => Promise<Ec2Key>;
  readonly deleteEc2Key: (access: string) => Promise<void>;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
  readonly enabled: boolean;
}

/** `secret` is a secret: never logged, kept in no state file. */
export interface Ec2Key {
  readonly access: string;
  readonly secret: string;
  readonly projectId: string;
}
