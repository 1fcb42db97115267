import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Key } from '../../kube/key.ts';
import type { PodView } from './pod-view.ts';

/** What the informers know, whatever number of them there is (one set for the cluster, or one for each namespace). */
export interface Stores {
  app(key: Key): SparkApplication | undefined;
  /** Driver and executors, of all attempts that have pods. */
  pods(key: Key): readonly PodView[];
  /** Takes the answer of a write of ours or of a live read, so that the next pass sees it. */
  acceptApp(app: SparkApplication): void;
  acceptPod(pod: Pod): void;
}
