import { join } from 'node:path';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { eventually } from '../../hack/cluster/eventually.ts';
import { run } from '../../hack/run.ts';

const crds = join(import.meta.dirname, '../../crds');

/** Applies the CRDs of this checkout from the client, as people do, and returns when their objects are served. */
export async function applyCrds(kubeconfig: string): Promise<void> {
  await run(kubectlPath(), ['--kubeconfig', kubeconfig, 'apply', '-f', crds]);
  await untilServed(kubeconfig, 'sparkapplications', 'scheduledsparkapplications', 'sparkpoddefaults');
}

/** Asks for the objects: `kubectl wait --for=condition=Established` fails on a definition that has no conditions yet. */
export async function untilServed(kubeconfig: string, ...kinds: readonly string[]): Promise<void> {
  const isServed = (): Promise<boolean> =>
    run(kubectlPath(), ['--kubeconfig', kubeconfig, 'get', kinds.join(',')]).then(
      () => true,
      () => false,
    );
  if (await eventually(isServed, { timeoutMs: 30_000 })) return;
  throw new Error(`The API server does not serve ${kinds.join(' and ')} after 30 s`);
}
