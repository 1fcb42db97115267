import type { CatalogEntry, ServiceType } from './session.ts';
import { namesOf } from './service-types.ts';

/** Which endpoint of a catalog is wanted. */
export interface EndpointWish {
  readonly service: ServiceType;
  /** Undefined: the only one. */
  readonly region: string | undefined;
  readonly interface: string;
}

/** The URL without a slash at its end; or, in words, why there is none. */
export type EndpointChoice = { readonly url: string } | { readonly missing: string };

/** Chooses by service (under all of its names, the first one best), region and interface. */
export function chooseEndpoint(catalog: readonly CatalogEntry[], wish: EndpointWish): EndpointChoice {
  const names = namesOf(wish.service);
  const offered = names
    .flatMap((name) => catalog.filter(({ type }) => type === name))
    .flatMap(({ endpoints }) => endpoints);
  const fitting = offered.filter(
    (endpoint) =>
      endpoint.interface === wish.interface && (wish.region === undefined || endpoint.region === wish.region),
  );
  const [first] = fitting;
  const regions = new Set(fitting.map(({ region }) => region));
  if (first !== undefined && regions.size === 1) return { url: first.url.replace(/\/+$/, '') };
  if (first !== undefined)
    return {
      missing: `the catalog has ${wish.service} in several regions: choose one with --region: ${list(regions)}`,
    };
  return { missing: `the catalog has no ${wish.service}${described(wish)}; ${whatThereIs(catalog, offered, wish)}` };
}

const described = (wish: EndpointWish): string => {
  const region = wish.region === undefined ? '' : ` in region "${wish.region}"`;
  return `${region} with interface "${wish.interface}"`;
};

function whatThereIs(catalog: readonly CatalogEntry[], offered: CatalogEntry['endpoints'], wish: EndpointWish): string {
  if (offered.length > 0) {
    const places = offered.map((endpoint) => `${endpoint.region} (${endpoint.interface})`);
    return `it has ${wish.service} in ${list(new Set(places))}`;
  }
  if (catalog.length === 0) return 'it is empty: the login is for no project';
  return `it has ${list(new Set(catalog.map(({ type }) => type)))}`;
}

const list = (words: ReadonlySet<string>): string => [...words].sort().join(', ');
