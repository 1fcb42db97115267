import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { CLOUD_NAMES, cloudsYaml } from './clouds-file.ts';
import { cloudFacts } from './facts.ts';
import type { CloudObjects } from './objects.ts';
import { testPlan } from './test-plan.ts';

const objects: CloudObjects = {
  projects: { demo: 'p1', 'demo-staging': 'p2', other: 'p3', service: 'p4' },
  users: { demo: 'u1', other: 'u2' },
  flavors: { 'm1.small': '1' },
  templates: { k8s: 't1' },
  image: 'i1',
  keypair: 'demo-key',
  applicationCredentials: {
    restricted: { id: 'a1', secret: 'secret-of-a1' },
    unrestricted: { id: 'a2', secret: 'secret-of-a2' },
  },
};

describe('cloudsYaml', () => {
  const { clouds } = parse(cloudsYaml(testPlan(), objects)) as {
    readonly clouds: Readonly<Record<string, { readonly auth_type: string; readonly auth: Record<string, string> }>>;
  };

  it('has an entry for each kind of login', () => {
    expect(Object.keys(clouds)).toEqual([...CLOUD_NAMES]);
    expect(clouds['demo']?.auth).toMatchObject({ username: 'demo', project_name: 'demo', password: 'secret-of-demo' });
    expect(clouds['other']?.auth).toMatchObject({ username: 'other', project_name: 'other' });
  });

  it('has one for a ticket where there is Kerberos, at the name that tickets are for', () => {
    const text = cloudsYaml(testPlan({ kerberos: true }), objects);
    expect(parse(text)).toMatchObject({
      clouds: { 'demo-kerberos': { auth_type: 'v3kerberos', auth: { auth_url: 'http://localhost:7013/v3' } } },
    });
  });

  it('asks for no scope with an application credential: Keystone refuses one', () => {
    expect(clouds['demo-app']).toMatchObject({ auth_type: 'v3applicationcredential' });
    expect(Object.keys(clouds['demo-app']?.auth ?? {}).toSorted()).toEqual([
      'application_credential_id',
      'application_credential_secret',
      'auth_url',
    ]);
  });
});

describe('cloudFacts', () => {
  it('hold no secret', () => {
    expect(JSON.stringify(cloudFacts(testPlan(), objects, 'c'))).not.toContain('secret-of');
  });
});
