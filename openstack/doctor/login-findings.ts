import { duration } from '../../terminal/duration.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { exitCode } from '../exit-code.ts';
import type { Login } from '../identity/session.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** A token with less life than this is about to end. */
const SHORT_MS = 10 * 60_000;

/** S3 refuses signatures that are 15 minutes off; certificates and tickets suffer earlier. */
const SKEW_WARNING_MS = 60_000;
const SKEW_PROBLEM_MS = 14 * 60_000;

/** The entry of clouds.yaml, and what is odd about it. */
export const cloudFindings = (config: CloudConfig): readonly Finding[] => [
  ok('cloud', `"${config.name}" of ${config.source}, ${config.authUrl}, ${config.interface} endpoints`),
  ...(config.tls.verify
    ? []
    : [warning('cloud', 'certificates are not checked', 'name the authority with cacert instead of verify: false')]),
  ...config.warnings.map((said) => warning('cloud', said)),
];

/** Who is logged in, where, with which roles, how long, and whether the clocks agree. */
export const loginFindings = (login: Login, now: Date): readonly Finding[] => [
  ...userFindings(login, now),
  projectFinding(login),
  rolesFinding(login),
  clockFinding(login.clockSkewMs),
];

function userFindings(
  { user, methods, expiresAt, applicationCredential, clockSkewMs }: Login,
  now: Date,
): readonly Finding[] {
  // By Keystone's clock, which decides.
  const leftMs = expiresAt.getTime() - now.getTime() - clockSkewMs;
  const way = methods.join('+') || 'token';
  const said = `${user.name} (${user.domainName}) by ${way}; the token lasts ${duration(leftMs)}, until ${expiresAt.toISOString()}`;
  const life =
    leftMs < SHORT_MS ? warning('login', said, 'get a new token, or log in with a password') : ok('login', said);
  if (applicationCredential === undefined) return [life];
  const kind = applicationCredential.restricted ? 'restricted' : 'unrestricted';
  return [life, ok('login', `with the ${kind} application credential ${applicationCredential.id}`)];
}

const projectFinding = ({ project }: Login): Finding =>
  project === undefined
    ? problem('project', 'the login is for no project', 'name one with --project', exitCode.usage)
    : ok('project', `${project.name} (${project.id}) of domain ${project.domainName}`);

/** Magnum's own policies: who reads needs `reader`, who creates `member`. */
function rolesFinding({ roles }: Login): Finding {
  const said = roles.length === 0 ? 'none' : [...roles].sort().join(', ');
  return roles.some((role) => role === 'member' || role === 'admin' || role === '_member_')
    ? ok('roles', said)
    : warning('roles', said, 'clusters are created by the role "member" in most clouds: ask for it');
}

function clockFinding(skewMs: number): Finding {
  const off = Math.abs(skewMs);
  if (off < SKEW_WARNING_MS) return ok('clock', `agrees with Keystone's within ${duration(off + 1000)}`);
  const said = `is ${duration(off)} ${skewMs > 0 ? 'behind' : 'ahead of'} Keystone's`;
  const remedy = 'set the clock of this machine by NTP';
  return off < SKEW_PROBLEM_MS ? warning('clock', said, remedy) : problem('clock', said, remedy);
}
