/** The needed part of OpenStack Nova, API v2.1. Every call throws OpenStackError. */
export interface Nova {
  readonly keypairs: () => Promise<readonly { readonly name: string; readonly fingerprint: string }[]>;
  /** Imports a public key (OpenSSH format). @throws Conflict when the name is taken */
  readonly importKeypair: (name: string, publicKey: string) => Promise<void>;
  readonly flavors: () => Promise<readonly Flavor[]>;
  /** What the project may use and uses. */
  readonly limits: () => Promise<ComputeLimits>;
}

export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
}

/** Undefined: unlimited (Nova's -1). */
export interface ComputeLimits {
  readonly instances: Limit;
  readonly cores: Limit;
  /** MiB. */
  readonly ram: Limit;
}

export interface Limit {
  readonly used: number;
  readonly limit: number | undefined;
}
