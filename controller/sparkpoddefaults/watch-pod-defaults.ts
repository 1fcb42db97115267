import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import {
  optionalInformers,
  type OptionalInformers,
  type OptionalInformersOptions,
} from '../../kube/optional-informers.ts';
import { resources } from '../../kube/resources.ts';
import { without } from '../sparkapplication/without.ts';

export interface PodDefaultsWatchOptions extends Pick<
  OptionalInformersOptions<SparkPodDefaults>,
  'client' | 'namespaces' | 'log' | 'meterOf'
> {
  readonly operatorNamespace: string | undefined;
}

/** SparkPodDefaults of the site and of the job namespaces. Reading never waits. */
export type PodDefaultsWatch = OptionalInformers<SparkPodDefaults>;

/** An older installation has no such CRD, and none is needed: there are no defaults then. */
export const watchPodDefaults = ({
  namespaces,
  operatorNamespace,
  ...options
}: PodDefaultsWatchOptions): PodDefaultsWatch =>
  optionalInformers({
    ...options,
    namespaces:
      namespaces.length === 0 || operatorNamespace === undefined ? namespaces : [...namespaces, operatorNamespace],
    resource: resources.sparkPodDefaults,
    project: podDefaultsView,
    without: 'the site defaults of Spark pods (SparkPodDefaults)',
  });

/** Lists leave kind and apiVersion out; nobody reads the managed fields. */
const podDefaultsView = (object: SparkPodDefaults): SparkPodDefaults => ({
  ...object,
  apiVersion: 'sparkoperator.k8s.io/v1alpha1',
  kind: 'SparkPodDefaults',
  metadata: without(object.metadata, 'managedFields'),
});
