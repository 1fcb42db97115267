import { authUrl, type RigPlan } from '../plan.ts';

/** How a service logs in itself: as its user in the project of the services. */
export function serviceLogin(plan: RigPlan, username: string): Readonly<Record<string, string>> {
  return {
    auth_type: 'password',
    auth_url: authUrl(plan),
    username,
    password: plan.secrets.services,
    project_name: 'service',
    user_domain_name: 'Default',
    project_domain_name: 'Default',
  };
}

/** The section of every service that checks the tokens of its callers. Revoked tokens are refused after a second. */
export function tokenCheck(plan: RigPlan, username: string): Readonly<Record<string, string | number>> {
  return { ...serviceLogin(plan, username), www_authenticate_uri: authUrl(plan), token_cache_time: 1 };
}
