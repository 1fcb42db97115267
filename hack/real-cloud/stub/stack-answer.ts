import type { Stack } from './stacks.ts';

/** What Heat would say about a stack. `url` is the stack's own address. */
export function stackAnswer(stack: Stack, url: string): object {
  const { id, name, action, status, reason, parameters } = stack;
  const base = {
    id,
    stack_name: name,
    stack_status: `${action}_${status}`,
    stack_status_reason: reason,
    parameters,
    links: [{ href: url, rel: 'self' }],
    creation_time: '2026-01-01T00:00:00Z',
  };
  return { stack: { ...base, outputs: status === 'COMPLETE' ? outputs(stack) : [] } };
}

/** The resources that Magnum asks for by name when it adds a node group. */
export function resourceAnswer(name: string): object | undefined {
  const attributes: Readonly<Record<string, object>> = {
    network: { fixed_network: 'stub-network', fixed_subnet: 'stub-subnet' },
    secgroup_kube_minion: { id: 'stub-security-group' },
  };
  const found = attributes[name];
  if (found === undefined) return undefined;
  return { resource: { resource_name: name, physical_resource_id: `stub-${name}`, attributes: found } };
}

function outputs({ apiAddress, parameters }: Stack): object[] {
  const { number_of_minions: minions, number_of_masters: masters } = parameters;
  const values = {
    api_address: apiAddress,
    kube_masters: addresses(masters ?? 1, 10),
    kube_masters_private: addresses(masters ?? 1, 10),
    kube_minions: addresses(minions ?? 1, 100),
    kube_minions_private: addresses(minions ?? 1, 100),
  };
  return Object.entries(values).map(([key, value]) => ({ output_key: key, output_value: value, description: '' }));
}

/** Addresses of machines that do not exist, one for each that was asked for. */
function addresses(count: unknown, first: number): string[] {
  return Array.from({ length: Number(count) }, (_, index) => `10.0.0.${first + index}`);
}
