import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { materialOf } from '../../certificates/material.ts';
import { verifies } from '../../certificates/verify.ts';
import { printedSecret } from './gencerts.ts';
import { type GencertsOptions, parseOptions, UsageError } from './options.ts';

const accepted: Record<string, { given: readonly string[]; want: Partial<GencertsOptions> }> = {
  'the names of a release called spark-operator': {
    given: [],
    want: {
      namespace: 'spark-operator',
      service: 'spark-operator-webhook-svc',
      secret: 'spark-operator-webhook-certs',
      configuration: 'spark-operator-webhook',
      leafDays: 90,
      force: false,
      dryRun: false,
    },
  },
  'short flags': { given: ['-n', 'a', '-s', 'b', '-r', 'c'], want: { namespace: 'a', service: 'b', secret: 'c' } },
  '-o yaml prints only': { given: ['-o', 'yaml'], want: { dryRun: true } },
  '--dry-run prints only': { given: ['--dry-run', '--force'], want: { dryRun: true, force: true } },
  days: { given: ['--days=30', '--ca-days', '60'], want: { leafDays: 30, authorityDays: 60 } },
};

const refused: Record<string, { given: readonly string[]; want: RegExp }> = {
  'no number of days': { given: ['--days', 'soon'], want: /--days must be a whole number of days .* got "soon"/ },
  'an authority that ends first': { given: ['--days=90', '--ca-days=30'], want: /--ca-days must be at least --days/ },
  'another output': { given: ['-o', 'json'], want: /--output must be yaml, got "json"/ },
  'a name that is none': { given: ['-s', 'Not_A_Name'], want: /--service must be a Kubernetes name/ },
  'an unknown flag': { given: ['--in-pod'], want: /in-pod/ },
};

describe('the options of gencerts', () => {
  it.each(Object.entries(accepted))('%s', (_name, { given, want }) => {
    expect(parseOptions(given)).toMatchObject(want);
  });
  it.each(Object.entries(refused))('refuse %s', (_name, { given, want }) => {
    expect(() => parseOptions(given)).toThrow(UsageError);
    expect(() => parseOptions(given)).toThrow(want);
  });
  it('know when only help is wanted', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });
});

describe('a dry run', () => {
  it('prints a Secret that serves', async () => {
    const options = parseOptions(['-n', 'ns', '-s', 'svc', '-r', 'certs', '--dry-run']);
    if (options === undefined) throw new Error('These are no help');
    const nowMs = Date.UTC(2026, 5, 1);
    // What was printed by this program is a Secret.
    const secret = parse(await printedSecret(options, nowMs)) as {
      stringData: Record<string, string>;
      metadata: object;
    };
    expect(secret.metadata).toEqual({ namespace: 'ns', name: 'certs' });
    const { authoritiesPem = '', certificatePem = '' } = materialOf(secret.stringData) ?? {};
    expect(verifies(authoritiesPem, certificatePem, nowMs, 'svc.ns.svc')).toBe(true);
  });
});
