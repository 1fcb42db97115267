import type { Metrics } from '../../kube/metrics.ts';

/** Ends of what is served, in epoch milliseconds. */
export interface Ends {
  readonly servingMs: number;
  /** Of the authority that signed it, when that is known. */
  readonly authorityMs: number | undefined;
}

export interface CertificateMeter {
  /** A step was taken: `RenewLeaf`, `IntroduceAuthority`… */
  renewed(action: string): void;
  failed(): void;
}

const DAY_MS = 86_400_000;

/** Time left (negative = expired), read at each scrape, and what was renewed. */
export function certificateMeter(metrics: Metrics, now: () => number, ends: () => Ends | undefined): CertificateMeter {
  const left = (unitMs: number) => (): { labels: { certificate: string }; value: number }[] => {
    const { servingMs, authorityMs } = ends() ?? {};
    return Object.entries({ serving: servingMs, authority: authorityMs }).flatMap(([certificate, endMs]) =>
      endMs === undefined ? [] : [{ labels: { certificate }, value: (endMs - now()) / unitMs }],
    );
  };
  metrics.gauge({
    name: 'spark_webhook_certificate_seconds_left',
    help: 'Seconds until the certificate that is served, and its authority, expire',
    labels: ['certificate'],
    readAll: left(1000),
  });
  metrics.gauge({
    name: 'spark_webhook_certificate_days_left',
    help: 'Days until the certificate that is served, and its authority, expire',
    labels: ['certificate'],
    readAll: left(DAY_MS),
  });
  const renewals = metrics.counter({
    name: 'spark_webhook_certificate_renewals_total',
    help: 'Steps that this process took to renew the certificate or its authority',
    labels: ['action'],
  });
  const failures = metrics.counter({
    name: 'spark_webhook_certificate_failures_total',
    help: 'Passes over certificate and caBundles that met an error',
  });
  return { renewed: (action) => renewals.inc({ action }), failed: () => failures.inc() };
}
