import { type Answer, jsonAnswer } from '../http/answer.ts';
import { parseBody, textAt } from '../http/body.ts';
import type { FakeRequest } from '../http/request.ts';
import type { ServiceCaller } from '../keystone/service-caller.ts';
import type { AuthorityRecord } from '../state.ts';
import type { World } from '../world.ts';
import { FIVE_YEARS_MS, makeAuthority } from '../x509/authority.ts';
import { signRequest } from '../x509/sign.ts';
import { invalidInput, magnumError } from './errors.ts';
import { findCluster } from './lookup.ts';
import type { ClusterRecord } from './records.ts';

const making = new WeakMap<World, Map<string, Promise<AuthorityRecord>>>();

/** The authority of a cluster, made when it is first asked for. */
export async function authorityOf(
  world: World,
  cluster: Pick<ClusterRecord, 'uuid' | 'name'>,
): Promise<AuthorityRecord> {
  const kept = world.state.authorities[cluster.uuid];
  if (kept !== undefined) return kept;
  const pending = making.get(world) ?? new Map<string, Promise<AuthorityRecord>>();
  making.set(world, pending);
  const made = pending.get(cluster.uuid) ?? makeAuthority(world, cluster.name);
  pending.set(cluster.uuid, made);
  const authority = await made;
  world.state.authorities[cluster.uuid] = authority;
  pending.delete(cluster.uuid);
  return authority;
}

/** Signs with a cluster's authority; undefined when the request cannot be read. */
export const signFor = (world: World, authority: AuthorityRecord, request: string): string | undefined =>
  signRequest({
    authority,
    request,
    random: Buffer.from(world.hex(16), 'hex'),
    nowMs: world.now(),
    lifeMs: FIVE_YEARS_MS,
  });

/** `GET /v1/certificates/:ident`: the authority's certificate. */
export async function showAuthority(request: FakeRequest, world: World, caller: ServiceCaller): Promise<Answer> {
  const cluster = findCluster(world, caller, request.params['cluster'] ?? '');
  const { certificatePem } = await authorityOf(world, cluster);
  return jsonAnswer(200, { ...view(world, cluster), pem: certificatePem });
}

/** `POST /v1/certificates`: a signed certificate, 201. */
export async function signCertificate(request: FakeRequest, world: World, caller: ServiceCaller): Promise<Answer> {
  const body = parseBody(request.body);
  const ident = textAt(body, 'cluster_uuid') ?? textAt(body, 'bay_uuid');
  const csr = textAt(body, 'csr');
  if (ident === undefined || csr === undefined) throw magnumError(400, 'Unacceptable parameters.');
  if (csr === '') throw invalidInput('csr', csr, 'Value should have a minimum character requirement of 1');
  const cluster = clusterOfRequest(world, caller, ident);
  const pem = signFor(world, await authorityOf(world, cluster), csr);
  // Python writes its byte strings so.
  if (pem === undefined) throw magnumError(400, `Received invalid csr b'${csr}'.`);
  return jsonAnswer(201, { ...view(world, cluster), csr, pem });
}

/** A cluster that is not there is the request's fault here. */
function clusterOfRequest(world: World, caller: ServiceCaller, ident: string): ClusterRecord {
  const found = world.state.clusters.some(({ uuid, name }) => uuid === ident || name === ident);
  if (!found) throw magnumError(400, `Cluster ${ident} could not be found.`);
  return findCluster(world, caller, ident);
}

const view = (world: World, { uuid }: ClusterRecord): object => ({
  cluster_uuid: uuid,
  bay_uuid: uuid,
  links: [
    { href: `${world.endpoints.containerInfra}/certificates/${uuid}`, rel: 'self' },
    { href: `${world.endpoints.containerInfra.replace(/\/v1$/, '')}/certificates/${uuid}`, rel: 'bookmark' },
  ],
});
