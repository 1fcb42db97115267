import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import type { Finding } from '../../openstack/doctor/finding.ts';
import { runOpsparkctl } from './run-opsparkctl.ts';

// The S3 client is loaded and compiled with the first use: seconds on a busy machine.
jest.setTimeout(60_000);

let fake: FakeCloud;

beforeAll(async () => {
  fake = await startFakeCloud({ policy: 'patched', clusterCount: 3, quotas: { clusters: 3 } });
});
afterEach(() => fake.heal());
afterAll(() => fake.close());

interface Report {
  readonly code: number;
  readonly findings: readonly Finding[];
  readonly table: string;
}

const doctor = async (cloudName: string, ...flags: readonly string[]): Promise<Report> => {
  const cloud = { cloudsFile: fake.cloudsFile, cloudName };
  const { code, out, err } = await runOpsparkctl(['doctor', '-o', 'json', ...flags], { cloud });
  expect(err).toBe('');
  for (const secret of fake.secrets()) expect(out).not.toContain(secret);
  const table = (await runOpsparkctl(['doctor', ...flags], { cloud })).out;
  return { code, findings: (JSON.parse(out) as { readonly findings: readonly Finding[] }).findings, table };
};

const levelOf = (findings: readonly Finding[], check: string): readonly string[] =>
  findings.flatMap((finding) => (finding.check === check && finding.level !== 'ok' ? [finding.level] : []));

describe('doctor', () => {
  it('tells login, services, driver, quotas and store of a cloud, makes nothing, and names what is exhausted', async () => {
    fake.forget();
    const { code, findings, table } = await doctor('demo');
    const checks = [
      'cloud',
      'login',
      'project',
      'roles',
      'clock',
      'catalog',
      'magnum',
      'delegation',
      'quota',
      's3 keys',
    ];
    expect([...new Set(findings.map(({ check }) => check))]).toEqual([...checks, 's3', 'helm', 'kubernetes']);
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([
      expect.objectContaining({ check: 'quota', said: 'clusters: 3 of 3 used', exitCode: 4 }),
    ]);
    expect(code).toBe(4);
    expect(table).toMatch(/^quota +problem +clusters: 3 of 3 used$/m);
    expect(table).toMatch(/What to do:\n- quota: delete a cluster/);
    const changing = fake.requests().filter(({ method, path }) => method !== 'GET' && !path.endsWith('/auth/tokens'));
    expect(changing).toEqual([]);
  });

  it('tries a key and a bucket out with --probe, and leaves neither', async () => {
    const { findings } = await doctor('demo', '--probe');
    expect(findings.find(({ check }) => check === 's3')?.said).toMatch(/written, read and listed in \d+ ms/);
    expect(fake.credentials().filter(({ kind }) => kind === 'ec2')).toEqual([]);
    expect(fake.buckets()).toEqual([]);
  });

  it('sees that a Keystone with the fixes of 2026 gives an application credential neither S3 keys nor trusts', async () => {
    const { findings } = await doctor('demo-app-unrestricted');
    expect(levelOf(findings, 's3 keys')).toEqual(['warning']);
    expect(levelOf(findings, 'delegation')).toEqual(['problem']);
  });

  it('goes on when one service fails', async () => {
    fake.fail({ service: 'compute' }, { status: 503 }, 99);
    const { findings } = await doctor('demo');
    expect(levelOf(findings, 'quota')).toEqual(['problem', 'problem']);
    expect(findings.filter(({ check }) => check === 'magnum').length).toBeGreaterThan(2);
  });

  it.each([
    ['demo-wrong', 'login', 3],
    ['demo-unscoped', 'login', 2],
    ['nobody-wrote-this', 'cloud', 2],
  ])('says of the entry %s why there is no login, and still looks at the tools', async (name, check, want) => {
    const { code, findings } = await doctor(name);
    expect(code).toBe(want);
    expect(levelOf(findings, check)).toEqual(['problem']);
    expect(findings.map((finding) => finding.check)).toEqual(expect.arrayContaining(['helm', 'kubernetes']));
  });

  it('takes a kubeconfig that leads nowhere for a warning', async () => {
    const cloud = { cloudsFile: fake.cloudsFile, cloudName: 'demo' };
    const { out } = await runOpsparkctl(['doctor', '--kubeconfig', '/dev/null'], { cloud });
    expect(out).toMatch(/^kubernetes +warning/m);
  });
});
