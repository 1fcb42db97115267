import { describe, expect, it } from '@jest/globals';

import { testPlan } from '../test-plan.ts';
import { glanceConfiguration } from './glance.ts';
import { apacheConfiguration, kdcConfiguration, krb5Configuration } from './kerberos.ts';
import { keystoneConfiguration } from './keystone.ts';
import { magnumConfiguration } from './magnum.ts';
import { novaConfiguration } from './nova.ts';
import { rabbitEnvironment } from './rabbitmq.ts';
import { proxyConfiguration, storageConfiguration, swiftConfiguration } from './swift.ts';
import { uwsgiConfiguration } from './uwsgi.ts';

const plan = testPlan();
const texts: Readonly<Record<string, string>> = {
  keystone: keystoneConfiguration(plan),
  magnum: magnumConfiguration(plan),
  nova: novaConfiguration(plan),
  glance: glanceConfiguration(plan),
  'swift.conf': swiftConfiguration(plan),
  'swift proxy': proxyConfiguration(plan),
  'swift storage': storageConfiguration(plan, 'object'),
};

/** The value of a key in a section. */
function valueOf(text: string, section: string, key: string): string | undefined {
  const [, rest = ''] = text.split(`[${section}]\n`);
  const [body = ''] = rest.split('\n[');
  return new RegExp(`^${key} = (.*)$`, 'm').exec(body)?.[1];
}

describe('the configuration of every service', () => {
  it.each(Object.entries(texts))('%s keeps its files below the root and listens nowhere else', (_name, text) => {
    const foreign = [...text.matchAll(/(?<![\w:/.])\/(?!r\/|etc\/(magnum|glance)\/)[a-z]\S*/g)].map(([path]) => path);
    expect(foreign).toEqual([]);
    const addresses = [...text.matchAll(/\d+\.\d+\.\d+\.\d+/g)].map(([address]) => address);
    expect(addresses.filter((address) => address !== '127.0.0.1' && address !== plan.address)).toEqual([]);
  });

  it.each(['magnum', 'nova', 'glance'])('%s logs in at Keystone as a user of the services', (name) => {
    const text = texts[name] ?? '';
    expect(valueOf(text, 'keystone_authtoken', 'auth_url')).toBe('http://10.99.255.1:7000/v3');
    expect(valueOf(text, 'keystone_authtoken', 'password')).toBe('secret-of-services');
  });
});

describe('Magnum', () => {
  it('makes trusts in its own domain and asks the internet for nothing', () => {
    const text = magnumConfiguration(plan);
    expect(valueOf(text, 'trust', 'trustee_domain_admin_password')).toBe('secret-of-domainAdmin');
    expect(valueOf(text, 'certificates', 'cert_manager_type')).toBe('x509keypair');
    expect(valueOf(text, 'cluster', 'etcd_discovery_service_endpoint_format')).toContain(plan.address);
    expect(valueOf(text, 'heat_client', 'endpoint_type')).toBe('publicURL');
  });
});

describe('Swift', () => {
  it('checks tokens before it reads signatures, and what they allow after that', () => {
    const pipeline = valueOf(proxyConfiguration(plan), 'pipeline:main', 'pipeline')?.split(' ') ?? [];
    const order = ['authtoken', 's3api', 's3token', 'keystoneauth', 'proxy-server'].map((name) =>
      pipeline.indexOf(name),
    );
    expect(order.every((position) => position >= 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('lets only the proxy be reached from pods', () => {
    expect(valueOf(proxyConfiguration(plan), 'DEFAULT', 'bind_ip')).toBe(plan.address);
    expect(valueOf(storageConfiguration(plan, 'account'), 'DEFAULT', 'bind_ip')).toBe('127.0.0.1');
  });
});

describe('RabbitMQ', () => {
  it('stays on the loopback device, its name server too', () => {
    const environment = rabbitEnvironment(plan);
    expect(environment['RABBITMQ_NODE_IP_ADDRESS']).toBe('127.0.0.1');
    expect(environment['ERL_EPMD_ADDRESS']).toBe('127.0.0.1');
    expect(environment['RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS']).toContain('inet_dist_use_interface {127,0,0,1}');
  });
});

describe('Kerberos', () => {
  it('asks nobody outside, neither for names nor for tickets', () => {
    expect(krb5Configuration(plan)).toMatch(/dns_lookup_kdc = false[^]*kdc = 127\.0\.0\.1:7012/);
    expect(kdcConfiguration(plan)).toMatch(/kdc_listen = 127\.0\.0\.1:7012\n[^]*kdc_tcp_listen = 127\.0\.0\.1:7012/);
  });

  it('wants a ticket for a token only, and stays on the loopback device', () => {
    const text = apacheConfiguration(plan, '/readable');
    expect(text).toContain('Listen 127.0.0.1:7013');
    expect(text).toMatch(/<Location \/v3\/auth\/tokens>[^]*<Limit POST>\n *Require valid-user/);
    expect(text).toContain('ProxyPass / uwsgi://127.0.0.1:7014/');
  });
});

describe('uwsgi', () => {
  const program = { file: '/p', listen: '127.0.0.1:1', processes: 1, threads: 2, folder: '/r/run' };

  it('ends at SIGTERM and leaves no worker behind', () => {
    const text = uwsgiConfiguration(program);
    expect(valueOf(text, 'uwsgi', 'die-on-term')).toBe('true');
    expect(valueOf(text, 'uwsgi', 'no-orphans')).toBe('true');
    expect(text).not.toContain('pyargv');
  });

  it('hands arguments to the program', () => {
    expect(valueOf(uwsgiConfiguration({ ...program, args: '--config-file /c' }), 'uwsgi', 'pyargv')).toBe(
      '--config-file /c',
    );
  });
});
