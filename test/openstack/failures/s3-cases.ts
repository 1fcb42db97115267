import type { FailureCase } from './failure-case.ts';

/** What may go wrong with the object store and its keys. */
export const s3Cases = {
  ec2Refused: {
    row: 'EC2 refused',
    when: 'a restricted application credential asks for an S3 key',
    command: 's3 init demo',
    message:
      'Keystone refuses this login an S3 key (EC2 credential): …\n' +
      'Application credentials and other delegated logins get none from a patched Keystone. Log in with a password or ' +
      'Kerberos, or give keys (--s3-access-key-file, --s3-secret-key-file), or install without S3 and history ' +
      '(create spark --no-s3)',
    exitCode: 4,
  },
  bucketTaken: {
    row: 'bucket exists elsewhere / name invalid',
    when: 'the bucket belongs to another project',
    command: 's3 init --bucket theirs',
    message:
      'cannot make the bucket (bucket "theirs" at http…): the name is taken (BucketAlreadyExists)\n' +
      'It belongs to another project: choose another name with --bucket (spark.s3.bucket of the site profile).',
    exitCode: 6,
  },
  bucketInvalid: {
    row: 'bucket exists elsewhere / name invalid',
    when: 'no bucket can have this name',
    command: 's3 init --bucket Bad_Name',
    message:
      'cannot look for the bucket (bucket "Bad_Name" at http…): The specified bucket is not valid (InvalidBucketName)\n' +
      'A name has 3 to 63 small letters, digits and hyphens, and begins and ends with a letter or digit: choose one with --bucket.',
    exitCode: 2,
  },
  otherRegion: {
    row: 'S3 endpoint with other region',
    when: 'the object store wants another region: it names it, and that one is taken',
    command: 's3 init demo --s3-region nowhere-1',
    message: 'bucket demo-… at http… (RegionOne): made; written, read and listed in … ms',
    exitCode: 0,
  },
  clockSkew: {
    row: 'clock skew',
    when: 'the object store finds signatures too old, whatever time they name',
    command: 's3 init demo',
    message:
      'cannot look for the bucket (bucket "demo-…" at http…): its clock and ours differ too much (RequestTimeTooSkewed)\n' +
      'The clock of this machine and that of the object store differ too much for signatures: set this one right.\n' +
      "Keystone's clock agrees with this machine's: the object store's may be the wrong one.",
    exitCode: 1,
  },
  wrongKeys: {
    row: 'EC2 refused',
    when: 'the keys that were given are not accepted',
    command: 's3 init demo --s3-access-key-file id --s3-secret-key-file key',
    message:
      'cannot look for the bucket (bucket "demo-…" at http…): …(SignatureDoesNotMatch)\n' +
      'The keys are wrong, or may not do this: check them, or let opsparkctl make a pair (leave --s3-access-key-file out).',
    exitCode: 4,
  },
  storeDown: {
    row: 'region/interface missing in catalog',
    when: 'nobody listens where the object store should be',
    command: 's3 init demo --endpoint http://127.0.0.1:9',
    message:
      'cannot look for the bucket (bucket "demo-…" at http://127.0.0.1:9): no answer (ECONNREFUSED)\nCheck the endpoint',
    exitCode: 9,
  },
  delegatedLogin: {
    row: 'delegated login for create on a trust-making Magnum',
    when: 'doctor looks at a restricted application credential',
    command: 'doctor',
    message:
      'delegation   problem   the login is a restricted application credential, which Keystone does not let act for a cluster…' +
      'What to do:\n- delegation: log in with a password or Kerberos',
    exitCode: 4,
  },
} as const satisfies Readonly<Record<string, FailureCase>>;
