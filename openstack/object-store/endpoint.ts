import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { namesOf } from '../identity/service-types.ts';
import type { CatalogEntry, Login } from '../identity/session.ts';

/** Where S3 is spoken, without a path. */
export interface S3Endpoint {
  readonly endpoint: string;
  /** A first guess to sign for; a server that wants another one names it (see openBucket). */
  readonly region: string;
}

/** What AWS's own tools sign for when nobody knows better. */
const FALLBACK_REGION = 'us-east-1';

/**
 * The S3 endpoint of a cloud: given by hand, overridden in clouds.yaml (`object_store_endpoint_override`), or the host of
 * the catalog's object store: Swift's s3api and Ceph's radosgw answer at its root. Undefined: the cloud has none.
 */
export function s3EndpointOf(login: Login, config: CloudConfig, override?: string): S3Endpoint | undefined {
  const found =
    endpointFor(login.catalog, ['s3'], config) ?? endpointFor(login.catalog, namesOf('object-store'), config);
  const region = found?.region ?? config.region ?? FALLBACK_REGION;
  if (override !== undefined) return { endpoint: override.replace(/\/+$/, ''), region };
  const url = config.endpointOverrides['object-store'] ?? found?.url;
  return url === undefined ? undefined : { endpoint: originOf(url), region };
}

const endpointFor = (
  catalog: readonly CatalogEntry[],
  types: readonly string[],
  { interface: wanted, region }: CloudConfig,
): CatalogEntry['endpoints'][number] | undefined =>
  catalog
    .filter((entry) => types.includes(entry.type))
    .flatMap(({ endpoints }) => endpoints)
    .find((endpoint) => endpoint.interface === wanted && (region === undefined || endpoint.region === region));

/** Account paths (`/v1/AUTH_…`, `/swift/v1`) belong to Swift's own API. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url.replace(/\/+$/, ''));
