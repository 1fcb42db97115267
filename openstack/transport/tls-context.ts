import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';

import { UserError } from '../../terminal/user-error.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { exitCode } from '../exit-code.ts';
import { authorities } from './authorities.ts';

/**
 * Whom connections to a cloud trust, and what they show: Node's authorities (NODE_EXTRA_CA_CERTS among them), the machine's,
 * and those of `cacert`. Made once: reading some hundred certificates takes a tenth of a second, so a cloud that speaks
 * plain HTTP goes without the machine's.
 * @throws UserError (exit 2) for a file that cannot be read or is no PEM
 */
export async function tlsContext({ tls, authUrl }: Pick<CloudConfig, 'tls' | 'authUrl'>): Promise<SecureContext> {
  const { caFile, certFile, keyFile } = tls;
  const [ca, cert, key] = await Promise.all([pem(caFile, 'cacert'), pem(certFile, 'cert'), pem(keyFile, 'key')]);
  try {
    return createSecureContext({
      ...(ca === undefined && authUrl.startsWith('http:') ? {} : { ca: authorities(ca) }),
      ...(cert === undefined ? {} : { cert }),
      // A file with both, as OpenStack's own client allows.
      ...(cert === undefined ? {} : { key: key ?? cert }),
    });
  } catch (error) {
    const files = [certFile, keyFile].filter((file) => file !== undefined).join(' and ');
    throw new UserError(`cert and key (${files}) cannot be used: ${messageOf(error)}`, {
      exitCode: exitCode.usage,
      cause: error,
    });
  }
}

async function pem(file: string | undefined, key: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readPem(file, key);
  if (text.includes('-----BEGIN ')) return text;
  throw new UserError(`${key} names ${file}, which is no PEM file`, { exitCode: exitCode.usage });
}

async function readPem(file: string, key: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`${key} names a file that cannot be read: ${messageOf(error)}`, {
      exitCode: exitCode.usage,
      cause: error,
    });
  }
}

/** Without `instanceof`: errors of Node may come from another realm. */
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
