import type { Cli } from '../cli.ts';
import type { Cluster, Magnum } from '../container-infra/magnum.ts';
import { exitCodeOf, problem, warning, type Finding } from '../doctor/finding.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { knownContexts, type FoundContext } from '../kubeconfig/known-contexts.ts';
import { credentialFacts, credentialFinding } from './certificate-findings.ts';
import { clusterFindings, nodeGroupFacts, nodeGroupFindings } from './cluster-findings.ts';
import { summaryOf } from './cluster-table.ts';
import { failed, kubernetesParts } from './kubernetes-parts.ts';
import { part, type Part } from './part.ts';
import { PART_MS, within } from './within.ts';

/** Everything that is known of a cluster. */
export interface ClusterReport {
  readonly findings: readonly Finding[];
  readonly exitCode: ExitCode;
  /** For programs: the parts by their keys, null for those that could not be read. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface StatusRequest {
  readonly cluster: Cluster;
  readonly magnum: Pick<Magnum, 'nodeGroups' | 'authority'>;
  /** A kubeconfig; undefined: those that kubectl reads. */
  readonly kubeconfig: string | undefined;
  /** A context to go through, instead of ours of the cluster. */
  readonly context: string | undefined;
}

/**
 * Asks Magnum, the cluster and the kubeconfig, all at once and each for five seconds at most. What cannot be read is a line of
 * the report.
 */
export async function clusterStatus(cli: Cli, request: StatusRequest): Promise<ClusterReport> {
  const { cluster, magnum } = request;
  const contexts = await contextsOf(cli, request);
  const [groups, credentials, kubernetes] = await Promise.all([
    part({
      key: 'nodeGroups',
      check: 'node group',
      read: async () => (await magnum.nodeGroups(cluster.uuid)).map(nodeGroupFacts),
      judge: nodeGroupFindings,
      failed,
    }),
    credentialsPart(cli, request, contexts),
    throughKubernetes(cli, request, contexts),
  ]);
  const parts = [groups, credentials, ...kubernetes];
  const findings = [...clusterFindings(cluster), ...parts.flatMap((one) => one.findings)];
  const facts = Object.fromEntries(parts.map(({ key, facts: told }) => [key, told]));
  return { findings, exitCode: worst(findings), facts: { cluster: factsOf(cluster), ...facts } };
}

const factsOf = (cluster: Cluster): object => ({
  ...summaryOf(cluster),
  statusReason: cluster.status_reason ?? null,
  faults: cluster.faults ?? {},
  healthReasons: cluster.health_status_reason ?? {},
  apiAddress: cluster.api_address ?? null,
});

/** A failed cluster explains the rest; what cannot be reached hides more than what is not well. */
function worst(findings: readonly Finding[]): ExitCode {
  const codes = findings.map((finding) => exitCodeOf([finding]));
  const ranks: readonly ExitCode[] = [exitCode.clusterFailed, exitCode.unreachable];
  return ranks.find((code) => codes.includes(code)) ?? codes.find((code) => code !== exitCode.ok) ?? exitCode.ok;
}

/** The contexts of the cluster, the administrator's first; the named one alone where one is named. */
async function contextsOf(cli: Cli, { cluster, kubeconfig, context }: StatusRequest): Promise<readonly FoundContext[]> {
  const { contexts } = await knownContexts(cli, kubeconfig);
  if (context !== undefined) return contexts.filter(({ entry }) => entry.context === context);
  const ours = contexts.filter(({ entry }) => entry.origin?.uuid === cluster.uuid);
  const rank = ({ entry }: FoundContext): number => (entry.user.kind === 'certificate' ? 0 : 1);
  return ours.toSorted((a, b) => rank(a) - rank(b));
}

async function credentialsPart(
  cli: Cli,
  { cluster, magnum }: StatusRequest,
  contexts: readonly FoundContext[],
): Promise<Part> {
  // Where Magnum does not tell the authority, the dates can be told all the same.
  const authority = await within(PART_MS, () => magnum.authority(cluster.uuid)).catch(() => undefined);
  const now = cli.now();
  const seen = contexts.map((found) => ({ found, facts: credentialFacts(found, authority) }));
  return {
    key: 'credentials',
    facts: seen.map(({ facts }) => facts),
    findings: seen.map(({ found, facts }) =>
      credentialFinding(facts, { cluster: cluster.name, now, isToken: found.entry.user.kind === 'token' }),
    ),
  };
}

async function throughKubernetes(
  cli: Cli,
  { cluster }: StatusRequest,
  [through]: readonly FoundContext[],
): Promise<readonly Part[]> {
  const key = 'kubernetes';
  if (through === undefined) {
    const remedy = `opsparkctl kubeconfig ${cluster.name}`;
    return [{ key, facts: null, findings: [warning(key, 'no kubeconfig for this cluster here', remedy)] }];
  }
  const { file, entry } = through;
  try {
    const kubernetes = await cli.openKubernetes({ file, context: entry.context });
    try {
      const parts = await kubernetesParts(kubernetes.client, cluster.name);
      return withReason({ key, facts: { context: entry.context, server: kubernetes.server }, findings: [] }, parts);
    } finally {
      await kubernetes.close();
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return [{ key, facts: null, findings: [problem(key, said, undefined, exitCode.unreachable)] }];
  }
}

/** When nothing at all came from the cluster, the reason is told once. */
function withReason(kubernetes: Part, parts: readonly Part[]): readonly Part[] {
  const [first] = parts.flatMap(({ findings }) => findings);
  if (first === undefined || parts.some(({ facts }) => facts !== null)) return [kubernetes, ...parts];
  const reason = { ...first, check: kubernetes.key, said: first.said.replace(/^not read: /, '') };
  return [
    { ...kubernetes, facts: null, findings: [reason] },
    ...parts.map((one) => ({ ...one, findings: one.findings.map((finding) => ({ ...finding, said: 'not read' })) })),
  ];
}
