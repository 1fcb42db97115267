import { InvalidArgumentError } from 'commander';

import type { ServiceAccountName, StoredEntry } from './stored-entries.ts';

/** As whom a kubeconfig lets its owner in. */
export type UserChoice =
  | { readonly kind: 'admin' }
  | { readonly kind: 'keystone' }
  | { readonly kind: 'account'; readonly account: ServiceAccountName };

/** Names that Kubernetes takes for namespaces, and for service accounts with dots between parts. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const ACCOUNT = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Reads `--user`. @throws InvalidArgumentError, which commander prints with the name of the flag */
export function userChoice(text: string): UserChoice {
  if (text === 'admin' || text === 'keystone') return { kind: text };
  const [, namespace = '', name = ''] = /^sa:([^/]*)\/([^/]*)$/.exec(text) ?? [];
  if (!NAMESPACE.test(namespace) || !ACCOUNT.test(name))
    throw new InvalidArgumentError('Expected admin, keystone or sa:NAMESPACE/NAME.');
  return { kind: 'account', account: { namespace, name } };
}

/** As `--user` takes it. */
export const userText = (choice: UserChoice): string =>
  choice.kind === 'account' ? `sa:${choice.account.namespace}/${choice.account.name}` : choice.kind;

/** Whom an entry of ours lets in; undefined for one that somebody changed beyond recognition. */
export function choiceOf({ user }: Pick<StoredEntry, 'user'>): UserChoice | undefined {
  if (user.kind === 'certificate') return { kind: 'admin' };
  if (user.kind === 'plugin') return { kind: 'keystone' };
  return user.kind === 'token' && user.account !== undefined ? { kind: 'account', account: user.account } : undefined;
}

/** Name of the context and user: the administrator has the cluster's own. */
export const contextName = (cluster: string, choice: UserChoice): string =>
  choice.kind === 'admin'
    ? cluster
    : choice.kind === 'keystone'
      ? `${cluster}-keystone`
      : `${cluster}-${choice.account.namespace}-${choice.account.name}`;
