import type { Answer, Call, Login, Session } from '../../openstack/identity/session.ts';
import { OpenStackError, type OpenStackFailure } from '../../openstack/openstack-error.ts';

/** What a script answers to a call: a body, or a whole answer, or an error that it throws. */
export type Reply = Partial<Answer<unknown>>;

/** A session that answers from a script, and the calls that it got. */
export interface ScriptedSession {
  readonly session: Session;
  readonly calls: readonly Call[];
}

/** Lets `script` answer every request. */
export function scriptedSession(script: (call: Call) => Reply, login: Partial<Login> = {}): ScriptedSession {
  const calls: Call[] = [];
  const session: Session = {
    login: async () => ({ ...somebody, ...login }),
    endpoint: async (service) => `https://cloud.example.org/${service}`,
    rescoped: () => session,
    close: async () => undefined,
    request: async <T>(call: Call): Promise<Answer<T>> => {
      calls.push(call);
      const { status = 200, headers = {}, body } = script(call);
      // The script is the test's own word for what the service says.
      return { status, headers, body: body as T };
    },
  };
  return { session, calls };
}

/** An error as the transport throws it. */
export const refusal = (failure: OpenStackFailure, status: number, said = 'no'): OpenStackError =>
  new OpenStackError({
    failure,
    status,
    service: 'container-infra',
    method: 'GET',
    path: '/',
    said,
    requestId: 'req-1',
  });

const somebody: Login = {
  user: { id: 'u1', name: 'demo', domainName: 'Default' },
  project: { id: 'p1', name: 'demo', domainName: 'Default' },
  roles: ['member', 'reader'],
  methods: ['password'],
  applicationCredential: undefined,
  issuedAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: new Date('2026-01-01T01:00:00Z'),
  catalog: [],
  clockSkewMs: 0,
};
