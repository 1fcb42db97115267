/** One call to a service. */
export interface Call {
  readonly method?: string;
  readonly url: string;
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with its body as JSON, or as text where it is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Calls a service, whatever it answers. Rejects when it does not within the time. */
export async function call({ method = 'GET', url, token, body, headers }: Call, timeoutMs = 90_000): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { 'X-Auth-Token': token }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: parsed(text) };
}

/** As {@link call}; an answer that is no success is an error. Bodies of requests hold passwords: they are not shown. */
export async function expectOk(request: Call): Promise<Answer> {
  const answer = await call(request);
  if (answer.status < 400) return answer;
  const said = JSON.stringify(answer.body).slice(0, 500);
  throw new Error(`${request.method ?? 'GET'} ${request.url} answered ${answer.status}: ${said}`);
}

/** Who logs in, and into which project. */
export interface Login {
  readonly authUrl: string;
  readonly user: string;
  readonly password: string;
  readonly project: string;
}

/** A token by password; users and projects are of the default domain. */
export async function logIn({ authUrl, user, password, project }: Login): Promise<string> {
  const domain = { id: 'default' };
  const identity = { methods: ['password'], password: { user: { name: user, password, domain } } };
  const auth = { identity, scope: { project: { name: project, domain } } };
  const { headers } = await expectOk({ method: 'POST', url: `${authUrl}/auth/tokens`, body: { auth } });
  const token = headers.get('X-Subject-Token');
  if (token === null) throw new Error('Keystone answered a login without a token');
  return token;
}

/** The text at a path of an answer, as `["user", "id"]`. Throws when there is none. */
export function textAt(body: unknown, ...path: readonly string[]): string {
  let value = body;
  for (const key of path) {
    const entries: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
    value = entries[key];
  }
  if (typeof value === 'string') return value;
  throw new Error(`The answer has no text at ${path.join('.')}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
