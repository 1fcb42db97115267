import { at, textAt } from '../http/body.ts';
import { magnumError, invalidInput } from './errors.ts';

/** A request for a cluster, read and checked for form. */
export interface Order {
  readonly name: string | undefined;
  readonly template: string;
  readonly nodeCount: number;
  readonly masterCount: number;
  readonly keypair: string | undefined;
  readonly flavor: string | undefined;
  readonly masterFlavor: string | undefined;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly mergeLabels: boolean;
  readonly createTimeout: number;
  readonly fixedNetwork: string | undefined;
  readonly fixedSubnet: string | undefined;
  readonly floatingIpEnabled: boolean | undefined;
  readonly masterLbEnabled: boolean | undefined;
  readonly dockerVolumeSize: number | undefined;
}

const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]*$/;
const LONGEST = 242;

/** Reads the body of `POST /v1/clusters`. Throws Magnum's 400 for what is missing or has the wrong form. */
export function readOrder(body: unknown, minor: number): Order {
  if (body === undefined) throw magnumError(400, 'Request is not in valid JSON format');
  checkFields(body);
  const name = textAt(body, 'name');
  checkName(name);
  const template = textAt(body, 'cluster_template_id');
  if (template === undefined) throw invalidInput('cluster_template_id', 'None', 'Mandatory field missing.');
  const nodeCount = countAt(body, 'node_count', 0, 1);
  if (nodeCount === 0 && minor < 10)
    throw magnumError(400, 'Resizing a nodegroup to zero is not supported in the provided microversion.');
  return {
    name,
    template,
    nodeCount,
    masterCount: countAt(body, 'master_count', 1, 1),
    keypair: textAt(body, 'keypair'),
    flavor: textAt(body, 'flavor_id'),
    masterFlavor: textAt(body, 'master_flavor_id'),
    labels: labelsAt(body),
    mergeLabels: isTrue(at(body, 'merge_labels')) ?? false,
    createTimeout: countAt(body, 'create_timeout', 0, 60),
    fixedNetwork: textAt(body, 'fixed_network'),
    fixedSubnet: textAt(body, 'fixed_subnet'),
    floatingIpEnabled: isTrue(at(body, 'floating_ip_enabled')),
    masterLbEnabled: isTrue(at(body, 'master_lb_enabled')),
    dockerVolumeSize:
      at(body, 'docker_volume_size') === undefined ? undefined : countAt(body, 'docker_volume_size', 1, 1),
  };
}

const FIELDS = new Set([
  'name',
  'cluster_template_id',
  'keypair',
  'node_count',
  'master_count',
  'docker_volume_size',
  'labels',
  'merge_labels',
  'master_flavor_id',
  'flavor_id',
  'create_timeout',
  'discovery_url',
  'fixed_network',
  'fixed_subnet',
  'floating_ip_enabled',
  'master_lb_enabled',
]);

function checkFields(body: unknown): void {
  const unknown = typeof body === 'object' && body !== null ? Object.keys(body).find((name) => !FIELDS.has(name)) : '';
  if (unknown !== undefined) throw magnumError(400, `Unknown attribute for argument cluster: ${unknown}`);
}

function checkName(name: string | undefined): void {
  if (name === undefined) return;
  if (name === '') throw invalidInput('name', name, 'Value should have a minimum character requirement of 1');
  if (name.length > LONGEST)
    throw invalidInput('name', name, `Value should have a maximum character requirement of ${LONGEST}`);
  if (!NAME.test(name)) throw invalidInput('name', name, `Value should match the pattern ${NAME.source}`);
}

function countAt(body: unknown, field: string, least: number, otherwise: number): number {
  const value = at(body, field) ?? otherwise;
  const count = typeof value === 'string' ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isInteger(count))
    throw invalidInput(field, JSON.stringify(value), 'Value should be an integer');
  if (count < least) throw invalidInput(field, String(count), `Value should be greater or equal to ${least}`);
  return count;
}

/** Magnum keeps labels as text. */
function labelsAt(body: unknown): Record<string, string> | undefined {
  const labels = at(body, 'labels');
  if (labels === undefined || labels === null) return undefined;
  if (typeof labels !== 'object')
    throw invalidInput('cluster', JSON.stringify(body), `Value not a valid dict: ${JSON.stringify(labels)}`);
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

const isTrue = (value: unknown): boolean | undefined =>
  value === undefined || value === null ? undefined : value === true || value === 'true' || value === 'True';
