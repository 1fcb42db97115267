import { existsSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Does the work while Debian's invoke-rc.d is told to start no service (exit code 101): packages that bring a daemon are
 * installed without it running. A policy of the machine's own is put aside and brought back.
 */
export async function withServiceStartsDenied<T>(work: () => Promise<T>, policy: string = POLICY): Promise<T> {
  const aside = `${policy}.put-aside`;
  // Left by a run that was killed: the machine's own policy, or none.
  if (existsSync(aside)) await rename(aside, policy);
  const hadPolicy = existsSync(policy);
  if (hadPolicy) await rename(policy, aside);
  await writeFile(policy, '#!/bin/sh\nexit 101\n');
  await chmod(policy, 0o755);
  try {
    return await work();
  } finally {
    await rm(policy, { force: true });
    if (hadPolicy) await rename(aside, policy);
  }
}
