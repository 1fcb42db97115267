/** Calls to the API server by `VERB resource[/subresource]`, for example `{"POST pods": 100}`. */
export type ApiCalls = Readonly<Record<string, number>>;

const SERIES = /^apiserver_request_total\{([^}]*)\} ([0-9.e+]+)$/gm;
const LABEL = /(\w+)="([^"]*)"/g;

/** The resources that an operator of Spark applications touches; the control plane's own traffic is elsewhere. */
const WATCHED = new Set([
  'configmaps',
  'events',
  'ingresses',
  'leases',
  'persistentvolumeclaims',
  'poddisruptionbudgets',
  'pods',
  'secrets',
  'services',
  'sparkapplications',
]);

const labelsOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(LABEL)].map((match) => [match[1] ?? '', match[2] ?? '']));

/**
 * Counts requests from the API server's own metrics (`apiserver_request_total`), so the figure holds for any operator.
 * @param metrics text of the API server's /metrics
 */
export function parseApiCalls(metrics: string): ApiCalls {
  const calls: Record<string, number> = {};
  for (const [, labelText = '', value = '0'] of metrics.matchAll(SERIES)) {
    const labels = labelsOf(labelText);
    const resource = labels.get('resource') ?? '';
    if (!WATCHED.has(resource)) continue;
    const subresource = labels.get('subresource') ?? '';
    const key = `${labels.get('verb') ?? ''} ${subresource === '' ? resource : `${resource}/${subresource}`}`;
    calls[key] = (calls[key] ?? 0) + Number(value);
  }
  return calls;
}

/** `after` less all of `others`, key by key; keys that come to zero are left out. */
export function subtract(after: ApiCalls, ...others: readonly ApiCalls[]): ApiCalls {
  const entries = Object.keys(after).map((key): [string, number] => [
    key,
    others.reduce((rest, other) => rest - (other[key] ?? 0), after[key] ?? 0),
  ]);
  return Object.fromEntries(entries.filter(([, count]) => count !== 0));
}
