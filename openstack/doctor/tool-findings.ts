import { defaultKubeconfigFiles } from '../../kube/kubeconfig-merge.ts';
import type { Cli } from '../cli.ts';
import type { GlobalFlags } from '../global-options.ts';
import { existsSync } from 'node:fs';
import { helmFor } from '../spark-install/helm.ts';
import { requireHelm } from '../spark-install/helm-version.ts';
import { type Finding, ok, warning } from './finding.ts';
import { failure } from './gather.ts';

/** For the API server's version. */
const ANSWER_MS = 5000;

/** Helm, which `create spark` runs. */
export async function helmFinding({ helm }: Pick<Cli, 'helm'>): Promise<Finding> {
  try {
    const target = { kubeconfig: {}, release: 'spark-operator', namespace: 'spark-operator' };
    return ok('helm', await requireHelm(helmFor(helm, target)));
  } catch (error) {
    const { said, remedy } = failure('helm', error);
    return warning('helm', said, remedy ?? '"create spark" needs it, other commands do not');
  }
}

/** The Kubernetes that kubectl would use; none yet is fine. */
export async function kubernetesFinding(cli: Cli, { kubeconfig, context }: GlobalFlags): Promise<Finding> {
  const files = kubeconfig === undefined ? defaultKubeconfigFiles(cli.env, cli.home) : [kubeconfig];
  if (!files.some((file) => existsSync(file)))
    return ok('kubernetes', `no kubeconfig yet (${files.join(', ')}): "create kube" writes one`);
  try {
    const { client, server, close } = await cli.openKubernetes({ file: kubeconfig, context });
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const request = { verb: 'get', method: 'GET', resource: 'version', path: '/version', signal } as const;
      return ok('kubernetes', `${server} answers, version ${versionIn(await client.transport.request(request))}`);
    } finally {
      await close();
    }
  } catch (error) {
    const { said } = failure('kubernetes', error);
    return warning('kubernetes', said, 'opsparkctl kubeconfig CLUSTER --renew writes the entry anew');
  }
}

const versionIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'gitVersion' in body && typeof body.gitVersion === 'string'
    ? body.gitVersion
    : 'unknown';
