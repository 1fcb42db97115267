import type { Ingress, KubernetesObject, Service } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources, type Resource } from '../../kube/resources.ts';

/** How a person opens the history server. */
export interface HistoryAddress {
  readonly service: string;
  readonly type: string;
  /** Undefined while the address is not known, or when there is none outside the cluster. */
  readonly url: string | undefined;
  /** A command, or what is still missing. Empty when the URL is all. */
  readonly how: string;
}

interface SeenNode extends KubernetesObject {
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

const nodes: Resource<SeenNode> = { ...resources.nodes };

const COMPONENT = 'app.kubernetes.io/component=history-server';

/** The address of the history server of a release; undefined when there is none. */
export async function historyAddress(
  client: KubeClient,
  namespace: string,
  release: string,
): Promise<HistoryAddress | undefined> {
  const selection = { namespace, labelSelector: `app.kubernetes.io/instance=${release},${COMPONENT}` };
  const [services, ingresses] = await Promise.all([
    client.list(resources.services, selection),
    client.list(resources.ingresses, selection),
  ]);
  const [service] = services.items;
  if (service === undefined) return undefined;
  const [ingress] = ingresses.items;
  const needsNodes = ingress === undefined && service.spec?.type === 'NodePort';
  const { items } = needsNodes ? await client.list(nodes) : { items: [] };
  return addressOf(service, ingress, items);
}

/** An Ingress is the front door where there is one; else the type of the Service decides. */
export function addressOf(service: Service, ingress: Ingress | undefined, seen: readonly SeenNode[]): HistoryAddress {
  const { name = '', namespace = '' } = service.metadata ?? {};
  const { type = 'ClusterIP', ports = [] } = service.spec ?? {};
  const [{ port, nodePort } = { port: 0, nodePort: undefined }] = ports;
  const found = (): Found => {
    if (ingress !== undefined) return ofIngress(ingress);
    if (type === 'NodePort') return ofNodes(seen, nodePort);
    if (type === 'LoadBalancer') return ofLoadBalancer(service, port);
    const forward = `kubectl -n ${namespace} port-forward service/${name} ${port}`;
    return { url: undefined, how: `${forward}, then open http://localhost:${port}` };
  };
  return { service: name, type, ...found() };
}

type Found = Pick<HistoryAddress, 'url' | 'how'>;

function ofIngress({ spec = {}, status }: Ingress): Found {
  const { tls = [], rules = [] } = spec;
  const [rule] = rules;
  const host = rule?.host ?? entryHost(status?.loadBalancer?.ingress);
  if (host === undefined)
    return { url: undefined, how: 'the Ingress has no address yet: is there an ingress controller?' };
  return { url: `${tls.length > 0 ? 'https' : 'http'}://${host}${pathOf(rule)}`, how: '' };
}

type IngressRule = NonNullable<NonNullable<Ingress['spec']>['rules']>[number];

const pathOf = (rule: IngressRule | undefined): string => rule?.http?.paths[0]?.path ?? '/';

const entryHost = (entries: readonly { readonly hostname?: string; readonly ip?: string }[] = []): string | undefined =>
  entries.map(({ hostname, ip }) => hostname ?? ip).find((host) => host !== undefined);

/** Outside addresses first. */
const ADDRESS_TYPES = ['ExternalIP', 'InternalIP', 'Hostname'] as const;

function ofNodes(seen: readonly SeenNode[], nodePort: number | undefined): Found {
  const addresses = seen.flatMap(({ status }) => status?.addresses ?? []);
  const best = ADDRESS_TYPES.map((type) => addresses.find((one) => one.type === type)).find((one) => one !== undefined);
  if (best === undefined || nodePort === undefined)
    return { url: undefined, how: 'no node has told its address yet: kubectl get nodes -o wide' };
  const how = best.type === 'InternalIP' ? 'from where the addresses of nodes can be reached' : '';
  return { url: `http://${best.address}:${nodePort}`, how };
}

function ofLoadBalancer({ status }: Service, port: number): Found {
  const host = entryHost(status?.loadBalancer?.ingress);
  if (host === undefined)
    return {
      url: undefined,
      how: 'the load balancer has no address yet (usually 1 to 3 min): opsparkctl status shows it',
    };
  return { url: `http://${host}:${port}`, how: '' };
}
