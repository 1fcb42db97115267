import { jsonAnswer, Refusal } from '../http/answer.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import type { World } from '../world.ts';
import { frameworkError } from './errors.ts';

const SERVICE = 'container-infra';
const OLDEST = 1;
const HEADER = 'openstack-api-version';

/** The minor part of the newest version: 10 for `1.10`. */
export const newestMinor = (world: World): number => Number(world.settings.maxMicroversion.split('.')[1] ?? OLDEST);

/**
 * The minor version that a request asks for; without the header it is 1 (Magnum: `OpenStack-API-Version`). Throws 406: with
 * the range when it is outside, without a text when the header cannot be read.
 */
export function minorVersionOf(world: World, request: FakeRequest): number {
  const header = headerOf(request, HEADER);
  if (header === undefined) return OLDEST;
  const [service, version = ''] = header.trim().split(/\s+/);
  if (service !== SERVICE || version === '')
    throw frameworkError(406, 'Invalid service type for OpenStack-API-Version header');
  return version.toLowerCase() === 'latest' ? newestMinor(world) : parseMinor(world, version);
}

function parseMinor(world: World, version: string): number {
  const [, major, text] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  if (major === undefined) throw frameworkError(406, 'Invalid value for OpenStack-API-Version header');
  const minor = Number(text);
  if (major !== '1' || minor < OLDEST || minor > newestMinor(world)) throw outOfRange(world, version);
  return minor;
}

/** The headers of every answer below `/v1`. */
export const versionHeaders = (world: World, version: string): Record<string, string> => ({
  'openstack-api-minimum-version': `${SERVICE} 1.${OLDEST}`,
  'openstack-api-maximum-version': `${SERVICE} ${world.settings.maxMicroversion}`,
  [HEADER]: `${SERVICE} ${version}`,
  vary: 'OpenStack-API-Version',
});

/** Throws 406 when what is asked for came with a later version. `api` is what Magnum calls it there. */
export function needsMinor(minor: number, since: number, api: string): void {
  if (minor >= since) return;
  throw frameworkError(
    406,
    `Version 1.${minor} was requested but the requested API ${api} is not supported for this version.`,
  );
}

const outOfRange = (world: World, version: string): Refusal =>
  new Refusal(
    jsonAnswer(
      406,
      {
        errors: [
          {
            code: 'magnum.microversion-unsupported',
            title: 'Requested microversion is unsupported',
            max_version: world.settings.maxMicroversion,
            min_version: `1.${OLDEST}`,
            links: [{ rel: 'help', href: 'http://docs.openstack.org/api-guide/compute/microversions.html' }],
          },
        ],
      },
      versionHeaders(world, version),
    ),
  );
