import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

import { exitCodeMeaning } from '../../../openstack/exit-code.ts';
import { allCases, withTable } from './failures-table.ts';

/** What must have a designed answer: everything in which OpenStack says no to these commands. */
const ROWS = [
  'wrong password/secret/expired credential',
  'no project role / wrong project',
  'no Kerberos ticket',
  'delegated login for create on a trust-making Magnum',
  'EC2 refused',
  'Magnum quota',
  'Nova quota at build',
  'unknown template/flavor/keypair',
  'CREATE_FAILED',
  'interrupted (Ctrl-C, crash, network)',
  'name taken',
  'delete stuck',
  'CA rotated, cert expired or soon',
  'api_address missing or private',
  'conductor/RPC down',
  'region/interface missing in catalog',
  'private CA',
  'clock skew',
  'bucket exists elsewhere / name invalid',
  'S3 endpoint with other region',
  'microversion too low',
];

describe('the table of failures', () => {
  it('in docs/openstack.md is that of the cases', async () => {
    const page = await readFile(new URL('../../../docs/openstack.md', import.meta.url), 'utf8');
    expect(page).toBe(withTable(page));
  });

  it.each(ROWS)('has a case of %s', (row) => {
    expect(allCases.map((failure) => failure.row)).toContain(row);
  });

  it('has exit codes that mean something', () => {
    const known = exitCodeMeaning.map(([code]) => code as number);
    for (const { exitCode } of allCases) expect(known).toContain(exitCode);
  });
});
