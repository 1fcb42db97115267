import { describe, expect, it } from '@jest/globals';

import { type ClusterWishes, wishesOf } from './cluster-wishes.ts';
import { contradictions } from './contradictions.ts';
import { ORDER_LABEL, orderOf } from './order.ts';

const wishes = (changes: Partial<ClusterWishes> = {}): ClusterWishes => ({ ...wishesOf('demo', {}, {}), ...changes });

describe('an order', () => {
  it('leaves to the template what nobody wished, and keeps its labels', () => {
    expect(orderOf(wishes(), 't-uuid')).toEqual({
      name: 'demo',
      cluster_template_id: 't-uuid',
      labels: { [ORDER_LABEL]: expect.stringMatching(/^[0-9a-f]{12}$/) },
      merge_labels: true,
    });
  });

  it('says everything that was wished', () => {
    const all = wishesOf(
      'demo',
      {
        nodes: 2,
        masters: 3,
        flavor: 'f',
        masterFlavor: 'm',
        keypair: 'k',
        createTimeout: 90,
        floatingIp: false,
        masterLb: true,
        network: 'n',
        subnet: 's',
        dockerVolumeSize: 50,
        label: { a: '1' },
      },
      {},
    );
    expect(orderOf(all, 't')).toMatchObject({
      node_count: 2,
      master_count: 3,
      flavor_id: 'f',
      master_flavor_id: 'm',
      keypair: 'k',
      create_timeout: 90,
      floating_ip_enabled: false,
      master_lb_enabled: true,
      fixed_network: 'n',
      fixed_subnet: 's',
      docker_volume_size: 50,
      labels: { a: '1' },
    });
  });

  it('has the same hash again, and another one for another order', () => {
    const hash = (changes: Partial<ClusterWishes>, template = 't') =>
      orderOf(wishes(changes), template).labels?.[ORDER_LABEL];
    expect(hash({ nodeCount: 2, labels: { a: '1', b: '2' } })).toBe(hash({ labels: { b: '2', a: '1' }, nodeCount: 2 }));
    const others = [hash({}), hash({ nodeCount: 2 }), hash({ labels: { a: '1' } }), hash({ name: 'x' }), hash({}, 'u')];
    expect(new Set(others).size).toBe(others.length);
  });

  it('takes flags before the site profile, and labels of both', () => {
    const profile = { template: 'site', nodeCount: 5, labels: { a: 'site', b: 'site' } };
    expect(wishesOf('demo', { nodes: 2, label: { a: 'flag' } }, profile)).toMatchObject({
      template: 'site',
      nodeCount: 2,
      labels: { a: 'flag', b: 'site' },
    });
  });
});

describe('a cluster that exists', () => {
  const cluster = {
    uuid: 'u',
    name: 'demo',
    status: 'CREATE_COMPLETE',
    cluster_template_id: 't',
    node_count: 2,
    master_count: 1,
    keypair: 'mine',
    labels: { a: '1' },
  };

  it('contradicts nothing that nobody wished', () => {
    expect(contradictions(cluster, wishes(), undefined)).toEqual([]);
  });

  it('contradicts no wish that it fulfils', () => {
    const fulfilled = wishes({ nodeCount: 2, masterCount: 1, keypair: 'mine', labels: { a: '1' } });
    expect(contradictions(cluster, fulfilled, 't')).toEqual([]);
  });

  it('contradicts each wish that it does not fulfil', () => {
    const others = wishes({ nodeCount: 3, masterCount: 3, keypair: 'other', labels: { a: '2', b: '1' } });
    expect(contradictions(cluster, others, 'u')).toEqual([
      'template: it has t, wished is u',
      'nodes: it has 2, wished is 3',
      'masters: it has 1, wished is 3',
      'keypair: it has mine, wished is other',
      'label a: it has 1, wished is 2',
      'label b: it has none, wished is 1',
    ]);
  });
});
