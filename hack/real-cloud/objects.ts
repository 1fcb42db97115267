import { generateKeyPairSync } from 'node:crypto';

import { opensshPublicKey } from './openssh-key.ts';
import { authUrl, catalog, publicUrl, REGION, type RigPlan } from './plan.ts';
import { expectOk, logIn, textAt } from './rest.ts';

/** What is in the cloud from the beginning: ids and names that tests and people need. */
export interface CloudObjects {
  readonly projects: Readonly<Record<'demo' | 'demo-staging' | 'other' | 'service', string>>;
  readonly users: Readonly<Record<'demo' | 'other', string>>;
  readonly flavors: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly image: string;
  readonly keypair: string;
  readonly applicationCredentials: Readonly<Record<'restricted' | 'unrestricted', ApplicationCredential>>;
}

export interface ApplicationCredential {
  readonly id: string;
  readonly secret: string;
}

/** Calls of an administrator, with bodies in and texts out. */
type Post = (url: string, body: object, token?: string) => Promise<unknown>;

export const TEMPLATES = ['k8s', 'k8s-large'] as const;

/** Makes users, projects, services and endpoints: what every other service needs. Keystone must answer. */
export async function makeIdentities(plan: RigPlan): Promise<Pick<CloudObjects, 'projects' | 'users'>> {
  const { post, put } = await administrator(plan);
  const url = authUrl(plan);
  const create = async (kind: string, body: object): Promise<string> =>
    textAt(await post(`${url}/${kind}s`, { [kind]: body }), kind, 'id');
  const roles = await roleIds(plan);
  const role = async (name: string): Promise<string> => roles.get(name) ?? (await create('role', { name }));
  const grant = async (user: string, where: string, roleName: string): Promise<void> =>
    put(`${url}/${where}/users/${user}/roles/${await role(roleName)}`);

  const project = (name: string): Promise<string> => create('project', { name, domain_id: 'default' });
  const projects = {
    demo: await project('demo'),
    'demo-staging': await project('demo-staging'),
    other: await project('other'),
    service: await project('service'),
  };
  const user = (name: string, password: string, domain = 'default'): Promise<string> =>
    create('user', { name, password, domain_id: domain });
  const users = { demo: await user('demo', plan.secrets.demo), other: await user('other', plan.secrets.other) };
  await grant(users.demo, `projects/${projects.demo}`, 'member');
  await grant(users.demo, `projects/${projects['demo-staging']}`, 'member');
  await grant(users.other, `projects/${projects.other}`, 'member');

  const serviceRole = await create('role', { name: 'service' });
  roles.set('service', serviceRole);
  for (const name of ['magnum', 'nova', 'glance', 'swift']) {
    const id = await user(name, plan.secrets.services);
    await grant(id, `projects/${projects.service}`, 'admin');
    await grant(id, `projects/${projects.service}`, 'service');
  }
  const domain = await create('domain', { name: 'magnum' });
  const domainAdmin = await user('magnum-domain-admin', plan.secrets.domainAdmin, domain);
  await grant(domainAdmin, `domains/${domain}`, 'admin');

  for (const [type, endpoint] of Object.entries(catalog(plan))) {
    // Bootstrap has made Keystone's own.
    if (type === 'identity') continue;
    const service = await create('service', { type, name: type });
    await create('endpoint', { service_id: service, interface: 'public', region_id: REGION, url: endpoint });
  }
  return { projects, users };
}

