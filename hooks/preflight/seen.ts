import type { CustomResourceDefinition } from '../crd.ts';
import type { Access } from './access-needs.ts';
import type { Known } from './finding.ts';

/** A Deployment that looks like a Spark operator's controller, of this chart or kubeflow's. */
export interface Peer {
  readonly namespace: string;
  readonly name: string;
  /** Empty = all, or those that the selector chooses. */
  readonly jobNamespaces: readonly string[];
  readonly namespaceSelector?: string;
}

/** A webhook configuration that acts on our kinds. */
export interface PeerWebhook {
  readonly kind: string;
  readonly name: string;
  /** Namespace of the Service that it calls. */
  readonly serviceNamespace: string | undefined;
}

/** Everything the checks look at, gathered beforehand. */
export interface Seen {
  /** `gitVersion` of the API server, `v1.34.8` for example, with its minor as numbers. */
  readonly version: Known<{ readonly text: string; readonly major: number; readonly minor: number }>;
  /** `group/version` of all served APIs. */
  readonly apis: Known<readonly string[]>;
  readonly definitions: readonly {
    readonly wanted: CustomResourceDefinition;
    readonly existing: Known<CustomResourceDefinition | undefined>;
  }[];
  readonly peers: Known<readonly Peer[]>;
  readonly peerWebhooks: Known<readonly PeerWebhook[]>;
  readonly namespaces: readonly { readonly name: string; readonly exists: Known<boolean> }[];
  /** `namespace/name` of the Secrets that must be there. */
  readonly secrets: readonly { readonly name: string; readonly exists: Known<boolean> }[];
  readonly access: readonly { readonly access: Access; readonly allowed: Known<boolean> }[];
}
