import { createHash } from 'node:crypto';
import { type Answer, emptyAnswer, jsonAnswer, Refusal } from './http/answer.ts';
import { at, parseBody, textAt } from './http/body.ts';
import { type FakeRequest, headerOf } from './http/request.ts';
import { type Route, route } from './http/route.ts';
import { serviceCaller } from './keystone/service-caller.ts';
import { FLAVORS } from './magnum/seed.ts';
import type { Keypair } from './state.ts';
import type { World } from './world.ts';

/** The part of Nova that sets clusters up: key pairs, flavors, limits. */
export const novaRoutes: readonly Route[] = [
  route('GET /', (_request, world) => jsonAnswer(200, { versions: [version(world)] })),
  route('GET /v2.1', (_request, world) => jsonAnswer(200, { version: version(world) })),
  route('GET /v2.1/os-keypairs', listKeypairs),
  route('POST /v2.1/os-keypairs', importKeypair),
  route('GET /v2.1/os-keypairs/:name', (request, world) =>
    jsonAnswer(200, { keypair: keypairView(findKeypair(request, world)) }),
  ),
  route('DELETE /v2.1/os-keypairs/:name', deleteKeypair),
  route('GET /v2.1/flavors', flavors),
  route('GET /v2.1/flavors/detail', flavors),
  route('GET /v2.1/limits', limits),
];

const version = (world: World): object => ({
  id: 'v2.1',
  status: 'CURRENT',
  version: '2.93',
  min_version: '2.1',
  updated: '2013-07-23T11:33:21Z',
  links: [{ rel: 'self', href: `${world.endpoints.compute}/` }],
});

const kinds: Readonly<Record<number, string>> = { 400: 'badRequest', 404: 'itemNotFound', 409: 'conflictingRequest' };

const novaError = (status: number, message: string): Refusal =>
  new Refusal(
    jsonAnswer(
      status,
      { [kinds[status] ?? 'computeFault']: { code: status, message } },
      { 'content-type': 'application/json; charset=UTF-8' },
    ),
  );

/** The minor part of the microversion of a request: 1 without the header. */
export function minorOf(request: FakeRequest): number {
  const header = headerOf(request, 'openstack-api-version') ?? '';
  const minor =
    /^compute 2\.(\d+)$/.exec(header)?.[1] ??
    /^2\.(\d+)$/.exec(headerOf(request, 'x-openstack-nova-api-version') ?? '')?.[1];
  return Number(minor ?? 1);
}

function listKeypairs(request: FakeRequest, world: World): Answer {
  const { userId } = serviceCaller(world, request);
  const own = world.state.keypairs.filter((keypair) => keypair.userId === userId);
  return jsonAnswer(200, { keypairs: own.map((keypair) => ({ keypair: keypairView(keypair) })) });
}

const NAME = '_- 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function importKeypair(request: FakeRequest, world: World): Answer {
  const { userId } = serviceCaller(world, request);
  const asked = at(parseBody(request.body), 'keypair');
  const name = textAt(asked, 'name') ?? '';
  const publicKey = textAt(asked, 'public_key');
  const minor = minorOf(request);
  if (publicKey === undefined)
    throw novaError(
      400,
      `Invalid input for field/attribute keypair. Value: {'name': '${name}'}. 'public_key' is a required property`,
    );
  if (!/^[\w -]+$/.test(name))
    throw novaError(400, `An invalid 'name' value was provided. The name must be: Only expected characters: [${NAME}]`);
  const fingerprint = fingerprintOf(publicKey);
  if (fingerprint === undefined) throw novaError(400, 'Keypair data is invalid: failed to generate fingerprint');
  if (world.state.keypairs.some((one) => one.userId === userId && one.name === name))
    throw novaError(409, `Key pair '${name}' already exists.`);
  const keypair = { name, userId, publicKey, fingerprint };
  world.state.keypairs.push(keypair);
  return jsonAnswer(minor >= 2 ? 201 : 200, { keypair: { ...keypairView(keypair), user_id: userId } });
}

/** MD5 of the key, in pairs of digits; undefined when the text is no OpenSSH public key. */
export function fingerprintOf(publicKey: string): string | undefined {
  const [kind = '', base64 = ''] = publicKey.trim().split(/\s+/);
  const bytes = Buffer.from(base64, 'base64');
  // The key repeats its kind, after four bytes of length.
  if (kind === '' || bytes.subarray(4, 4 + kind.length).toString() !== kind) return undefined;
  return createHash('md5').update(bytes).digest('hex').match(/../g)?.join(':');
}

function findKeypair(request: FakeRequest, world: World): Keypair {
  const { userId } = serviceCaller(world, request);
  const name = request.params['name'] ?? '';
  const found = world.state.keypairs.find((one) => one.userId === userId && one.name === name);
  if (found === undefined) throw novaError(404, `Keypair ${name} not found for user ${userId}`);
  return found;
}

function deleteKeypair(request: FakeRequest, world: World): Answer {
  const found = findKeypair(request, world);
  world.state.keypairs.splice(world.state.keypairs.indexOf(found), 1);
  return emptyAnswer(minorOf(request) >= 2 ? 204 : 202);
}

const keypairView = ({ name, publicKey, fingerprint }: Keypair): object => ({
  name,
  public_key: publicKey,
  fingerprint,
});

function flavors(request: FakeRequest, world: World): Answer {
  serviceCaller(world, request);
  return jsonAnswer(200, {
    flavors: FLAVORS.map(({ id, name, vcpus, ramMb, diskGb }) => ({
      id,
      name,
      vcpus,
      ram: ramMb,
      disk: diskGb,
      swap: '',
      rxtx_factor: 1,
      'OS-FLV-DISABLED:disabled': false,
      'OS-FLV-EXT-DATA:ephemeral': 0,
      'os-flavor-access:is_public': true,
      links: [
        { rel: 'self', href: `${world.endpoints.compute}/flavors/${id}` },
        { rel: 'bookmark', href: `${world.endpoints.compute.replace(/\/v2\.1$/, '')}/flavors/${id}` },
      ],
    })),
  });
}

function limits(request: FakeRequest, world: World): Answer {
  serviceCaller(world, request);
  const { instances, cores, ramMb, keypairs } = world.settings.quotas;
  return jsonAnswer(200, {
    limits: {
      rate: [],
      absolute: {
        maxTotalInstances: instances,
        maxTotalCores: cores,
        maxTotalRAMSize: ramMb,
        maxTotalKeypairs: keypairs,
        maxServerMeta: 128,
        maxImageMeta: 128,
        maxPersonality: 5,
        maxPersonalitySize: 10240,
        maxSecurityGroups: -1,
        maxSecurityGroupRules: -1,
        maxTotalFloatingIps: -1,
        totalFloatingIpsUsed: 0,
        totalSecurityGroupsUsed: 0,
        maxServerGroups: 10,
        maxServerGroupMembers: 10,
        totalInstancesUsed: 0,
        totalCoresUsed: 0,
        totalRAMUsed: 0,
        totalServerGroupsUsed: 0,
      },
    },
  });
}
