import type { Cluster } from '../container-infra/magnum.ts';

/** What a cluster's status means for whoever waits for it to be there. */
export type Outlook =
  | { readonly kind: 'working'; readonly note: string }
  /** There. `warning`: something that was tried with it later failed. */
  | { readonly kind: 'ready'; readonly warning: string | undefined }
  | { readonly kind: 'failed' }
  /** Somebody deletes it. */
  | { readonly kind: 'leaving' };

/**
 * Magnum's statuses are an operation and how it stands. One driver (vexxhost's) never reports that a creation failed: it stays
 * in progress, and only a deadline of our own ends the wait.
 */
export function outlookOf(cluster: Cluster): Outlook {
  const { status } = cluster;
  if (status.startsWith('DELETE_')) return { kind: 'leaving' };
  if (status === 'CREATE_FAILED') return { kind: 'failed' };
  if (status.endsWith('_COMPLETE')) return { kind: 'ready', warning: undefined };
  if (status.endsWith('_FAILED')) return { kind: 'ready', warning: lastFailure(cluster) };
  return { kind: 'working', note: noteOf(cluster) };
}

const lastFailure = ({ status, status_reason: reason }: Cluster): string =>
  `the last change of the cluster ended as ${status}${reason ? `: ${oneLine(reason)}` : ''}`;

/** The status, and what the driver or the health check say about it. */
function noteOf({
  status,
  status_reason: reason,
  health_status: health,
  health_status_reason: checks,
}: Cluster): string {
  const words = status.toLowerCase().replaceAll('_', ' ');
  if (reason) return `${words}: ${oneLine(reason)}`;
  const troubles = Object.entries(checks ?? {}).filter(([, verdict]) => !/^(true|ok)$/i.test(verdict));
  const [first] = troubles;
  return health === 'UNHEALTHY' && first !== undefined ? `${words}, ${first[0]}: ${first[1]}` : words;
}

const LONGEST = 100;

/** Heat's reasons go over pages. */
function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
