import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { describeRules, violationsOf } from '../../test/violations.ts';
import { checkOpenParts, checkPodParts } from './open-parts.ts';
import { validate } from './validate.ts';
import { violationText } from './violation.ts';

/** A piece of specification as it comes over the wire. */
const sent = (role: object, spec: object = {}): SparkApplicationSpec => ({ ...anApp().spec, ...spec, driver: role });

const inTemplate = (spec: object): SparkApplicationSpec => sent({ template: { spec } });

interface Case {
  readonly given: SparkApplicationSpec;
  readonly unknown?: readonly string[];
  readonly wrong?: readonly string[];
}

const container = 'spec.driver.template.spec.containers[0]';

const cases: Record<string, Case> = {
  'a slip in the name of a field': {
    given: sent({ affinity: { nodeAfinity: {} } }),
    unknown: ['spec.driver.affinity.nodeAfinity: unknown field: did you mean nodeAffinity?'],
  },
  'a field in the wrong case': {
    given: sent({ securityContext: { runasuser: 1 } }),
    unknown: ['spec.driver.securityContext.runasuser: unknown field: did you mean runAsUser?'],
  },
  'a field that is nowhere near any other': {
    given: sent({ tolerations: [{ key: 'a' }, { colour: 'red' }] }),
    unknown: ['spec.driver.tolerations[1].colour: unknown field: check its name and place'],
  },
  'the deepest key of an affinity': {
    given: sent({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 1, operator: 'In', values: ['a', true] }] }],
          },
        },
      },
    }),
    wrong: [
      'spec.driver.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: must be a text, not 1: put it in quotes',
      'spec.driver.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[1]: must be a text, not true: put it in quotes',
    ],
  },
  'a text for a whole number': {
    given: sent({ podSecurityContext: { fsGroup: '185' } }),
    wrong: ['spec.driver.podSecurityContext.fsGroup: must be a whole number, not "185"'],
  },
  'a number that is not whole, or too large for its field': {
    given: inTemplate({ priority: 1.5, terminationGracePeriodSeconds: 2 ** 40, activeDeadlineSeconds: 2 ** 31 }),
    wrong: ['spec.driver.template.spec.priority: must be a whole number, not 1.5'],
  },
  'a number beyond 32 bits': {
    given: inTemplate({ priority: 2 ** 31 }),
    wrong: ['spec.driver.template.spec.priority: must be a whole number, not 2147483648'],
  },
  'an object for a list, a list for an object': {
    given: inTemplate({ containers: [{ name: 'a', env: { A: 'b' }, securityContext: [] }] }),
    wrong: [
      `${container}.env: must be a list, not an object: begin each item with a dash`,
      `${container}.securityContext: must be an object, not a list`,
    ],
  },
  'maps of texts with numbers': {
    given: sent({ template: { metadata: { labels: { version: 4 } }, spec: { nodeSelector: { 'a.b/c': true } } } }),
    wrong: [
      'spec.driver.template.metadata.labels["version"]: must be a text, not 4: put it in quotes',
      'spec.driver.template.spec.nodeSelector["a.b/c"]: must be a text, not true: put it in quotes',
    ],
  },
  'numbers and texts where both are possible': {
    given: sent({
      sidecars: [
        { name: 'a', livenessProbe: { httpGet: { port: 80 } }, resources: { limits: { cpu: 1, memory: '1Gi' } } },
        { name: 'b', livenessProbe: { httpGet: { port: 'web' } }, resources: { requests: { cpu: '1 core' } } },
      ],
    }),
    wrong: ['spec.driver.sidecars[1].resources.requests["cpu"]: must be a quantity such as 500m or 2Gi, not "1 core"'],
  },
  'a moment that is none': {
    given: sent({ template: { metadata: { creationTimestamp: 'yesterday' } } }),
    wrong: [
      'spec.driver.template.metadata.creationTimestamp: must be a moment such as 2026-01-31T08:00:00Z, not "yesterday"',
    ],
  },
  'a container without a name': {
    given: inTemplate({ containers: [{ image: 'x' }] }),
    wrong: [`${container}.name: is missing: the API server refuses a pod without it`],
  },
  'an empty item of a list': {
    given: sent({ initContainers: [null] }),
    wrong: ['spec.driver.initContainers[0]: is empty: fill it in or remove it'],
  },
  'volumes of the application': {
    given: sent({}, { volumes: [{ name: 'a', nfs: { serve: 'b', path: '/' } }] }),
    unknown: ['spec.volumes[0].nfs.serve: unknown field: did you mean server?'],
    wrong: ['spec.volumes[0].nfs.server: is missing: the API server refuses a pod without it'],
  },
  'executors are looked at as drivers are': {
    given: {
      ...anApp().spec,
      executor: JSON.parse('{"lifecycle": {"preStop": {"exec": {"command": "x"}}}}') as object,
    },
    wrong: ['spec.executor.lifecycle.preStop.exec.command: must be a list, not a text: begin each item with a dash'],
  },
  'null is not said': { given: sent({ affinity: null, template: { spec: { containers: null, volumes: null } } }) },
  'a template without containers, and one that says nothing': { given: inTemplate({}) },
  'parts that are no objects at all': {
    given: sent({ template: 1, dnsConfig: 'x' }),
    wrong: [
      'spec.driver.template: must be an object, not a number',
      'spec.driver.dnsConfig: must be an object, not a text',
    ],
  },
  'keys that every object of JavaScript knows': {
    given: JSON.parse(
      '{"driver": {"affinity": {"__proto__": {"a": 1}, "constructor": {}, "toString": 1}, "template": {"metadata": {"labels": {"__proto__": "x"}}}}}',
    ) as SparkApplicationSpec,
    unknown: [
      'spec.driver.affinity.__proto__: unknown field: check its name and place',
      'spec.driver.affinity.constructor: unknown field: check its name and place',
      'spec.driver.affinity.toString: unknown field: check its name and place',
    ],
  },
};

