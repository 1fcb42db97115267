import type { Route, StubAnswer } from './router.ts';
import { resourceAnswer, stackAnswer } from './stack-answer.ts';
import type { Outcome, Stack, StackAction, Stacks } from './stacks.ts';

/** The one network that there is: users' clusters hang at it. */
const NETWORK = {
  id: '5b1a2f0e-0f7b-4a8a-9c57-2d0f6f5f1c11',
  name: 'external',
  status: 'ACTIVE',
  shared: true,
  admin_state_up: true,
  'router:external': true,
  subnets: [],
};

const NO_STACK: StubAnswer = {
  status: 404,
  body: { code: 404, title: 'Not Found', error: { message: 'The Stack could not be found.', type: 'EntityNotFound' } },
};

/** Everything that the stub answers. `origin` is the stub's own public address. */
export function stubRoutes(stacks: Stacks, origin: string): readonly Route[] {
  return [...networkRoutes(), ...heatRoutes(stacks, origin), ...controlRoutes(stacks), root];
}

const root: Route = {
  method: 'GET',
  path: /^\/(discovery)?$/,
  answer: () => ({ status: 200, body: 'stub for networks and stacks\n' }),
};

/** Neutron: what Magnum and a client look at before they make a cluster. */
function networkRoutes(): Route[] {
  const quota = { network: 100, subnet: 100, port: 500, router: 10, floatingip: 50, security_group: 10 };
  return [
    { method: 'GET', path: /^\/v2\.0\/networks$/, answer: () => ({ status: 200, body: { networks: [NETWORK] } }) },
    {
      method: 'GET',
      path: /^\/v2\.0\/networks\/([^/]+)$/,
      answer: ({ match: [id] }) => (id === NETWORK.id ? { status: 200, body: { network: NETWORK } } : NO_STACK),
    },
    { method: 'GET', path: /^\/v2\.0\/quotas\/[^/]+$/, answer: () => ({ status: 200, body: { quota } }) },
    { method: 'GET', path: /^\/v2\.0\/(subnets|ports|floatingips)$/, answer: emptyList },
  ];
}

function emptyList({ path }: { readonly path: string }): StubAnswer {
  return { status: 200, body: { [path.split('/').at(-1) ?? '']: [] } };
}

/** Heat, as far as Magnum's driver uses it. */
function heatRoutes(stacks: Stacks, origin: string): Route[] {
  const urlOf = ({ project, name, id }: Stack): string => `${origin}/heat/v1/${project}/stacks/${name}/${id}`;
  const one = (text: string, answer: (stack: Stack, rest: readonly string[]) => StubAnswer, method = 'GET'): Route => ({
    method,
    path: new RegExp(`^/heat/v1/([^/]+)/stacks/${text}$`),
    answer: ({ match: [project = '', ...rest] }) => {
      const stack = stacks.find(project, rest.at(rest.length > 1 ? 1 : 0) ?? '');
      return stack === undefined ? NO_STACK : answer(stack, rest);
    },
  });
  // Clients find a stack by one of its names through a redirect to the address that has both.
  const redirect = (stack: Stack): StubAnswer => ({ status: 302, headers: { Location: urlOf(stack) }, body: {} });
  return [
    {
      method: 'POST',
      path: /^\/heat\/v1\/([^/]+)\/stacks$/,
      answer: ({ match: [project = ''], body }) => {
        const stack = stacks.start(project, String(body['stack_name']), parametersOf(body));
        return { status: 201, body: { stack: { id: stack.id, links: [{ href: urlOf(stack), rel: 'self' }] } } };
      },
    },
    one('([^/]+)', redirect),
    one('([^/]+)/([^/]+)', (stack) => ({ status: 200, body: stackAnswer(stack, urlOf(stack)) })),
    one('([^/]+)/([^/]+)/resources', () => ({ status: 200, body: { resources: [] } })),
    one('([^/]+)/([^/]+)/resources/([^/]+)', (_stack, [, , name = '']) => {
      const body = resourceAnswer(name);
      return body === undefined ? NO_STACK : { status: 200, body };
    }),
    ...['PATCH', 'PUT'].map((method) => updateRoute(stacks, method)),
    one('([^/]+)/([^/]+)', (stack) => remove(stacks, stack), 'DELETE'),
    one('([^/]+)', (stack) => remove(stacks, stack), 'DELETE'),
  ];
}

function updateRoute(stacks: Stacks, method: string): Route {
  return {
    method,
    path: /^\/heat\/v1\/([^/]+)\/stacks\/(?:[^/]+\/)?([^/]+)$/,
    answer: ({ match: [project = '', id = ''], body }) => {
      const stack = stacks.find(project, id);
      if (stack === undefined) return NO_STACK;
      stacks.update(stack.id, parametersOf(body));
      return { status: 202, body: {} };
    },
  };
}

function remove(stacks: Stacks, { id }: Stack): StubAnswer {
  stacks.remove(id);
  return { status: 204 };
}

function parametersOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { parameters } = body;
  // Heat: parameters are a map from names to values.
  return typeof parameters === 'object' && parameters !== null ? (parameters as Record<string, unknown>) : {};
}

function outcomeOf({ kind, reason, delayMs }: Readonly<Record<string, unknown>>): Outcome | undefined {
  const after = typeof delayMs === 'number' ? { delayMs } : {};
  if (kind === 'stuck') return { kind };
  if (kind === 'complete') return { kind, ...after };
  return kind === 'fail' ? { kind, reason: String(reason), ...after } : undefined;
}

/** What tests say about stacks to come, and a list without parameters, which hold credentials. */
function controlRoutes(stacks: Stacks): Route[] {
  return [
    {
      method: 'POST',
      path: /^\/control\/next\/(CREATE|UPDATE|DELETE)$/,
      answer: ({ match: [action], body }) => {
        const outcome = outcomeOf(body);
        if (outcome === undefined) return { status: 400, body: { message: 'kind must be complete, fail or stuck' } };
        // The path lets no other through.
        stacks.next(action as StackAction, outcome);
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: /^\/control\/delay$/,
      answer: ({ body }) => {
        stacks.setDelay(Number(body['delayMs']));
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: /^\/control\/stacks$/,
      answer: () => ({
        status: 200,
        body: stacks.all().map(({ id, name, project, action, status, reason, apiAddress }) => ({
          ...{ id, name, project, action, status, reason, apiAddress },
        })),
      }),
    },
  ];
}
