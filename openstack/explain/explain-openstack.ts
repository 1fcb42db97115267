import { exitCode } from '../exit-code.ts';
import type { OpenStackError, OpenStackFailure } from '../openstack-error.ts';
import type { About, Explanation } from './about.ts';
import { forbidden } from './forbidden.ts';
import { loginRefused } from './login-refused.ts';
import { serviceNameFirst } from './service-name.ts';
import { unreachable } from './unreachable.ts';

type Explain = (error: OpenStackError, about: About) => Explanation;

const LOGIN_PATH = '/auth/tokens';

/** Who answered what, and the id to find it by. */
const answered = ({ facts }: OpenStackError): string => {
  const trace = facts.requestId === undefined ? '' : ` (request ${facts.requestId})`;
  return `${facts.said}${trace}`;
};

const says =
  (code: Explanation['exitCode'], verb: string, hint?: string): Explain =>
  (error) => ({
    text: `${serviceNameFirst(error.facts.service)} ${verb}: ${answered(error)}${hint === undefined ? '' : `\n${hint}`}`,
    exitCode: code,
  });

const explanations: Readonly<Record<OpenStackFailure, Explain>> = {
  Unauthenticated: (error, about) => (isLogin(error) ? loginRefused(error, about) : tokenRefused(error, about)),
  Forbidden: forbidden,
  NotFound: (error, about) =>
    isLogin(error) ? noKeystone(error, about) : says(exitCode.notFound, 'does not have it')(error, about),
  Conflict: says(exitCode.conflict, 'refuses because of what is there already'),
  BadRequest: says(exitCode.failed, 'refuses the request'),
  NotAcceptable: says(exitCode.failed, 'is of another version than is needed here'),
  ServerError: (error, about) => serverError(error, about),
  Unreachable: unreachable,
  TimedOut: (error, about) => timedOut(error, about),
  NoEndpoint: ({ facts }, { cloud }) => ({
    text: `${cloud === undefined ? 'the cloud' : `cloud "${cloud.name}"`}: ${facts.said}`,
    exitCode: exitCode.notFound,
  }),
  Unintelligible: says(exitCode.failed, 'answers what cannot be understood'),
};

/** What an OpenStackError means to a person. */
export const explainOpenStack = (error: OpenStackError, about: About): Explanation =>
  explanations[error.facts.failure](error, about);

const isLogin = ({ facts }: OpenStackError): boolean => facts.service === 'identity' && facts.path.endsWith(LOGIN_PATH);

function tokenRefused(error: OpenStackError, { cloud }: About): Explanation {
  const hint =
    cloud?.auth.method === 'application_credential'
      ? 'If the application credential has access rules, they must allow this request; or the credential was deleted just now.'
      : "Keystone gave the token just now, so it is likely the service's own login that is broken: tell the cloud's operators.";
  return says(exitCode.authentication, 'does not accept the token', hint)(error, { cloud });
}

const noKeystone = (error: OpenStackError, { cloud }: About): Explanation => ({
  text: `there is no Keystone at ${cloud?.authUrl ?? error.facts.path}: ${answered(error)}\nCheck auth_url (OS_AUTH_URL).`,
  exitCode: exitCode.usage,
});

const CONDUCTOR = "Magnum's API is up, but what works for it (its conductor or message broker) may be down:";

function serverError(error: OpenStackError, about: About): Explanation {
  const tell = "tell the cloud's operators the request id, or try again later.";
  const hint = error.facts.service === 'container-infra' ? `${CONDUCTOR} ${tell}` : `If it lasts, ${tell}`;
  return says(exitCode.unreachable, `has a problem of its own (${error.facts.status})`, hint)(error, about);
}

function timedOut(error: OpenStackError, about: About): Explanation {
  const hint = error.facts.service === 'container-infra' ? `${CONDUCTOR} try again later.` : 'Try again later.';
  return says(exitCode.unreachable, 'does not answer', hint)(error, about);
}
