import { helmPath, kubectlPath } from '../cluster/binaries.ts';
import { run } from '../run.ts';

/** The annotation of the pods that says what they were made of. */
export const KEY_ANNOTATION = 'spark-operator/image-key';

/** The part of `helm status --output json` that is read here. */
interface Release {
  readonly info?: { readonly status?: string };
  readonly config?: { readonly controller?: { readonly annotations?: Readonly<Record<string, string>> } };
}

/** True when the release was installed with this key, and its Deployments are as they should be: an upgrade would change nothing. */
export async function isInstalled(
  release: string,
  key: string,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  try {
    const { stdout } = await run(helmPath(), ['status', release, '--namespace', release, '--output', 'json'], { env });
    if (!wasInstalledWith(stdout, key)) return false;
    for (const name of ['controller', 'webhook']) {
      const status = ['rollout', 'status', `deployment/${release}-${name}`, '--timeout', '20s'];
      await run(kubectlPath(), ['--namespace', release, ...status], { env });
    }
    return true;
  } catch {
    // Not installed, or not well: the upgrade that follows says why, if it cannot mend it.
    return false;
  }
}

/** What `helm status` prints tells of a finished installation with this key. */
export function wasInstalledWith(status: string, key: string): boolean {
  // Helm's own format.
  const { info, config } = JSON.parse(status) as Release;
  return info?.status === 'deployed' && config?.controller?.annotations?.[KEY_ANNOTATION] === key;
}
