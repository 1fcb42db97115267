import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export interface GencertsOptions {
  readonly namespace: string;
  readonly service: string;
  /** Name of the Secret. */
  readonly secret: string;
  /** Name of both webhook configurations. */
  readonly configuration: string;
  readonly leafDays: number;
  readonly authorityDays: number;
  readonly force: boolean;
  /** Print the Secret instead of writing it. */
  readonly dryRun: boolean;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

export const USAGE = `node hack/gencerts.ts [OPTIONS]
Makes the certificate of the webhook and tells the API server to trust it, for an installation without hooks.
What is there and valid is kept; what is about to expire, or for another Service, is replaced.
  -n, --namespace NAME           of the operator (default: spark-operator)
  -s, --service NAME             in front of the webhook (default: spark-operator-webhook-svc)
  -r, --resource-name NAME       of the Secret (default: spark-operator-webhook-certs)
      --configuration-name NAME  of both webhook configurations (default: spark-operator-webhook)
      --days N                   life of the certificate (default: 90)
      --ca-days N                life of its authority (default: 3650)
      --force                    make everything new, whatever there is
      --dry-run, -o yaml         print the Secret, ask no API server
      --kubeconfig FILE          (default: KUBECONFIG, else ~/.kube/config)
      --context NAME             (default: the current one)`;

/** Arguments that cannot be understood; the message says which and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  namespace: { type: 'string', short: 'n', default: 'spark-operator' },
  service: { type: 'string', short: 's', default: 'spark-operator-webhook-svc' },
  'resource-name': { type: 'string', short: 'r', default: 'spark-operator-webhook-certs' },
  'configuration-name': { type: 'string', default: 'spark-operator-webhook' },
  days: { type: 'string', default: '90' },
  'ca-days': { type: 'string', default: '3650' },
  force: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  output: { type: 'string', short: 'o' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** argv in, options out; undefined when only help was asked for. Throws a {@link UsageError}. */
export function parseOptions(argv: readonly string[]): GencertsOptions | undefined {
  const values = parse(argv);
  if (values.help) return undefined;
  if (values.output !== undefined && values.output !== 'yaml')
    throw new UsageError(`--output must be yaml, got "${values.output}"`);
  const leafDays = days('days', values.days);
  const authorityDays = days('ca-days', values['ca-days']);
  if (authorityDays < leafDays)
    throw new UsageError(`--ca-days must be at least --days (${leafDays}), got "${authorityDays}"`);
  return {
    namespace: dnsName('namespace', values.namespace),
    service: dnsName('service', values.service),
    secret: dnsName('resource-name', values['resource-name']),
    configuration: dnsName('configuration-name', values['configuration-name']),
    leafDays,
    authorityDays,
    force: values.force,
    dryRun: values['dry-run'] || values.output === 'yaml',
    kubeconfig: values.kubeconfig,
    context: values.context,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function days(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 36_500) return value;
  throw new UsageError(`--${flag} must be a whole number of days from 1 to 36500, got "${text}"`);
}

function dnsName(flag: string, text: string): string {
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(text) && text.length <= 253) return text;
  throw new UsageError(`--${flag} must be a Kubernetes name (lower case letters, digits, "-"), got "${text}"`);
}
