import type { ClusterRecord, NodeGroupRecord, TemplateRecord } from './magnum/records.ts';

/** Everything the fake remembers: plain data, so that it can be kept in a file. Records are replaced, never changed. */
export interface CloudState {
  readonly domains: Domain[];
  readonly projects: Project[];
  readonly users: User[];
  readonly tokens: Record<string, Token>;
  readonly applicationCredentials: Record<string, ApplicationCredential>;
  /** By access key. */
  readonly ec2Credentials: Record<string, Ec2Credential>;
  readonly keypairs: Keypair[];
  readonly templates: TemplateRecord[];
  readonly clusters: ClusterRecord[];
  readonly nodeGroups: NodeGroupRecord[];
  /** By cluster uuid. */
  readonly authorities: Record<string, AuthorityRecord>;
  readonly buckets: Record<string, Bucket>;
  /** Magnum's limit of clusters where it is not the usual one, by project id. */
  readonly clusterQuotas: Record<string, number>;
}

export interface Domain {
  readonly id: string;
  readonly name: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
  readonly password: string;
  /** Role names by project id. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Role names by domain id. */
  readonly domainRoles: Readonly<Record<string, readonly string[]>>;
}

export type Scope =
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'domain'; readonly domainId: string }
  | { readonly kind: 'none' };

export interface Token {
  readonly userId: string;
  readonly methods: readonly string[];
  readonly scope: Scope;
  readonly roles: readonly string[];
  readonly auditId: string;
  readonly parentAuditId: string | undefined;
  readonly issuedMs: number;
  readonly expiresMs: number;
  readonly applicationCredentialId: string | undefined;
}

export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly userId: string;
  readonly projectId: string;
  readonly roles: readonly string[];
  readonly description: string | undefined;
  readonly unrestricted: boolean;
  readonly expiresMs: number | undefined;
}

export interface Ec2Credential {
  readonly access: string;
  readonly secret: string;
  readonly userId: string;
  readonly projectId: string;
}

export interface Keypair {
  readonly name: string;
  readonly userId: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** A cluster's certificate authority, PEM. */
export interface AuthorityRecord {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface Bucket {
  readonly name: string;
  readonly projectId: string;
  readonly createdMs: number;
  readonly objects: Record<string, StoredObject>;
}

export interface StoredObject {
  readonly base64: string;
  readonly etag: string;
  readonly contentType: string;
  readonly modifiedMs: number;
  readonly metadata: Readonly<Record<string, string>>;
}
