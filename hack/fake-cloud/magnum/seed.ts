import { stableId } from '../keystone/catalog.ts';
import type { TemplateRecord } from './records.ts';

/** A flavor of Nova. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ramMb: number;
  readonly diskGb: number;
}

export const FLAVORS: readonly Flavor[] = [
  { id: '1', name: 'm1.small', vcpus: 1, ramMb: 2048, diskGb: 20 },
  { id: '2', name: 'm1.large', vcpus: 4, ramMb: 8192, diskGb: 80 },
];

export const IMAGE = { id: uuidOf('image'), name: 'fedora-coreos' };
export const EXTERNAL_NETWORK = { id: uuidOf('network/external'), name: 'external' };

/** A uuid that is the same for the same thing. */
export function uuidOf(what: string): string {
  const hex = stableId(what);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** The templates that everybody sees. */
export const templates = (projectId: string, createdMs: number): TemplateRecord[] =>
  [
    { name: 'k8s', flavorId: 'm1.small' },
    { name: 'k8s-large', flavorId: 'm1.large' },
  ].map(({ name, flavorId }) => ({
    uuid: uuidOf(`template/${name}`),
    name,
    projectId,
    isPublic: true,
    hidden: false,
    imageId: IMAGE.name,
    flavorId,
    masterFlavorId: flavorId,
    keypair: undefined,
    externalNetworkId: EXTERNAL_NETWORK.name,
    masterLbEnabled: false,
    floatingIpEnabled: false,
    labels: { kube_tag: 'v1.34.4' },
    createdMs,
  }));
