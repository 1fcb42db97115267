/** Which Magnum cluster an entry was made for: kept in the kubeconfig, so that later commands find it again. */
export interface Origin {
  readonly cluster: string;
  readonly uuid: string;
  readonly region: string;
  /** The address of the API server is a person's word, not Magnum's. */
  readonly address?: 'given';
}

/** The origin of an entry. @param apiAddress what a person gave */
export const originFor = (
  { name, uuid }: { readonly name: string; readonly uuid: string },
  region: string,
  apiAddress: string | undefined,
): Origin => ({ cluster: name, uuid, region, ...(apiAddress === undefined ? {} : { address: 'given' }) });

/** Kubeconfigs let every program add what it likes under a name of its own. */
export const ORIGIN_EXTENSION = 'opsparkctl';

/** How a kubeconfig names and reaches one cluster as one user. */
interface Place {
  /** Of the context and the user; `<cluster>-<region>` for the administrator. */
  readonly name: string;
  /** Name of the cluster's entry, where it is another one: several users share it. */
  readonly cluster?: string;
  /** URL of the API server. */
  readonly server: string;
  readonly caPem: string;
  /** `http://…` or `socks5://…` through which the API server is reached. */
  readonly proxyUrl?: string | undefined;
  readonly origin?: Origin;
  /** Of the context. */
  readonly namespace?: string | undefined;
}

/** A user with a client certificate. */
export interface CertificateEntry extends Place {
  readonly certPem: string;
  /** A secret. */
  readonly keyPem: string;
}

/** A user with a bearer token: a service account. */
export interface TokenEntry extends Place {
  /** A secret. */
  readonly token: string;
}

/** A user whose credentials a program tells when they are needed. */
export interface PluginEntry extends Place {
  readonly plugin: {
    readonly command: string;
    readonly args: readonly string[];
    readonly installHint: string;
  };
}

/** What goes into a kubeconfig for one cluster and one user. */
export type KubeconfigEntry = CertificateEntry | TokenEntry | PluginEntry;

/** Name of the cluster's entry. */
export const clusterEntryOf = ({ cluster, name }: KubeconfigEntry): string => cluster ?? name;