/** Makes flavors, the image, the templates, the key pair and the application credentials. All services must answer. */
export async function makeObjects(plan: RigPlan): Promise<Omit<CloudObjects, 'projects' | 'users'>> {
  const { post, token: admin } = await administrator(plan);
  const compute = `${publicUrl(plan, 'nova')}/v2.1`;
  const demo = await logIn({ authUrl: authUrl(plan), user: 'demo', password: plan.secrets.demo, project: 'demo' });
  const flavors = {
    'm1.small': await makeFlavor(post, compute, { id: '1', name: 'm1.small', vcpus: 1, ram: 2048, disk: 20 }),
    'm1.large': await makeFlavor(post, compute, { id: '2', name: 'm1.large', vcpus: 4, ram: 8192, disk: 80 }),
  };
  const keypair = 'demo-key';
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = { keypair: { name: keypair, public_key: opensshPublicKey(publicKey, 'demo@localhost') } };
  await post(`${compute}/os-keypairs`, key, demo);
  const image = await makeImage(post, plan, admin);
  const [small, large] = TEMPLATES;
  const templates = {
    [small]: await makeTemplate(post, plan, { name: small, flavor: 'm1.small' }),
    [large]: await makeTemplate(post, plan, { name: large, flavor: 'm1.large' }),
  };
  const applicationCredentials = {
    restricted: await makeCredential(post, plan, { name: 'demo-app', unrestricted: false, token: demo }),
    unrestricted: await makeCredential(post, plan, { name: 'demo-app-unrestricted', unrestricted: true, token: demo }),
  };
  return { flavors, templates, image, keypair, applicationCredentials };
}

async function makeFlavor(post: Post, compute: string, flavor: object): Promise<string> {
  return textAt(await post(`${compute}/flavors`, { flavor }), 'flavor', 'id');
}

async function makeImage(post: Post, plan: RigPlan, token: string): Promise<string> {
  const url = `${publicUrl(plan, 'glance')}/v2/images`;
  const image = { name: 'fedora-coreos', visibility: 'public', disk_format: 'qcow2', container_format: 'bare' };
  const id = textAt(await post(url, { ...image, os_distro: 'fedora-coreos' }), 'id');
  const answer = await fetch(`${url}/${id}/file`, {
    method: 'PUT',
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream' },
    // Nobody boots it: an image is usable as soon as it has bytes.
    body: Buffer.alloc(1024),
  });
  if (!answer.ok) throw new Error(`Uploading the image answered ${answer.status}: ${await answer.text()}`);
  return id;
}

async function makeTemplate(
  post: Post,
  plan: RigPlan,
  { name, flavor }: { readonly name: string; readonly flavor: string },
): Promise<string> {
  const template = {
    ...{ name, coe: 'kubernetes', image_id: 'fedora-coreos', flavor_id: flavor, master_flavor_id: flavor },
    ...{ external_network_id: 'external', network_driver: 'calico', public: true },
    ...{ tls_disabled: false, floating_ip_enabled: false, master_lb_enabled: false, docker_storage_driver: 'overlay2' },
    labels: { kube_tag: 'v1.34.4' },
  };
  return textAt(await post(`${publicUrl(plan, 'magnum')}/v1/clustertemplates`, template), 'uuid');
}

async function makeCredential(
  post: Post,
  plan: RigPlan,
  { name, unrestricted, token }: { readonly name: string; readonly unrestricted: boolean; readonly token: string },
): Promise<ApplicationCredential> {
  const me = await expectOk({ url: `${authUrl(plan)}/auth/tokens`, token, headers: { 'X-Subject-Token': token } });
  const url = `${authUrl(plan)}/users/${textAt(me.body, 'token', 'user', 'id')}/application_credentials`;
  const answer = await post(url, { application_credential: { name, unrestricted } }, token);
  const read = (key: string): string => textAt(answer, 'application_credential', key);
  return { id: read('id'), secret: read('secret') };
}

async function administrator(
  plan: RigPlan,
): Promise<{ readonly token: string; readonly post: Post; readonly put: (url: string) => Promise<void> }> {
  const login = { authUrl: authUrl(plan), user: 'admin', password: plan.secrets.admin, project: 'admin' };
  const token = await logIn(login);
  return {
    token,
    post: async (url, body, other) => (await expectOk({ method: 'POST', url, body, token: other ?? token })).body,
    put: async (url) => {
      await expectOk({ method: 'PUT', url, token });
    },
  };
}

async function roleIds(plan: RigPlan): Promise<Map<string, string>> {
  const { token } = await administrator(plan);
  const { body } = await expectOk({ url: `${authUrl(plan)}/roles`, token });
  // Keystone: GET /v3/roles answers {roles: [{id, name}]}.
  const { roles } = body as { readonly roles: readonly { readonly id: string; readonly name: string }[] };
  return new Map(roles.map(({ id, name }) => [name, id]));
}
