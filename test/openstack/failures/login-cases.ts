import type { FailureCase } from './failure-case.ts';

const command = 'create kube spark --template k8s --nodes 1 --dry-run';
const opaque = 'The request you have made requires authentication. (request req-…)';

/** What may go wrong before a command can begin: the login, the project, the way to the services. */
export const loginCases = {
  wrongPassword: {
    row: 'wrong password/secret/expired credential',
    when: 'the password is wrong',
    command,
    message:
      `Keystone does not accept the login of cloud "demo-wrong" (…clouds.yaml), user "demo" of domain "Default" with a ` +
      `password, project "demo" of domain "Default": ${opaque}\n` +
      'Keystone does not tell what is wrong: the user, its domain or the password, which may have expired.',
    exitCode: 3,
  },
  expiredCredential: {
    row: 'wrong password/secret/expired credential',
    when: 'the application credential has expired',
    command,
    message:
      `Keystone does not accept the login of cloud "demo-app-expired" (…clouds.yaml), application credential …: ${opaque}\n` +
      'Keystone does not tell what is wrong: the credential may have expired or been deleted, its secret may be another, ' +
      'or its user may have lost the role ("openstack application credential list" shows yours).',
    exitCode: 3,
  },
  expiredToken: {
    row: 'wrong password/secret/expired credential',
    when: 'the token in OS_TOKEN has expired',
    command,
    message:
      `Keystone does not accept the login of cloud "envvars" (the environment), a ready token: ${opaque}\n` +
      'The token has expired or was revoked: get a new one with "openstack token issue -f value -c id".',
    exitCode: 3,
  },
  wrongProject: {
    row: 'no project role / wrong project',
    when: 'the project is wrong',
    command: `${command} --project nope`,
    message:
      'user "demo" of domain "Default" has no role in project "nope" of domain "Default" of cloud "demo", or there is no ' +
      'such project. Its projects: demo, demo-staging',
    exitCode: 3,
  },
  noProject: {
    row: 'no project role / wrong project',
    when: 'no project is named, and the user has several',
    command,
    message: 'which project? Choose one with --project or OS_PROJECT_NAME: demo, demo-staging',
    exitCode: 2,
  },
  noTicket: {
    row: 'no Kerberos ticket',
    when: 'auth_type is v3kerberos, and nobody ran kinit',
    command,
    message:
      'Keystone does not accept the login of cloud "demo-kerberos" (…clouds.yaml), a Kerberos ticket, project "demo" of ' +
      'domain "Default": it asks for a Kerberos ticket, and there is none that it accepts…\n' +
      'Get a ticket with "kinit" ("klist" shows what you have), and try again.',
    exitCode: 3,
  },
  regionMissing: {
    row: 'region/interface missing in catalog',
    when: 'the region is unknown',
    command: `${command} --region Elsewhere`,
    message:
      'cloud "demo": the catalog has no container-infra in region "Elsewhere" with interface "public"; it has ' +
      'container-infra in RegionOne (admin), RegionOne (internal), RegionOne (public)',
    exitCode: 5,
  },
  interfaceMissing: {
    row: 'region/interface missing in catalog',
    when: 'the catalog has public endpoints only',
    command: `${command} --interface internal`,
    message:
      'cloud "demo": the catalog has no container-infra in region "RegionOne" with interface "internal"; it has ' +
      'container-infra in RegionOne (public)',
    exitCode: 5,
  },
  noObjectStore: {
    row: 'region/interface missing in catalog',
    when: 'the region has no object store',
    command: 's3 init spark --region Elsewhere',
    message:
      'cloud "demo" has no object store for this region and interface (its catalog has …). Give the URL and keys of an S3 ' +
      'store, or install without S3 and history (create spark --no-s3)',
    exitCode: 5,
  },
  privateAuthority: {
    row: 'private CA',
    when: 'the certificate is signed by an authority that is not known here',
    command,
    message:
      'Keystone of cloud "demo" cannot be reached: 127.0.0.1: its certificate is signed by an authority that is not known ' +
      'here\nName the file with the certificate (PEM) of the cloud\'s authority: "cacert" of the entry in …, OS_CACERT or ' +
      '--os-cacert.',
    exitCode: 9,
  },
  conductorDown: {
    row: 'conductor/RPC down',
    when: 'Magnum answers 500 after all tries',
    command,
    message:
      'Magnum has a problem of its own (500): Timed out waiting for a reply to message ID 1 (request req-…)\n' +
      "Magnum's API is up, but what works for it (its conductor or message broker) may be down: tell the cloud's operators " +
      'the request id, or try again later.',
    exitCode: 9,
  },
  keystoneDown: {
    row: 'conductor/RPC down',
    when: 'nothing listens where Keystone should be',
    command,
    message: 'Keystone of cloud "demo" cannot be reached: nothing listens at 127.0.0.1, port …',
    exitCode: 9,
  },
  clockSkew: {
    row: 'clock skew',
    when: "this machine's clock is 20 minutes behind the cloud's",
    command: 's3 init spark',
    message:
      "Warning: the clock of this machine is 20 min behind Keystone's: S3 signatures and certificates may be refused",
    // The S3 client learns the difference from the refusal and signs with the server's time.
    exitCode: 0,
  },
} as const satisfies Readonly<Record<string, FailureCase>>;
