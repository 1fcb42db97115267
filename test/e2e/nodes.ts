import { basename } from 'node:path';

import { clusterLoad, clusterUp } from '../../hack/cluster/cluster.ts';
import { DEFAULT_NAME } from '../../hack/cluster/options.ts';
import { buildImage } from '../../hack/images/build-image.ts';
import type { ImageName } from '../../hack/images/images.ts';
import { createProgress, type Progress } from '../../terminal/progress.ts';
import { kubectlFor, type Kubectl } from './kubectl.ts';

/** A running cluster whose nodes have the images of this checkout. */
export interface PreparedNodes {
  readonly kubeconfig: string;
  /** Reference of the operator's image. */
  readonly operatorImage: string;
  /** Changes with the content of that image. */
  readonly operatorKey: string;
}

/** SPARK_OPERATOR_CLUSTER chooses another cluster than the one of the demo, to work on two things at once. */
const REQUEST = {
  name: process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME,
  nodes: 1,
  controlPlane: false,
} as const;
/** Lives in the cluster, so it knows what its nodes have, and goes with it. */
const LOADED = ['-n', 'kube-system', 'configmap', 'loaded-images'] as const;

/** Starts the cluster, builds the images and loads them, each only when it is not done yet. */
export async function preparedNodes(progress: Progress = createProgress()): Promise<PreparedNodes> {
  const { kubeconfig } = await clusterUp(REQUEST, progress);
  if (kubeconfig === undefined) throw new Error(`The cluster "${REQUEST.name}" runs, but has no kubeconfig`);
  const kubectl = kubectlFor(kubeconfig);
  const operator = await load(kubectl, 'operator', progress);
  await load(kubectl, 'spark-4.0.1', progress);
  return { kubeconfig, operatorImage: operator.ref, operatorKey: operator.key };
}

/** Builds an image and brings it to the nodes, each only when it is not done yet. `key` changes with its content. */
export async function load(
  kubectl: Kubectl,
  name: ImageName,
  progress: Progress = createProgress(),
): Promise<{ readonly ref: string; readonly key: string }> {
  const { ref, archive } = await buildImage(name, progress);
  const key = basename(archive);
  const loaded = await kubectl.json<Loaded>(LOADED).catch(() => undefined);
  if (loaded?.data?.[name] !== key) {
    await clusterLoad(REQUEST, [archive], progress);
    const metadata = { name: 'loaded-images', namespace: 'kube-system' };
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [name]: key } };
    await kubectl.text(['apply', '--server-side', '--field-manager', name, '-f', '-'], JSON.stringify(manifest));
  }
  return { ref, key };
}

interface Loaded {
  readonly data?: Readonly<Record<string, string>>;
}
