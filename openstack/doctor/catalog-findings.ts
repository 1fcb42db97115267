import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import type { ServiceType, Session } from '../identity/session.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** What each service is for, and whether nothing works without it. */
const services: readonly (readonly [ServiceType, string, 'needed' | 'useful'])[] = [
  ['container-infra', 'Magnum makes the clusters', 'needed'],
  ['compute', 'Nova tells flavors, keypairs and limits', 'useful'],
  ['network', 'Neutron tells external networks and addresses', 'useful'],
  ['object-store', 'event logs go there', 'useful'],
];

/** Whether the catalog has the services for this region and interface. */
export async function catalogFindings(session: Session, config: CloudConfig): Promise<readonly Finding[]> {
  return Promise.all(
    services.map(async ([service, purpose, need]) => {
      try {
        return ok('catalog', `${service}: ${await session.endpoint(service)}`);
      } catch (error) {
        if (!failedWith(error, 'NoEndpoint')) throw error;
        return missing(`${error.facts.said} (${purpose})`, need, config);
      }
    }),
  );
}

const missing = (said: string, need: 'needed' | 'useful', { region, interface: used }: CloudConfig): Finding => {
  const remedy = `check --region (${region ?? 'none given'}) and --interface (${used}), or set an endpoint override in clouds.yaml`;
  return need === 'needed' ? problem('catalog', said, remedy, exitCode.notFound) : warning('catalog', said, remedy);
};
