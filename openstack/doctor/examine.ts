import { nova } from '../compute/nova-client.ts';
import type { ComputeLimits, Limit } from '../compute/nova.ts';
import { magnum } from '../container-infra/magnum-client.ts';
import { neutron } from '../network/neutron-client.ts';
import type { Cli } from '../cli.ts';
import type { OpenCloud } from '../with-cloud.ts';
import { catalogFindings } from './catalog-findings.ts';
import { trustFinding } from './delegation-findings.ts';
import type { Finding } from './finding.ts';
import { gather, hasty } from './gather.ts';
import { loginFindings } from './login-findings.ts';
import { magnumFindings, type MagnumFacts } from './magnum-findings.ts';
import { quotaFindings } from './quota-findings.ts';
import { type S3Facts, s3Findings } from './s3-findings.ts';

/** Everything about a cloud that is logged in to. Rejects only for what is wrong with opsparkctl itself. */
export async function examine(cli: Cli, cloud: OpenCloud, probe: boolean): Promise<readonly Finding[]> {
  const { config, login } = cloud;
  const session = hasty(cloud.session);
  const about = { cloud: config, login };
  let facts: MagnumFacts | undefined;
  const readMagnum = gather('magnum', about, async () => {
    facts = await magnumFindings(magnum(session));
    return facts.findings;
  });
  let store: S3Facts | undefined;
  const readS3 = gather('s3', about, async () => {
    store = await s3Findings({ cli, session, config, login, probe });
    return store.findings;
  });
  const [catalog, magnumSaid, compute, floatingIps, s3] = await Promise.all([
    gather('catalog', about, () => catalogFindings(session, config)),
    readMagnum,
    asked('quota', about, () => nova(session).limits()),
    asked('quota', about, () => neutron(session).floatingIpLimit(login.project?.id ?? '')),
    readS3,
  ]);
  const clusters = await asked('quota', about, () => clusterLimit(cloud, facts));
  const quotas = { clusters: clusters.value, compute: compute.value, floatingIps: floatingIps.value };
  return [
    ...loginFindings(login, cli.now()),
    ...catalog,
    ...magnumSaid,
    trustFinding(login, facts?.max, store?.ec2),
    ...quotaFindings(quotas),
    ...[clusters, compute, floatingIps].flatMap(({ findings }) => findings),
    ...s3,
  ];
}

/** A value, or the finding that tells why there is none. */
async function asked<T extends Limit | ComputeLimits>(
  check: string,
  about: Parameters<typeof gather>[1],
  ask: () => Promise<T | undefined>,
): Promise<{ readonly value: T | undefined; readonly findings: readonly Finding[] }> {
  let value: T | undefined;
  const findings = await gather(check, about, async () => {
    value = await ask();
    return [];
  });
  return { value, findings };
}

/** Counts what there is against the project's number. */
async function clusterLimit({ session, login }: OpenCloud, facts: MagnumFacts | undefined): Promise<Limit | undefined> {
  if (facts === undefined || login.project === undefined) return undefined;
  return { used: facts.clusters.length, limit: await magnum(hasty(session)).clusterQuota(login.project.id) };
}
