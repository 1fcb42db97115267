import { resolve } from 'node:path';

import type { Cli } from '../cli.ts';
import { chartOf } from './chart.ts';
import type { HistoryChoice, HistorySettings } from './history-values.ts';
import type { SparkOrder } from './order.ts';
import { DEFAULT_TIMEOUT_MS, valueFlags, type SparkFlags } from './spark-options.ts';
import type { OpenSpark } from './with-spark.ts';

/** What the command line and the site profile order. @throws UserError when there is no chart */
export function orderOf(
  { workingFolder }: Pick<Cli, 'workingFolder'>,
  { flags, profile, namespace, release }: OpenSpark,
  how: { readonly history: HistoryChoice; readonly repair: boolean },
): SparkOrder {
  const { spark } = profile;
  return {
    ...{ namespace, release, ...how },
    chart: chartOf(named(workingFolder, flags.chart ?? spark.chart)),
    jobNamespaces: flags.jobNamespace ?? spark.jobNamespaces,
    site: spark.values ?? {},
    more: valueFlags(flags),
    resetValues: flags.resetValues ?? false,
    waitMs: flags.wait === false ? undefined : (flags.timeout ?? DEFAULT_TIMEOUT_MS),
  };
}

/** Paths count from where the person stands; addresses are no paths. */
const named = (workingFolder: string, chart: string | undefined): string | undefined =>
  chart === undefined || chart.includes('://') ? chart : resolve(workingFolder, chart);

/** How the history server is wanted: flags before the site profile. */
export function historySettings(flags: SparkFlags, { profile }: Pick<OpenSpark, 'profile'>): HistorySettings {
  return {
    service: flags.service ?? profile.history.service,
    ingressHost: flags.ingressHost ?? profile.history.ingressHost,
    ingressClass: flags.ingressClass,
    ingressTlsSecret: flags.ingressTlsSecret,
    logDirectory: flags.logDirectory,
    claim: flags.claim,
  };
}
