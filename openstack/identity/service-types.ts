import type { ServiceType } from './session.ts';

/** The names that catalogs and `*_endpoint_override` use beside the first one, best first (OpenStack's service-types authority). */
const aliases: Readonly<Record<ServiceType, readonly string[]>> = {
  identity: ['identityv3'],
  'container-infra': ['container-infrastructure', 'container-infrastructure-management', 'container'],
  compute: ['computev21'],
  network: [],
  image: ['imagev2'],
  'object-store': ['object-storage', 'objectstore'],
};

/** The names of a service, best first. */
export const namesOf = (service: ServiceType): readonly string[] => [service, ...aliases[service]];

/** The service that a name stands for: `container_infra`, `container`, `object-store`. Undefined for one that we do not use. */
export function serviceTypeOf(name: string): ServiceType | undefined {
  const wanted = name.replaceAll('_', '-').toLowerCase();
  const services = Object.keys(aliases) as ServiceType[]; // the keys of a record that is typed so
  return services.find((service) => namesOf(service).includes(wanted));
}
