import { historyValues, type HistoryChoice } from './history-values.ts';
import { S3_SECRET } from '../s3/objects.ts';
import type { S3Location } from './s3-location.ts';
import { mergeValues, textAt, textsAt, valueAt, type Values } from './values.ts';

/** Everything that the values of a release follow from. */
export interface ValuesInput {
  /** The values of the release so far; empty for a new one, and when they shall be forgotten. */
  readonly previous: Values;
  /** Undefined: nothing was said. */
  readonly jobNamespaces: readonly string[] | undefined;
  /** Undefined: applications get no S3 defaults from us. */
  readonly s3: S3Location | undefined;
  readonly history: HistoryChoice;
  /** The site profile's `spark.values`. */
  readonly site: Values;
}

/** Applications run here when nobody says otherwise. */
export const DEFAULT_JOB_NAMESPACES: readonly string[] = ['default'];

/**
 * The values for the chart: those of the release so far, what the command says laid over them, the site's over that. So a person
 * who has no site profile, on another machine, keeps what is not theirs to decide.
 */
export function desiredValues({ previous, jobNamespaces, s3, history, site }: ValuesInput): Values {
  const asked = mergeValues(withJobNamespaces(previous, jobNamespaces), historyValues(previous, s3, history));
  const values = mergeValues(asked, site);
  return s3 === undefined ? values : withPropagation(values);
}

function withJobNamespaces(previous: Values, named: readonly string[] | undefined): Values {
  const known = valueAt(previous, 'spark', 'jobNamespaces') ?? textAt(previous, 'spark', 'jobNamespaceSelector');
  if (named === undefined && known !== undefined) return previous;
  return mergeValues(previous, { spark: { jobNamespaces: named ?? DEFAULT_JOB_NAMESPACES } });
}

/** The controller may copy the Secret of the S3 keys into job namespaces; Secrets that were named before stay. */
function withPropagation(values: Values): Values {
  const named = textsAt(values, 'podDefaults', 'propagate', 'secrets');
  const secrets = named.includes(S3_SECRET) ? named : [...named, S3_SECRET];
  return mergeValues(values, { podDefaults: { propagate: { secrets } } });
}

/** The namespaces that these values name for applications: the empty one (all) is none to make. */
export const jobNamespacesOf = (values: Values): readonly string[] =>
  textsAt(values, 'spark', 'jobNamespaces').filter((name) => name !== '');

/** The namespaces whose applications a release with these values runs; undefined: whatever matches, or all. */
export function servedNamespaces(values: Values): readonly string[] | undefined {
  if (textAt(values, 'spark', 'jobNamespaceSelector') !== undefined) return undefined;
  const named =
    valueAt(values, 'spark', 'jobNamespaces') === undefined
      ? DEFAULT_JOB_NAMESPACES
      : textsAt(values, 'spark', 'jobNamespaces');
  return named.includes('') ? undefined : named;
}
