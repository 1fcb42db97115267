import { join } from 'node:path';

import { parseAllDocuments } from 'yaml';

import { helmPath } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/run.ts';

/** The folder of the chart. */
export const CHART = join(import.meta.dirname, '../../charts/spark-operator');

/** A rendered object, with the few fields that the chart tests look at. */
export interface Rendered {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly rules?: readonly PolicyRule[];
  /** Of a webhook configuration. */
  readonly webhooks?: readonly RenderedWebhook[];
  readonly spec?: RenderedPodSpec & {
    readonly template?: { readonly metadata?: Rendered['metadata']; readonly spec: RenderedPodSpec };
    /** Of a NetworkPolicy. */
    readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  };
  /** Of a ServiceAccount. */
  readonly automountServiceAccountToken?: boolean;
  readonly data?: Readonly<Record<string, string>>;
}

/** The pod of a Pod, or of the template of a Deployment or Job. */
export interface RenderedPodSpec {
  readonly containers?: readonly RenderedContainer[];
  readonly initContainers?: readonly RenderedContainer[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export interface RenderedContainer {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

export interface RenderedWebhook {
  readonly name: string;
  readonly clientConfig: object;
  readonly namespaceSelector: { readonly matchExpressions: readonly object[] };
  readonly objectSelector?: object;
}

/** A rule of a Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface RenderOptions {
  readonly release?: string;
  readonly flags?: readonly string[];
}

/** What `helm template` prints for these values, in namespace spark-operator. Rejects with Helm's message when it refuses. */
export async function render(
  values: object,
  { release = 'spark-operator', flags = [] }: RenderOptions = {},
): Promise<string> {
  const where = ['--namespace', 'spark-operator', '--kube-version', '1.34.0'];
  const args = ['template', release, CHART, ...where, '--values', '-', ...flags];
  return (await run(helmPath(), args, { input: JSON.stringify(values) })).stdout;
}

/** The objects of a rendered chart, keyed as `Kind namespace/name`, or `Kind name` without a namespace. */
export function objectsOf(rendered: string): ReadonlyMap<string, Rendered> {
  const documents = parseAllDocuments(rendered).map((document) => document.toJS() as unknown);
  // Helm printed them: an object with kind and metadata each, or nothing where a template came out empty.
  const objects = documents.filter((document): document is Rendered => document !== null);
  return new Map(objects.map((object) => [keyOf(object), object]));
}

/** The specs of all pods: of Pods, and of what makes pods. */
export function podSpecs(objects: ReadonlyMap<string, Rendered>): readonly RenderedPodSpec[] {
  return [...objects.values()].flatMap(({ kind, spec }) =>
    spec === undefined ? [] : kind === 'Pod' ? [spec] : spec.template === undefined ? [] : [spec.template.spec],
  );
}

/** The containers of all pods. */
export function containers(objects: ReadonlyMap<string, Rendered>): readonly RenderedContainer[] {
  return podSpecs(objects).flatMap(({ initContainers = [], containers = [] }) => [...initContainers, ...containers]);
}

/** The rules of a Role as `group/resource[ name]: verbs`, so that one verb too many fails a comparison. */
export function permissions(role: Rendered | undefined): readonly string[] {
  return (role?.rules ?? []).flatMap(({ apiGroups, resources, resourceNames = [], verbs }) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => `${group}/${[resource, ...resourceNames].join(' ')}: ${verbs.join(' ')}`),
    ),
  );
}

function keyOf({ kind, metadata: { namespace, name } }: Rendered): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
