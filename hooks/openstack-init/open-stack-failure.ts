import type { Auth } from '../../openstack/cloud-config/cloud-config.ts';
import type { OpenStackError, OpenStackErrorFacts, OpenStackFailure } from '../../openstack/openstack-error.ts';
import { AGAIN, type About, type Failure } from './failure.ts';

/** What an OpenStack service's refusal, or its silence, means for the hook. */
export function openStackFailure({ facts, message }: OpenStackError, about: About): Failure {
  if (facts.failure === 'NoEndpoint') return noEndpoint(facts);
  if (UNREACHABLE.includes(facts.failure)) return unreachable(facts, about);
  if (facts.service === 'identity' && facts.failure === 'Unauthenticated') return loginRefused(about);
  if (facts.service === 'identity' && facts.failure === 'Forbidden') return keysRefused(facts, about);
  return {
    cause: `${facts.failure}By${facts.service === 'identity' ? 'Keystone' : 'OpenStack'}`,
    message,
    remedy: 'Ask those who run the cloud, with the request id; run helm upgrade --install again',
  };
}

const UNREACHABLE: readonly OpenStackFailure[] = ['Unreachable', 'TimedOut', 'ServerError'];

const noEndpoint = ({ service, said }: OpenStackErrorFacts): Failure => ({
  cause: service === 'object-store' ? 'NoObjectStore' : 'NoEndpoint',
  message: `The cloud's catalog has no endpoint of type ${service} for the region and interface of clouds.yaml: ${said}`,
  remedy: `Set openstack.s3.endpoint and openstack.s3.region, or correct region_name in clouds.yaml, ${AGAIN}`,
});

const loginRefused = (about: About): Failure => ({
  cause: 'LoginRefused',
  message: `Keystone at ${keystoneOf(about)} does not accept the login ${loginName(about)}: password or secret, user, project or their domains are wrong, or a credential has expired`,
  remedy: `Correct clouds.yaml in the Secret ${secretOf(about)}, ${AGAIN}`,
});

const keysRefused = ({ said }: OpenStackErrorFacts, about: About): Failure => ({
  cause: 'KeysRefused',
  message: `Keystone at ${keystoneOf(about)} lets the login ${loginName(about)} make no S3 keys (EC2 credentials): ${said}`,
  remedy: `Put keys into a Secret (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) in namespace ${about.namespace} and name it in openstack.s3.keysSecret, or put a login with a password into ${secretOf(about)}, ${AGAIN}`,
});

/** Codes of Node.js and OpenSSL for a certificate that does not convince. */
const NOT_TRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_(UNTRUSTED|NOT_YET|HAS_EXPIRED)|ERR_TLS_CERT/;

function unreachable({ service, failure, said, cause }: OpenStackErrorFacts, about: About): Failure {
  const where = service === 'identity' ? `Keystone at ${keystoneOf(about)}` : `The cloud's ${service} service`;
  if (NOT_TRUSTED.test(codesOf(cause)))
    return {
      cause: 'CertificateNotTrusted',
      message: `${where} shows a certificate that is not trusted: ${said}`,
      remedy: `Add the certificate of the cloud's authority to the Secret ${secretOf(about)} under the key ca.pem, ${AGAIN}`,
    };
  const happened =
    failure === 'TimedOut' ? 'does not answer' : failure === 'ServerError' ? 'fails' : 'cannot be reached';
  return {
    cause: service === 'identity' ? 'KeystoneUnreachable' : 'ServiceUnreachable',
    message: `${where} ${happened}: ${said}`,
    remedy: `Correct auth_url in the Secret ${secretOf(about)}, let the pods of namespace ${about.namespace} reach it (network, httpsProxy), or wait until the service is back, ${AGAIN}`,
  };
}

/** The codes of an error and its causes. */
function codesOf(error: unknown): string {
  const codes: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
  return codes.join(' ');
}

const secretOf = ({ namespace, cloudsSecret }: About): string => `${namespace}/${cloudsSecret}`;

const keystoneOf = ({ cloud }: About): string => cloud?.authUrl ?? '(no auth_url)';

/** Entry, way and user of a login, as far as clouds.yaml tells them. */
const loginName = ({ cloud }: About): string =>
  cloud === undefined ? '(unknown)' : `"${cloud.name}" (${wayOf(cloud.auth)})`;

function wayOf(auth: Auth): string {
  switch (auth.method) {
    case 'password':
      return `password of user ${auth.user.name ?? auth.user.id ?? '(no name)'}`;
    case 'application_credential':
      return `application credential ${auth.name ?? auth.id ?? '(no id)'}`;
    case 'token':
      return 'token';
    case 'kerberos':
      return 'Kerberos';
  }
}
