import type { StringMap } from '../api/scalars.ts';

/** Which namespaces are served. */
export interface Scope {
  /** Spark pods, SparkApplications and schedules of this namespace are looked at. */
  readonly serves: (namespace: string) => boolean;
  /** SparkPodDefaults of this namespace are looked at: those of the operator's own namespace, too. */
  readonly servesDefaults: (namespace: string) => boolean;
}

export interface ScopeOptions {
  /** Empty = all. */
  readonly namespaces: readonly string[];
  /** With a selector only the namespaces that are known (the selected ones) count. */
  readonly selected: boolean;
  readonly operatorNamespace: string;
  /** Labels of a namespace; undefined when it is not known. */
  readonly labelsOf: (namespace: string) => StringMap | undefined;
}

/** Never touched, whatever the webhook configurations say: Kubernetes runs here. */
const SYSTEM: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** The scope of `--namespaces` and `--namespace-selector`; the operator's own namespace is never in it. */
export function scopeOf({ namespaces, selected, operatorNamespace, labelsOf }: ScopeOptions): Scope {
  const listed: ReadonlySet<string> = new Set(namespaces);
  const serves = (namespace: string): boolean => {
    if (SYSTEM.has(namespace) || namespace === operatorNamespace) return false;
    if (listed.size > 0 && !listed.has(namespace)) return false;
    return !selected || labelsOf(namespace) !== undefined;
  };
  return { serves, servesDefaults: (namespace) => namespace === operatorNamespace || serves(namespace) };
}
