import type { CloudConfig, Scope } from '../cloud-config/cloud-config.ts';

/** An application credential stays what it is: its project cannot be changed, and Keystone lists projects for it as well. */
export function withScope(config: CloudConfig, wanted: { readonly projectId: string } | 'unscoped'): CloudConfig {
  const { auth } = config;
  if (auth.method === 'application_credential') return config;
  const scope: Scope =
    wanted === 'unscoped'
      ? { kind: 'unscoped' }
      : { kind: 'project', id: wanted.projectId, name: undefined, domain: undefined };
  return { ...config, auth: { ...auth, scope } };
}
