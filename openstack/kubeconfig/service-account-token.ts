import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { objectPath } from '../../kube/paths.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { chartRolesOf, serviceAccountObjects, type WantedObject } from './service-account-objects.ts';
import type { ServiceAccountName } from './stored-entries.ts';

const FIELD_MANAGER = 'opsparkctl';
/** How the chart labels the ClusterRoles for people. */
const USER_ROLES = 'app.kubernetes.io/component=user-roles';

/** A token and when it ends. The token is a secret. */
export interface AccountToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Sees that a Spark user's account and rights are there, and lets the API server make a token for it. Nothing of the token stays in
 * the cluster.
 * @param seconds how long it shall live; the API server may decide otherwise
 * @throws UserError with exit code 5 when the namespace does not exist; ApiError
 */
export async function serviceAccountToken(
  client: KubeClient,
  account: ServiceAccountName,
  seconds: number,
): Promise<AccountToken> {
  await checkNamespace(client, account);
  const { items } = await client.list(resources.clusterroles, { labelSelector: USER_ROLES });
  for (const wanted of serviceAccountObjects(account, chartRolesOf(items))) await apply(client, wanted);
  return requestToken(client, account, seconds);
}

async function checkNamespace(client: KubeClient, { namespace }: ServiceAccountName): Promise<void> {
  try {
    await client.get(resources.namespaces, { name: namespace });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new UserError(
      `Namespace "${namespace}" does not exist. Make it for Spark with "sparkctl setup namespace ${namespace} --create", then ` +
        'repeat this command',
      { exitCode: exitCode.notFound, cause: error },
    );
  }
}

const apply = (client: KubeClient, { resource, object }: WantedObject): Promise<unknown> =>
  client.patch(resource, refOf(object), object, { type: 'apply', fieldManager: FIELD_MANAGER, force: true });

const refOf = ({ metadata = {} }: KubernetesObject): { namespace: string | undefined; name: string } => ({
  namespace: metadata.namespace,
  name: metadata.name ?? '',
});

/** TokenRequest of authentication.k8s.io/v1. */
async function requestToken(client: KubeClient, account: ServiceAccountName, seconds: number): Promise<AccountToken> {
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: Math.round(seconds) },
  };
  // The API server answers with the same object, its status filled in.
  const { status } = (await client.transport.request({
    verb: 'create',
    method: 'POST',
    resource: 'serviceaccounts/token',
    path: objectPath(resources.serviceaccounts, account, 'token'),
    body: JSON.stringify(body),
  })) as { readonly status: { readonly token: string; readonly expirationTimestamp: string } };
  return { token: status.token, expiresAt: new Date(status.expirationTimestamp) };
}
