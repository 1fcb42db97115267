import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from '@jest/globals';

import { at, listAt, textAt } from '../../../hack/fake-cloud/http/body.ts';
import { opensshPublicKey } from '../../../hack/real-cloud/openssh-key.ts';
import { nova } from '../../../openstack/compute/nova-client.ts';
import { neutron } from '../../../openstack/network/neutron-client.ts';
import { type CloudUnderTest, raw, said } from './cloud.ts';

const { publicKey } = generateKeyPairSync('ed25519');
const KEY = opensshPublicKey(publicKey, 'contract');

/** Nova: key pairs, flavors, limits. */
export function computeCases(cloudOf: () => CloudUnderTest): void {
  const client = async () => nova(await cloudOf().session('demo'));

  it('imports a key pair, lists it, and refuses its name the second time', async () => {
    const compute = await client();
    await compute.importKeypair('contract-key', KEY);
    const listed = await compute.keypairs();
    expect(listed).toContainEqual({
      name: 'contract-key',
      fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
    });
    await expect(compute.importKeypair('contract-key', KEY)).rejects.toMatchObject({
      facts: { failure: 'Conflict', status: 409, said: "Key pair 'contract-key' already exists." },
    });
    const { call } = await cloudOf().as('demo');
    expect((await call('DELETE', 'compute', '/os-keypairs/contract-key')).status).toBe(202);
    expect((await call('GET', 'compute', '/os-keypairs/contract-key')).status).toBe(404);
  });

  it('answers 201 to an import and 204 to a deletion from the second microversion on', async () => {
    const { call } = await cloudOf().as('demo');
    const headers = { 'openstack-api-version': 'compute 2.92' };
    const body = { keypair: { name: 'contract-new', public_key: KEY } };
    expect((await call('POST', 'compute', '/os-keypairs', { body, headers })).status).toBe(201);
    expect((await call('DELETE', 'compute', '/os-keypairs/contract-new', { headers })).status).toBe(204);
  });

  it.each([
    ['a key that is none', { name: 'contract-bad', public_key: 'nonsense' }, 400],
    ['a name that is none', { name: 'no/slashes', public_key: KEY }, 400],
    ['no public key', { name: 'contract-bad' }, 400],
  ])('imports no key pair with %s', async (_name, keypair, status) => {
    const { call } = await cloudOf().as('demo');
    const headers = { 'openstack-api-version': 'compute 2.92' };
    const answer = await call('POST', 'compute', '/os-keypairs', { body: { keypair }, headers });
    expect(answer.status).toBe(status);
    expect(at(answer.body, 'badRequest', 'code')).toBe(status);
  });

  it('does not find a key pair that nobody imported', async () => {
    const { call, userId } = await cloudOf().as('demo');
    for (const method of ['GET', 'DELETE']) {
      const answer = await call(method, 'compute', '/os-keypairs/nowhere');
      expect({ status: answer.status, message: said(answer) }).toEqual({
        status: 404,
        message: `Keypair nowhere not found for user ${userId}`,
      });
    }
  });

  it("keeps other users' key pairs to themselves", async () => {
    const { call } = await cloudOf().as('other');
    expect((await call('GET', 'compute', `/os-keypairs/${cloudOf().keypair}`)).status).toBe(404);
  });

  it('lists flavors with their sizes', async () => {
    const flavors = await (await client()).flavors();
    expect(flavors).toContainEqual(expect.objectContaining({ name: 'm1.small', vcpus: 1, ram: 2048, disk: 20 }));
    expect(flavors).toContainEqual(expect.objectContaining({ name: 'm1.large', vcpus: 4, ram: 8192, disk: 80 }));
  });

  it('tells what the project may use and uses', async () => {
    expect(await (await client()).limits()).toEqual({
      instances: { used: 0, limit: 10 },
      cores: { used: 0, limit: 20 },
      ram: { used: 0, limit: 51_200 },
    });
  });

  it('wants a token', async () => {
    const { endpoint } = await cloudOf().as('demo');
    const answer = await raw('GET', `${endpoint('compute')}/limits`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(`Keystone uri="${cloudOf().authUrl}"`);
  });
}

/** Neutron and Glance: what templates name. */
export function networkCases(cloudOf: () => CloudUnderTest): void {
  it('lists the external network', async () => {
    const client = neutron(await cloudOf().session('demo'));
    const names = (await client.externalNetworks()).map(({ name }) => name);
    expect(names).toEqual([cloudOf().externalNetwork]);
  });

  it('has the image of the template, with the distribution that Magnum asks for', async () => {
    const { call } = await cloudOf().as('demo');
    const { body } = await call('GET', 'image', '/v2/images');
    const image = listAt(body, 'images').find((one) => textAt(one, 'name') === 'fedora-coreos');
    expect(image).toMatchObject({ os_distro: 'fedora-coreos', status: 'active', visibility: 'public' });
  });
}
