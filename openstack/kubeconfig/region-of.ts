import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Login } from '../identity/session.ts';

/** Types that catalogs list Magnum under. */
const MAGNUM = ['container-infra', 'container-infrastructure', 'container-infrastructure-management', 'container'];

/**
 * The region that a cluster is in: the chosen one, else that of the first Magnum endpoint of the interface, else `cloud`. Part of
 * the names in kubeconfigs.
 */
export function regionOf(
  config: Pick<CloudConfig, 'region' | 'interface'>,
  login: Pick<Login, 'catalog'> | undefined,
): string {
  const endpoints = (login?.catalog ?? [])
    .filter(({ type }) => MAGNUM.includes(type))
    .flatMap((entry) => entry.endpoints);
  const fitting = endpoints.find((endpoint) => endpoint.interface === config.interface) ?? endpoints[0];
  return config.region ?? fitting?.region ?? 'cloud';
}
