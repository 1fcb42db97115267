import type { Answer, Call, Session } from './identity/session.ts';
import { OpenStackError } from './openstack-error.ts';

/** Entries that are asked for at once. Services that allow fewer answer with fewer and a link to the next page. */
const PAGE = 100;

/** How one list of a service is read. */
export interface PagedList<T> {
  readonly call: Call;
  /** The field of the answer that holds the entries: `clusters`. */
  readonly field: string;
  /** What `marker` wants: the UUID or id of an entry. */
  readonly markerOf: (entry: T) => string;
  /** Sends one page's call; the session's own `request` when left out. */
  readonly request?: (call: Call) => Promise<Answer<unknown>>;
}

/**
 * All entries of a list, page by page (`limit` and `marker`, which Magnum, Nova and Neutron share). Only whether there is
 * a next page is taken from the answer, never its URL: behind proxies it names a host that nobody reaches.
 * @throws OpenStackError as Session.request does, and Unintelligible for an answer without the list
 */
export async function everyPage<T>(session: Session, list: PagedList<T>): Promise<readonly T[]> {
  const { call, markerOf } = list;
  const request = list.request ?? ((page) => session.request<unknown>(page));
  const entries: T[] = [];
  const seen = new Set<string>();
  for (let marker: string | undefined; ;) {
    const { body, status, headers } = await request({ ...call, query: { ...call.query, limit: String(PAGE), marker } });
    const page = pageOf<T>(body, list.field);
    if (page === undefined) throw unintelligible(call, list.field, { status, headers });
    const fresh = page.entries.filter((entry) => !seen.has(markerOf(entry)));
    fresh.forEach((entry) => seen.add(markerOf(entry)));
    entries.push(...fresh);
    const last = fresh.at(-1);
    // A service that does not page repeats the same entries: nothing fresh, and the loop ends.
    if (!page.more || last === undefined) return entries;
    marker = markerOf(last);
  }
}

interface Page<T> {
  readonly entries: readonly T[];
  readonly more: boolean;
}

function pageOf<T>(body: unknown, field: string): Page<T> | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(body));
  const entries = fields.get(field);
  if (!Array.isArray(entries)) return undefined;
  // Magnum: `next`; Nova and Neutron: `<field>_links` with an entry `rel: next`.
  const links = fields.get(`${field}_links`);
  const more = typeof fields.get('next') === 'string' || (Array.isArray(links) && links.some(isNext));
  // Parse boundary: entries are what the API documents; each client states their type.
  return { entries: entries as T[], more };
}

const isNext = (link: unknown): boolean =>
  typeof link === 'object' && link !== null && 'rel' in link && link.rel === 'next';

const unintelligible = (
  call: Call,
  field: string,
  { status, headers }: Omit<Answer<unknown>, 'body'>,
): OpenStackError =>
  new OpenStackError({
    failure: 'Unintelligible',
    status,
    service: call.service,
    method: call.method,
    path: call.path,
    said: `the answer has no list "${field}"; is something else listening at this endpoint?`,
    requestId: headers['x-openstack-request-id'],
  });