describe('checkOpenParts', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, unknown = [], wrong = [] }) => {
    const found = checkOpenParts(given);
    expect(found.unknown.map(violationText)).toEqual(unknown);
    expect(found.wrong.map(violationText)).toEqual(wrong);
  });

  it('tells the path from where it was asked', () => {
    const { wrong } = checkOpenParts(sent({ affinity: 1 }), 'spec.template');
    expect(wrong.map(({ field }) => field)).toEqual(['spec.template.driver.affinity']);
  });

  it('stops counting where nobody reads on', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ [`x${index}`]: index, key: index }));
    const { unknown, wrong } = checkPodParts(many, 'Toleration[]', 'spec.tolerations');
    expect(unknown.length + wrong.length).toBe(50);
  });

  it('does not go through lists that are longer than any pod’s', () => {
    const many = Array.from({ length: 100_000 }, () => ({ colour: 'red' }));
    const { unknown, wrong } = checkPodParts(many, 'Toleration[]', 'spec.tolerations');
    expect([...unknown, ...wrong].map(violationText)).toEqual([
      'spec.tolerations: has 100000 items: 1000 at most are possible',
    ]);
  });

  it('does not follow keys that it does not know, however deep', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`) as unknown;
    expect(checkPodParts(deep, 'Affinity', 'a').unknown.map(({ field }) => field)).toEqual(['a.a']);
  });
});

describe('validate', () => {
  it('tells of a wrong shape alone, for no other rule can read it', () => {
    const app = { ...anApp(), spec: sent({ cores: 0, sidecars: [{ name: 'a', volumeMounts: {} }] }) };
    expect(validate(app).map(({ rule }) => rule)).toEqual(['partMisshapen']);
  });

  it('leaves unknown keys to the way of validation that the user chose', () => {
    expect(validate({ ...anApp(), spec: sent({ affinity: { nodeAfinity: {} } }) })).toEqual([]);
  });
});

describeRules({
  templateNamespaceOfOthers: {
    'a template of another namespace': [
      { driver: { template: { metadata: { namespace: 'kube-system' } } } },
      'spec.driver.template.metadata.namespace: must be the namespace of the application: leave it out, and create the application in namespace "kube-system" to run it there',
    ],
    'a template of the application’s own': [{ executor: { template: { metadata: { namespace: 'default' } } } }],
  },
});

it('takes neighbours in other namespaces, which are only looked at', () => {
  const term = { topologyKey: 'zone', namespaces: ['team-b'], namespaceSelector: {} };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  expect(violationsOf('partMisshapen', { spec: { driver: { affinity } } })).toEqual([]);
});

it('refuses lists that are longer than any application’s', () => {
  const configMaps = Array.from({ length: 1001 }, (_, index) => ({ name: 'a', path: `/${index}` }));
  expect(violationsOf('partMisshapen', { spec: { driver: { configMaps } } })).toEqual([
    'spec.driver.configMaps: has 1001 items: 1000 at most are possible',
  ]);
});

it('refuses maps and dependencies that are larger than any application’s, and looks no further', () => {
  const sparkConf = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`spark.${index}`, '']));
  const jars = Array.from({ length: 1001 }, () => 'not a URI');
  expect(violationsOf('partMisshapen', { spec: { sparkConf, deps: { jars } } })).toEqual([
    'spec.deps.jars: has 1001 items: 1000 at most are possible',
    'spec.sparkConf: has 2001 keys: 2000 at most are possible',
  ]);
});
