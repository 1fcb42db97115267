import { parseBody } from './http/body.ts';
import type { FakeRequest, Service } from './http/request.ts';

/** One request as it came, without secrets. */
export interface JournalEntry {
  readonly id: string;
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** JSON bodies with secrets replaced by `***`; undefined for others. */
  readonly body: unknown;
  /** Undefined while the answer is outstanding, 0 when the connection was cut. */
  readonly status: number | undefined;
  readonly atMs: number;
}

/** What came, in order. */
export interface Journal {
  /** Notes a request; call the function with the status of its answer. */
  readonly open: (request: FakeRequest, atMs: number) => (status: number) => void;
  readonly entries: () => readonly JournalEntry[];
  readonly clear: () => void;
}

/** A journal keeps so many entries: a demo may run for days. */
const MOST = 10_000;

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    open: (request, atMs) => {
      const { id, service, method, path, query } = request;
      const body = service === 'object-store' ? undefined : withoutSecrets(parseBody(request.body));
      const entry = { id, service, method, path, query: query.toString(), body, status: undefined, atMs };
      entries.push(entry);
      if (entries.length > MOST) entries.shift();
      return (status) => {
        const index = entries.findIndex((one) => one.id === id);
        if (index >= 0) entries[index] = { ...entry, status };
      };
    },
    entries: () => [...entries],
    clear: () => void entries.splice(0),
  };
}

const SECRET = /^(password|secret|public_key|csr)$/;

/** A copy of parsed JSON with secrets replaced; also the id of a token that a login is made with. */
export function withoutSecrets(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withoutSecrets(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isSecret = typeof inner === 'string' && (SECRET.test(name) || (parent === 'token' && name === 'id'));
      return [name, isSecret ? '***' : withoutSecrets(inner, name)];
    }),
  );
}
