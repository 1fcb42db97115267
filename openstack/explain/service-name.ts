const names: Readonly<Record<string, string>> = {
  identity: 'Keystone',
  'container-infra': 'Magnum',
  compute: 'Nova',
  network: 'Neutron',
  image: 'Glance',
  'object-store': 'the object store',
};

/** What people call a service of OpenStack. */
export const serviceName = (service: string): string => names[service] ?? service;

/** The same at the beginning of a sentence. */
export const serviceNameFirst = (service: string): string => {
  const name = serviceName(service);
  return name.charAt(0).toUpperCase() + name.slice(1);
};
