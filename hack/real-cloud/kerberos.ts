import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ownFolder } from '../cluster/owned-folder.ts';
import { run } from '../run.ts';
import {
  apacheConfiguration,
  kdcConfiguration,
  kerberosFolder,
  krb5Configuration,
  PRINCIPALS,
  REALM,
} from './configuration/kerberos.ts';
import { places, type RigPlan } from './plan.ts';

/** The user of Apache's workers on Debian. */
const WWW_DATA = 33;

/** What Apache's workers must read: they cannot enter the folder of the cloud. Removed when the cloud ends. */
export function readableFolder(root: string): string {
  return join(tmpdir(), `spark-operator-kerberos-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
}

/** The environment of every program of Kerberos. Tickets are not remembered after their use: clocks differ by nothing here. */
export function kerberosEnvironment(root: string): Readonly<Record<string, string>> {
  return {
    KRB5_CONFIG: join(readableFolder(root), 'krb5.conf'),
    KRB5_KDC_PROFILE: join(places(root).configuration, 'kdc.conf'),
    KRB5RCACHENAME: 'none:',
  };
}

/** The environment of a program that logs in with demo's ticket. */
export function ticketEnvironment(root: string): { readonly KRB5_CONFIG: string; readonly KRB5CCNAME: string } {
  const ticket = `FILE:${join(kerberosFolder(root), 'demo.ticket')}`;
  return { KRB5_CONFIG: join(readableFolder(root), 'krb5.conf'), KRB5CCNAME: ticket };
}

/**
 * Makes a realm with two principals, their keys in files, and the configuration of the programs. When it ends with this
 * process, what a killed process leaves behind is found and removed by later ones.
 */
export async function makeRealm(plan: RigPlan, untilParentEnds: boolean): Promise<void> {
  const { root } = plan;
  const { configuration } = places(root);
  const readable = readableFolder(root);
  await rm(readable, { recursive: true, force: true });
  await mkdir(readable, { mode: 0o755 });
  if (untilParentEnds) await ownFolder(readable);
  await mkdir(kerberosFolder(root), { recursive: true, mode: 0o700 });
  await writeFile(join(readable, 'krb5.conf'), krb5Configuration(plan));
  await writeFile(join(configuration, 'kdc.conf'), kdcConfiguration(plan));
  await writeFile(join(configuration, 'apache.conf'), apacheConfiguration(plan, readable));
  const env = kerberosEnvironment(root);
  const password = randomBytes(20).toString('base64url');
  // Asked twice on standard input: arguments are seen by everybody.
  await run('/usr/sbin/kdb5_util', ['create', '-r', REALM, '-s'], { env, input: `${password}\n${password}\n` });
  const keys = { [PRINCIPALS.user]: keytab(root), [PRINCIPALS.service]: join(readable, 'http.keytab') };
  for (const [principal, file] of Object.entries(keys)) {
    const admin = (query: string): Promise<unknown> => run('/usr/sbin/kadmin.local', ['-q', query], { env });
    await admin(`addprinc -randkey ${principal}`);
    await admin(`ktadd -k ${file} ${principal}`);
  }
  await chown(join(readable, 'http.keytab'), WWW_DATA, WWW_DATA);
}

/** Gets demo a ticket, as a person's `kinit` does. */
export async function getTicket(root: string): Promise<void> {
  await run('/usr/bin/kinit', ['-k', '-t', keytab(root), PRINCIPALS.user], { env: ticketEnvironment(root) });
}

const keytab = (root: string): string => join(kerberosFolder(root), 'demo.keytab');
