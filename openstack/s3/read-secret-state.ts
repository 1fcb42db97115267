import type { KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { S3_SECRET } from './objects.ts';
import { secretState, type SecretState } from './secret-state.ts';

/** What the Secret in the operator's namespace says now. @throws ApiError when that cannot be said */
export async function readSecretState(client: KubeClient, namespace: string): Promise<SecretState> {
  try {
    return secretState(await client.get(resources.secrets, { namespace, name: S3_SECRET }));
  } catch (error) {
    if (isNotFound(error)) return secretState(undefined);
    throw error;
  }
}
