import type { StringMap } from '../../api/scalars.ts';
import type { LabelSelector } from '../../api/sparkpoddefaults.ts';
import { matchesLabels } from '../../spark/pod-defaults/label-selector.ts';
import { unknownNamespace, type NamespaceView } from './namespace-view.ts';
import { watchNamespaces, type NamespaceWatchOptions } from './watch-namespaces.ts';

/**
 * How the applications of a namespace are treated. `Left`: its labels were taken away while this process ran: what runs
 * there is followed to its end, nothing is submitted any more. `Foreign`: not looked at, another operator may serve it.
 */
export type Standing = 'Served' | 'Left' | 'Foreign';

/** The namespaces that the operator serves. Reading never waits. */
export interface JobNamespaces {
  standingOf(namespace: string): Standing;
  labelsOf(namespace: string): StringMap;
  /** The namespaces that are served, are there, and are not under deletion. */
  served(): readonly NamespaceView[];
  /** Whether a namespace, served or not, is there and not under deletion. */
  has(namespace: string): boolean;
  /** Whether `served` tells all: what is missing there is not served. */
  complete(): boolean;
  /** Hears of every change of a namespace. */
  onChange(listener: (namespace: string) => void): void;
  /** Whether applications can be worked on: all is known, or what is not is not needed. */
  settled(): boolean;
  whenSettled(stop?: AbortSignal): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
}

export interface JobNamespacesOptions extends Omit<NamespaceWatchOptions, 'isNeeded'> {
  readonly selector: LabelSelector | undefined;
}

/** Namespaces by list, by labels, or all. */
export function jobNamespaces(options: JobNamespacesOptions): JobNamespaces {
  const { selector } = options;
  const watching = watchNamespaces({ ...options, isNeeded: selector !== undefined });
  const matches = (view: NamespaceView | undefined): boolean =>
    selector === undefined || (view !== undefined && matchesLabels(selector, view.labels));
  const left = new Set<string>();
  watching.onChange((name, before, after) => {
    if (after === undefined || matches(after)) left.delete(name);
    else if (before !== undefined && matches(before)) left.add(name);
  });
  return {
    standingOf: (name) => (matches(watching.get(name)) ? 'Served' : left.has(name) ? 'Left' : 'Foreign'),
    labelsOf: (name) => (watching.get(name) ?? unknownNamespace(name)).labels,
    served: () => watching.all().filter((view) => !view.deleting && matches(view)),
    has: (name) => watching.get(name)?.deleting === false,
    complete: () => watching.listed(),
    onChange: (listener) => watching.onChange((name) => listener(name)),
    settled: () => watching.settled(),
    whenSettled: (stop) => watching.whenSettled(stop),
    run: (stop) => watching.run(stop),
  };
}
