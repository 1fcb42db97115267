import { describe, expect, it } from '@jest/globals';

import type { Role, RoleBinding } from '../../api/kubernetes.ts';
import { chartRolesOf, serviceAccountObjects, type ChartRoles } from './service-account-objects.ts';

const account = { namespace: 'team-a', name: 'alice' };
const chartRoles: ChartRoles = { view: 'spark-operator-view', edit: 'spark-operator-edit' };

const objects = (roles: ChartRoles | undefined) => serviceAccountObjects(account, roles).map(({ object }) => object);

/** The kinds tell the shapes. */
const roleOf = (roles: ChartRoles | undefined): Role => objects(roles).find(({ kind }) => kind === 'Role') as Role;
const bindingsOf = (roles: ChartRoles | undefined): readonly RoleBinding[] =>
  objects(roles).filter(({ kind }) => kind === 'RoleBinding') as RoleBinding[];

describe('the account of a Spark user', () => {
  it('has everything in its namespace', () => {
    for (const { metadata } of [...objects(undefined), ...objects(chartRoles)])
      expect(metadata?.namespace).toBe('team-a');
    expect(objects(undefined).map(({ kind, metadata }) => `${kind ?? ''} ${metadata?.name ?? ''}`)).toEqual([
      'ServiceAccount alice',
      'Role opsparkctl-spark-user',
      'RoleBinding alice-opsparkctl-spark-user',
    ]);
  });

  it("is bound to the chart's roles where they are", () => {
    expect(bindingsOf(chartRoles).map(({ roleRef }) => `${roleRef.kind} ${roleRef.name}`)).toEqual([
      'Role opsparkctl-spark-user',
      'ClusterRole spark-operator-view',
      'ClusterRole spark-operator-edit',
    ]);
    for (const { subjects } of bindingsOf(chartRoles))
      expect(subjects).toEqual([{ kind: 'ServiceAccount', ...account }]);
    expect(JSON.stringify(roleOf(chartRoles).rules)).not.toContain('sparkapplications');
  });

  it('may do the same by a Role where they are not', () => {
    const rules = roleOf(undefined).rules ?? [];
    const kinds = rules.find(({ resources }) => resources?.includes('sparkapplications'));
    expect(kinds?.verbs).toEqual(expect.arrayContaining(['create', 'delete', 'get', 'watch']));
  });

  it('neither reads Secrets nor makes pods', () => {
    for (const roles of [undefined, chartRoles]) {
      const rules = roleOf(roles).rules ?? [];
      const named = rules.flatMap(({ resources }) => resources ?? []);
      for (const never of ['secrets', '*', 'pods/exec', 'serviceaccounts', 'configmaps'])
        expect(named).not.toContain(never);
      const onPods = rules.filter(({ resources }) => resources?.includes('pods')).flatMap(({ verbs }) => verbs);
      expect(onPods).toEqual(['get', 'list', 'watch']);
    }
  });
});

describe("the chart's roles", () => {
  const named = (...names: string[]) => names.map((name) => ({ metadata: { name } }));
  const cases: Record<string, { given: string[]; want: ChartRoles | undefined }> = {
    'are a pair': { given: ['a-view', 'a-edit'], want: { view: 'a-view', edit: 'a-edit' } },
    'are those of the first release': {
      given: ['b-edit', 'b-view', 'a-edit', 'a-view'],
      want: { view: 'a-view', edit: 'a-edit' },
    },
    'are none without their other half': { given: ['a-edit', 'b-view'], want: undefined },
    'may not be there': { given: [], want: undefined },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(chartRolesOf(named(...given))).toEqual(want);
  });
});
