import { ticketEnvironment } from './kerberos.ts';
import type { CloudObjects } from './objects.ts';
import { authUrl, places, publicUrl, REGION, type RigPlan } from './plan.ts';

/** What is known about a running cloud; nothing in it is secret. */
export interface RealCloudFacts {
  readonly authUrl: string;
  /** Public addresses without versions, as they are in the catalog. */
  readonly urls: Readonly<Record<'identity' | 'containerInfra' | 'compute' | 'image' | 'network' | 's3', string>>;
  readonly region: string;
  readonly regions: readonly string[];
  /** Ids by name. */
  readonly projects: CloudObjects['projects'];
  readonly users: CloudObjects['users'];
  readonly flavors: CloudObjects['flavors'];
  readonly templates: CloudObjects['templates'];
  /** The usual template's name. */
  readonly template: string;
  readonly keypair: string;
  readonly image: string;
  readonly externalNetwork: string;
  /** The local Kubernetes that plays the machines of every cluster. */
  readonly cluster: string;
  readonly logs: string;
  /** What a program needs in its environment to log in as demo with a ticket (`demo-kerberos`). */
  readonly kerberos?: { readonly KRB5_CONFIG: string; readonly KRB5CCNAME: string };
}

export function cloudFacts(plan: RigPlan, objects: CloudObjects, cluster: string): RealCloudFacts {
  const { projects, users, flavors, templates, keypair, image } = objects;
  return {
    authUrl: authUrl(plan),
    urls: {
      identity: publicUrl(plan, 'keystone'),
      containerInfra: publicUrl(plan, 'magnum'),
      compute: publicUrl(plan, 'nova'),
      image: publicUrl(plan, 'glance'),
      network: publicUrl(plan, 'stub'),
      s3: publicUrl(plan, 'swift'),
    },
    region: REGION,
    regions: [REGION],
    ...{ projects, users, flavors, templates, keypair, image },
    template: 'k8s',
    externalNetwork: 'external',
    cluster,
    logs: places(plan.root).logs,
    ...(plan.kerberos ? { kerberos: ticketEnvironment(plan.root) } : {}),
  };
}
