import { describe, expect, it } from '@jest/globals';

import { profilePlaces } from './load-profile.ts';
import { parseProfile } from './parse-profile.ts';

const full = `
cloud: cern
kube:
  template: kubernetes-1.32
  nodeCount: 3
  masterCount: 1
  flavor: m2.large
  masterFlavor: m2.medium
  keypair: mine
  labels: { auto_healing_enabled: "true" }
  createTimeoutMinutes: 90
spark:
  namespace: spark-operator
  jobNamespaces: [team-a, team-b]
  chart: oci://registry.example.org/charts/spark-operator
  values: { image: { registry: registry.example.org } }
  s3: { endpoint: "https://s3.example.org", region: cern, bucket: logs, pathStyle: true }
history:
  service: NodePort
  ingressHost: history.example.org
`;

describe('site profile', () => {
  it('has every key that is documented', () => {
    expect(parseProfile(full, 'f')).toEqual({
      cloud: 'cern',
      kube: {
        template: 'kubernetes-1.32',
        nodeCount: 3,
        masterCount: 1,
        flavor: 'm2.large',
        masterFlavor: 'm2.medium',
        keypair: 'mine',
        labels: { auto_healing_enabled: 'true' },
        createTimeoutMinutes: 90,
      },
      spark: {
        namespace: 'spark-operator',
        jobNamespaces: ['team-a', 'team-b'],
        chart: 'oci://registry.example.org/charts/spark-operator',
        values: { image: { registry: 'registry.example.org' } },
        s3: { endpoint: 'https://s3.example.org', region: 'cern', bucket: 'logs', pathStyle: true },
      },
      history: { service: 'NodePort', ingressHost: 'history.example.org' },
    });
  });

  it.each(['', '# nothing yet', '{}'])('may be as empty as %j', (text) => {
    expect(parseProfile(text, 'f')).toEqual({ kube: {}, spark: { s3: {} }, history: {} });
  });

  const refused: Record<string, { given: string; want: string }> = {
    'an unknown key, with the nearest': {
      given: 'kube: { nodecount: 3 }',
      want: 'f: kube.nodecount is unknown: is it kube.nodeCount?',
    },
    'an unknown key that resembles none, with all': {
      given: 'zebra: striped',
      want: 'f: zebra is unknown; known are cloud, kube, spark, history',
    },
    'a key of the prototype': { given: 'constructor: a', want: 'f: constructor is unknown' },
    'a number in words': { given: 'kube: { nodeCount: three }', want: 'f: kube.nodeCount must be a whole number' },
    'no nodes at all': { given: 'kube: { nodeCount: 0 }', want: 'f: kube.nodeCount must be a whole number' },
    'a label that is no text': {
      given: 'kube: { labels: { auto_healing_enabled: true } }',
      want: 'f: kube.labels must be a map of texts',
    },
    'a service of no kind': {
      given: 'history: { service: Ingress }',
      want: 'f: history.service must be one of ClusterIP, NodePort, LoadBalancer',
    },
    'a section that is a list': { given: 'spark: [a]', want: 'f: spark must be a map' },
    'a key without a value': { given: 'spark: { chart: }', want: 'f: spark.chart has no value' },
    'a file that is no map': { given: '- a', want: 'f: the file must be a map' },
    'a file that is no YAML': { given: 'a: [', want: 'f is not YAML: ' },
    'several at once, each on its line': { given: 'colour: a\nkube: 1', want: '\nf: kube must be a map' },
  };

  it.each(Object.entries(refused))('refuses %s', (_name, { given, want }) => {
    expect(() => parseProfile(given, 'f')).toThrow(want);
  });

  const world = { env: {}, home: '/home/me', workingFolder: '/folder/here' };

  it('is looked for here, then at home, then at the site', () => {
    expect(profilePlaces(world, undefined)).toEqual({
      files: [
        '/folder/here/opsparkctl.yaml',
        '/home/me/.config/opsparkctl/opsparkctl.yaml',
        '/etc/opsparkctl/opsparkctl.yaml',
      ],
      mustExist: false,
    });
  });

  it('is the one that is named, by the flag before the variable', () => {
    const named = { ...world, env: { OPSPARKCTL_PROFILE: '/site.yaml' } };
    expect(profilePlaces(named, undefined)).toEqual({ files: ['/site.yaml'], mustExist: true });
    expect(profilePlaces(named, 'mine.yaml')).toEqual({ files: ['/folder/here/mine.yaml'], mustExist: true });
  });
});
