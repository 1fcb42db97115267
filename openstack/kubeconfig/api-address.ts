import { BlockList, isIP } from 'node:net';

import { UserError } from '../../terminal/user-error.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';

/** Where the API server is, and what a person should know about it. */
export interface ApiAddress {
  readonly server: string;
  readonly warning: string | undefined;
}

/** Kept for ever without an address (RFC 6761): who uses it is told at once that the name does not exist. */
const UNKNOWN_ADDRESS = 'https://api-address-unknown.invalid:6443';

/**
 * The URL for a kubeconfig: the one that a person gives, else Magnum's. A kubeconfig is written even where Magnum knows no
 * address or a private one: the warning says what to do then.
 * @param override as `serverUrl` reads it
 * @throws UserError with exit code 2 for an override that cannot be read
 */
export function apiAddress(
  { name, api_address: told }: Pick<Cluster, 'name' | 'api_address'>,
  override: string | undefined,
  proxied = false,
): ApiAddress {
  if (override !== undefined) return { server: given(override), warning: undefined };
  const server = serverUrl(told ?? '');
  if (server === undefined) return { server: UNKNOWN_ADDRESS, warning: unknownWarning(name) };
  return {
    server,
    warning: isPrivate(new URL(server).hostname) && !proxied ? privateWarning(name, server) : undefined,
  };
}

function given(override: string): string {
  const server = serverUrl(override);
  if (server !== undefined) return server;
  throw new UserError(`--api-address "${override}" is neither a URL nor a host: give one like https://192.0.2.7:6443`, {
    exitCode: exitCode.usage,
  });
}

const unknownWarning = (name: string): string =>
  `Magnum does not know the address of the API server of "${name}": give it with --api-address, or repeat this command ` +
  'with --renew when "opsparkctl status" shows one';

const privateWarning = (name: string, server: string): string =>
  `The API server of "${name}" has the private address ${server}: where it cannot be reached, go through a proxy (--proxy ` +
  'socks5://HOST:1080), or give another address (--api-address)';

/**
 * The URL of an API server: from a URL, or a host with or without a port; https and 6443 unless it says otherwise. Undefined
 * when it cannot be read.
 */
export function serverUrl(address: string): string | undefined {
  const text = address.trim();
  const whole = /^https?:\/\//i.test(text);
  const candidate = whole ? text : `https://${text}`;
  if (text === '' || !URL.canParse(candidate)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(candidate);
  const shownPort = port !== '' ? `:${port}` : whole ? '' : ':6443';
  return `${protocol}//${hostname}${shownPort}${pathname.replace(/\/$/, '')}`;
}

/** Addresses that routers of the Internet do not carry: RFC 1918, RFC 6598, link-local, RFC 4193. */
const privateAddresses = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  privateAddresses.addSubnet(net, prefix);
privateAddresses.addSubnet('fc00::', 7, 'ipv6');
privateAddresses.addSubnet('fe80::', 10, 'ipv6');

function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  return family !== 0 && privateAddresses.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
