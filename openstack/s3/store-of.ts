import { UserError } from '../../terminal/user-error.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { exitCode } from '../exit-code.ts';
import type { Login } from '../identity/session.ts';
import { s3EndpointOf, type S3Endpoint } from '../object-store/endpoint.ts';
import { OpenStackError } from '../openstack-error.ts';
import { bucketName } from './bucket-name.ts';
import type { S3Store } from './objects.ts';
import type { S3Request, S3World } from './s3-request.ts';

/** What AWS's tools sign for when nobody says anything. */
const FALLBACK_REGION = 'us-east-1';

type StoreRequest = Omit<S3Request, 'operatorNamespace' | 'keys'>;

/**
 * Bucket, endpoint and region: as given, else from the cloud. Nobody is asked to log in when all is given.
 * @throws UserError when something is missing and there is no cloud, or the cloud has no object store
 */
export async function storeOf(
  { session, config }: Pick<S3World, 'session' | 'config'>,
  request: StoreRequest,
): Promise<S3Store> {
  const { bucket, endpoint, region, pathStyle, eventLogFolder } = request;
  const known = { pathStyle, eventLogFolder };
  if (bucket !== undefined && endpoint !== undefined && (region !== undefined || session === undefined))
    return { ...known, bucket, endpoint, region: region ?? FALLBACK_REGION };
  if (session === undefined || config === undefined)
    throw new UserError('without a cloud the bucket and the URL of its S3 endpoint must be given', {
      exitCode: exitCode.usage,
    });
  const login = await session.login();
  const found = foundIn(login, config, endpoint);
  return {
    ...known,
    bucket: bucket ?? bucketName(request.clusterName, projectOf(login, config.name)),
    endpoint: found.endpoint,
    region: region ?? found.region,
  };
}

function foundIn(login: Login, config: CloudConfig, endpoint: string | undefined): S3Endpoint {
  const found = s3EndpointOf(login, config, endpoint);
  if (found === undefined) throw noObjectStore(login, config.name);
  return found;
}

const projectOf = ({ project }: Login, cloud: string): string => {
  if (project !== undefined) return project.id;
  throw new UserError(`the login of cloud "${cloud}" is for no project: name one (--project)`, {
    exitCode: exitCode.usage,
  });
};

function noObjectStore({ catalog }: Login, cloud: string): UserError {
  const said = `its catalog has ${catalog.map(({ type }) => type).join(', ') || 'nothing'}`;
  const cause = new OpenStackError({
    failure: 'NoEndpoint',
    status: 0,
    service: 'object-store',
    method: 'GET',
    path: '/',
    said,
    requestId: undefined,
  });
  return new UserError(
    `cloud "${cloud}" has no object store for this region and interface (${said}). Give the URL and keys of an S3 ` +
      'store, or install without S3 and history (create spark --no-s3)',
    { exitCode: exitCode.notFound, cause },
  );
}
