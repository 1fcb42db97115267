import type { KubeClient } from '../../kube/client.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import { problem, type Finding } from '../doctor/finding.ts';
import { exitCode } from '../exit-code.ts';
import { explainFailure } from '../explain-failure.ts';
import { historyAddress } from '../spark-install/history-address.ts';
import { readInClusterState } from '../spark-install/in-cluster-state.ts';
import { allApplications } from '../spark-install/running-applications.ts';
import {
  applicationCounts,
  applicationFinding,
  historyFinding,
  nodeFacts,
  nodeFinding,
  programFacts,
  programFindings,
  storageFinding,
  type ProgramFacts,
  type SeenDeployment,
  type SeenNode,
} from './kubernetes-findings.ts';
import { part, type Part } from './part.ts';

const nodes: Resource<SeenNode> = { ...resources.nodes };
const deployments: Resource<SeenDeployment> = { ...resources.deployments };

/** The programs of the chart that go on running. */
const PROGRAMS = 'app.kubernetes.io/component in (controller,webhook,history-server)';

/** What the cluster itself tells, all at once. Never rejects. */
export function kubernetesParts(client: KubeClient, cluster: string): Promise<readonly Part[]> {
  const programs = once(async () => programFacts((await client.list(deployments, { labelSelector: PROGRAMS })).items));
  const ofOperator =
    <T>(read: (operator: ProgramFacts) => Promise<T>) =>
    async (): Promise<T | undefined> => {
      const operator = (await programs()).find(({ component }) => component === 'controller');
      return operator === undefined ? undefined : read(operator);
    };
  return Promise.all([
    kubernetesPart(
      'nodes',
      async () => nodeFacts((await client.list(nodes)).items),
      (facts) => [nodeFinding(facts)],
    ),
    kubernetesPart('operator', programs, (facts) => programFindings(facts, cluster)),
    kubernetesPart(
      'applications',
      async () => applicationCounts(await allApplications(client)),
      (facts) => [applicationFinding(facts)],
    ),
    kubernetesPart(
      'history',
      ofOperator(({ namespace, release }) => historyAddress(client, namespace, release)),
      (facts) => [historyFinding(facts)],
    ),
    kubernetesPart(
      'storage',
      ofOperator(({ namespace }) => readInClusterState(client, namespace)),
      (facts) => [storageFinding(facts)],
    ),
  ]);
}

const kubernetesPart = <T>(
  key: string,
  read: () => Promise<T>,
  judge: (facts: T) => readonly Finding[],
): Promise<Part> => part({ key, check: key, read, judge, failed });

/** Several parts wait for one answer. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= read());
}

/** The line for a part that could not be read. */
export function failed(check: string, error: unknown): Finding {
  const told = explainFailure(error);
  const isForbidden = told instanceof UserError && told.exitCode === exitCode.forbidden;
  const [said = ''] = (told instanceof Error ? told.message : String(told)).split('\n');
  return problem(check, `not read: ${said}`, undefined, isForbidden ? exitCode.forbidden : exitCode.unreachable);
}
