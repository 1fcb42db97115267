import type { Answer, Call, Session } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import type { Magnum, Microversion } from './magnum.ts';
import { compareVersions, rangeInRefusal, versionText, versionToSend } from './microversion.ts';
import { versionsOf } from './version-document.ts';

type Versions = Awaited<ReturnType<Magnum['versions']>>;

/** Calls to Magnum that carry the negotiated microversion. */
export interface VersionedRequests {
  readonly versions: Magnum['versions'];
  readonly microversion: Magnum['microversion'];
  readonly request: <T>(call: Omit<Call, 'service' | 'headers'>) => Promise<Answer<T>>;
}

/**
 * Asks for the versions once. Behind a load balancer an older server may answer 406 and name its range: that range is
 * taken then, and the call repeated once. A 406 comes before anything was done, so POST is safe, too.
 */
export function versionedRequests(session: Session): VersionedRequests {
  let asked: Promise<Versions> | undefined;
  const ask = async (): Promise<Versions> =>
    versionsOf(await session.request<unknown>({ service: 'container-infra', method: 'GET', path: '/' }));
  const versions = (): Promise<Versions> => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
  const microversion = async (): Promise<Microversion> => versionToSend((await versions()).max);

  const send = <T>(call: Omit<Call, 'service' | 'headers'>, version: Microversion): Promise<Answer<T>> =>
    session.request<T>({
      ...call,
      service: 'container-infra',
      headers: { 'openstack-api-version': `container-infra ${versionText(version)}` },
    });

  const request = async <T>(call: Omit<Call, 'service' | 'headers'>): Promise<Answer<T>> => {
    const version = await microversion();
    try {
      return await send<T>(call, version);
    } catch (error) {
      const range = failedWith(error, 'NotAcceptable') ? rangeInRefusal(error.facts.said) : undefined;
      if (range === undefined || compareVersions(versionToSend(range.max), version) >= 0) throw error;
      asked = Promise.resolve(range);
      return send<T>(call, versionToSend(range.max));
    }
  };
  return { versions, microversion, request };
}
