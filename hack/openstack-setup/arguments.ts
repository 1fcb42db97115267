import { parseArgs } from 'node:util';

/** What `npm run openstack-setup` was asked for. */
export interface SetupRequest {
  /** Of the cluster. */
  readonly name: string;
  /** Entry of clouds.yaml; undefined: what the environment says. */
  readonly cloud: string | undefined;
  /** Namespace of the smoke test's application. */
  readonly jobNamespace: string;
  /** Image of the smoke test. */
  readonly image: string;
  /** Leave everything running in the end. */
  readonly keep: boolean;
  /** More flags for `opsparkctl create kube` and `opsparkctl create spark`. */
  readonly kube: readonly string[];
  readonly spark: readonly string[];
  /** The opsparkctl to run; undefined: that of this checkout. */
  readonly program: string | undefined;
}

/** Spark with hadoop-aws: the S3 defaults send its event log to a bucket. */
const IMAGE = 'localhost/spark:4.0.1-aws';

export const USAGE = `npm run openstack-setup [-- OPTIONS]
  --name NAME            of the cluster (default: spark-ci- and a random ending)
  --os-cloud NAME        entry of clouds.yaml (default: $OS_CLOUD, or the only entry)
  --kube=FLAG            flag for "opsparkctl create kube", such as --kube=--template=k8s; may be repeated
  --spark=FLAG           flag for "opsparkctl create spark", such as --spark=--no-s3; may be repeated
  --image IMAGE          Spark of the smoke test, with hadoop-aws unless --spark=--no-s3 (default: ${IMAGE})
  --job-namespace NAME   namespace of the smoke test (default: smoke)
  --keep                 leave cluster and bucket as they are in the end, and say how to use them
  --opsparkctl FILE      the program to run (default: that of this checkout)
  --help                 this text`;

/** What was asked for, or `help`. @throws Error with the usage when the arguments cannot be understood. `random` ends the name of a cluster that has none. */
export function parseSetupArguments(argv: readonly string[], random: string): SetupRequest | 'help' {
  const values = parse(argv);
  if (values.help) return 'help';
  return {
    name: values.name ?? `spark-ci-${random}`,
    cloud: values['os-cloud'],
    jobNamespace: values['job-namespace'],
    image: values.image,
    keep: values.keep,
    kube: values.kube,
    spark: values.spark,
    program: values.opsparkctl,
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const list = { type: 'string', multiple: true, default: [] as string[] } as const;
  const options = {
    ...{ name: text, 'os-cloud': text, opsparkctl: text, kube: list, spark: list },
    image: { type: 'string', default: IMAGE },
    'job-namespace': { type: 'string', default: 'smoke' },
    ...{ keep: flag, help: flag },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}
