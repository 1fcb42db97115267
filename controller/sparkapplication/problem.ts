import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { FailureReason } from '../../api/reasons.ts';
import { fieldOf } from './field-of.ts';
import type { PodView } from './pod-view.ts';

/** What keeps a driver from starting, with the field of the manifest that is to blame. */
export interface Problem {
  readonly reason: FailureReason;
  readonly message: string;
}

/** Where a name that the kubelet cannot find may stand. */
export interface Blamed {
  readonly spec: SparkApplicationSpec;
  /** Names of the SparkPodDefaults of the attempt. */
  readonly defaults?: readonly string[];
}

type PodCause = Pick<PodView, 'container' | 'image'>;

/** `waiting.reason` values of the kubelet's image manager. */
const IMAGE_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
]);

/** `waiting.reason` values of the kubelet for a container that cannot be made. */
const CONFIG_REASONS: ReadonlySet<string> = new Set(['CreateContainerConfigError', 'CreateContainerError']);

/** The kubelet's words for an object that is not there: kind and name. */
const MISSING = /(configmap|secret)s? "?([a-z0-9.-]+)"? not found/i;

/** Its words for a key that is not there: in an environment variable, where the object is named, and in a volume. */
const MISSING_KEY = /find key \S+ in (configmap|secret) (?:[^\s/]+\/)?([a-z0-9.-]+)/i;
const MISSING_FILE = /references non-existent (config|secret) key/i;

/**
 * Why a Pending driver does not start: from the waiting reason of its container and from the kubelet's warnings about its
 * volumes (`FailedMount`). Undefined while nothing speaks against it.
 */
export function problemOf(pod: PodCause, blamed: Blamed, warnings: readonly string[]): Problem | undefined {
  const waiting = pod.container?.kind === 'waiting' ? pod.container : undefined;
  if (waiting !== undefined && IMAGE_REASONS.has(waiting.reason)) return imagePull(pod.image, blamed.spec, waiting);
  if (waiting !== undefined && CONFIG_REASONS.has(waiting.reason)) {
    return missingObject(waiting.message, blamed) ?? containerConfig(`${waiting.reason}: ${waiting.message}`);
  }
  for (const warning of warnings) {
    const problem = missingObject(warning, blamed);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

interface Waiting {
  readonly reason: string;
  readonly message: string;
}

function imagePull(image: string | undefined, spec: SparkApplicationSpec, { reason, message }: Waiting): Problem {
  const name = image ?? '';
  const field = fieldOf(spec, name, /image/i) ?? 'spec.image';
  const detail = message === '' ? reason : `${reason}: ${message}`;
  return {
    reason: 'ImagePull',
    message: `${field}: the image "${name}" cannot be pulled (${detail}). Correct the name, or add imagePullSecrets for its registry.`,
  };
}

function missingObject(text: string, blamed: Blamed): Problem | undefined {
  const match = MISSING.exec(text) ?? MISSING_KEY.exec(text) ?? MISSING_FILE.exec(text);
  if (match === null) return undefined;
  const [, word = '', name = ''] = match;
  const isSecret = word.toLowerCase() === 'secret';
  const kind = isSecret ? 'Secret' : 'ConfigMap';
  const { culprit, advice } = culpritOf(name, isSecret ? /secret/i : /config/i, blamed);
  return {
    reason: isSecret ? 'SecretNotFound' : 'ConfigMapNotFound',
    message: `${culprit}: the ${kind} "${name}" is missing or lacks a key that is used (${text}). ${advice}.`,
  };
}

/** A name that the application does not hold came with the site's defaults, if there are any. */
function culpritOf(
  name: string,
  hint: RegExp,
  { spec, defaults = [] }: Blamed,
): { readonly culprit: string; readonly advice: string } {
  const field = fieldOf(spec, name, hint);
  return field === undefined && defaults.length > 0
    ? { culprit: `SparkPodDefaults ${defaults.join(', ')}`, advice: 'Create it, or let the defaults propagate it' }
    : { culprit: field ?? 'spec.driver', advice: 'Create it, or correct the name' };
}

const containerConfig = (text: string): Problem => ({
  reason: 'ContainerConfigError',
  message: `spec.driver: the driver container cannot be created (${text}).`,
});
