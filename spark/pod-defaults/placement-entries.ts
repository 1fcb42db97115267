import type { Affinity } from '../../api/kubernetes.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { equalJson } from '../mutation/equal-json.ts';
import { withSpec } from '../mutation/pod-edit.ts';
import { standOf, type PodEntry } from './pod-entry.ts';

/** The kinds of affinity; an application that wants none of a kind says so with an empty one. */
export const affinityKinds = [
  'nodeAffinity',
  'podAffinity',
  'podAntiAffinity',
] as const satisfies readonly (keyof Affinity)[];

/** `affinity`, kind by kind: terms of two owners are not mixed, for together they may fit no node. */
export const affinityEntries = ({ affinity }: SparkPodDefaultsSpec): readonly PodEntry[] =>
  affinityKinds.flatMap((kind) => {
    const wanted = affinity?.[kind];
    if (wanted === undefined) return [];
    return {
      text: `affinity ${kind}`,
      value: wanted,
      stand: (pod) => standOf(pod.spec?.affinity?.[kind], wanted),
      add: (pod) => withSpec(pod, { affinity: { ...pod.spec?.affinity, [kind]: wanted } }),
    };
  });

/** `tolerations`: they only ever allow more, so each is added that is not there. */
export const tolerationEntries = ({ tolerations = [] }: SparkPodDefaultsSpec): readonly PodEntry[] =>
  tolerations.map((toleration) => ({
    text: `toleration ${JSON.stringify(toleration)}`,
    value: toleration,
    stand: (pod) => (pod.spec?.tolerations?.some((there) => equalJson(there, toleration)) === true ? 'same' : 'free'),
    add: (pod) => withSpec(pod, { tolerations: [...(pod.spec?.tolerations ?? []), toleration] }),
  }));

/** `nodeSelector`, label by label. */
export const nodeSelectorEntries = ({ nodeSelector = {} }: SparkPodDefaultsSpec): readonly PodEntry[] =>
  Object.entries(nodeSelector).map(([key, value]) => ({
    text: `nodeSelector ${key}`,
    value,
    stand: (pod) => standOf(pod.spec?.nodeSelector?.[key], value),
    add: (pod) => withSpec(pod, { nodeSelector: { ...pod.spec?.nodeSelector, [key]: value } }),
  }));

/** `imagePullSecrets`: the kubelet tries all of them, so each is added that is not there. */
export const pullSecretEntries = ({ imagePullSecrets = [] }: SparkPodDefaultsSpec): readonly PodEntry[] =>
  imagePullSecrets.map((name) => ({
    text: `imagePullSecret ${name}`,
    value: name,
    stand: (pod) => (pod.spec?.imagePullSecrets?.some((there) => there.name === name) === true ? 'same' : 'free'),
    add: (pod) => withSpec(pod, { imagePullSecrets: [...(pod.spec?.imagePullSecrets ?? []), { name }] }),
  }));
