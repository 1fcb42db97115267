import type { PodDefaultsStatus } from '../../api/sparkapplication-status.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { StringMap } from '../../api/scalars.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { fillConf } from '../../spark/pod-defaults/fill-conf.ts';
import { podDefaultsName, type Overridden } from '../../spark/pod-defaults/filled.ts';
import { matchesLabels } from '../../spark/pod-defaults/label-selector.ts';
import { selectPodDefaults } from '../../spark/pod-defaults/select.ts';
import { usablePodDefaults } from '../../spark/pod-defaults/usable.ts';
import { planApplication } from '../../spark/submission/plan-application.ts';
import { violationText } from '../../spark/validation/violation.ts';
import { explainedEntries, type ExplainedEntry } from './entries.ts';

/** All that is known of an application and of the defaults around it. */
export interface DefaultsFacts {
  readonly app: SparkApplication;
  /** Those of the application's namespace and of the operator's, in any order. */
  readonly podDefaults: readonly SparkPodDefaults[];
  readonly namespaceLabels: StringMap;
  readonly operatorNamespace: string;
  readonly now: Date;
}

/** What a new attempt of an application would get from the site's defaults. */
export interface Explanation {
  readonly entries: readonly ExplainedEntry[];
  /** Defaults that are not for this application, and why. */
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[];
  /** What else is to be known: which defaults are invalid, why a new attempt would not even start. */
  readonly notes: readonly string[];
}

/** What the current attempt got, as the controller wrote it down. */
export const currentAttempt = ({ status }: SparkApplication): readonly PodDefaultsStatus[] => status?.podDefaults ?? [];

/** Plans the next attempt as the controller would, and tells what comes of each default. Pure. */
export function explainDefaults(facts: DefaultsFacts): Explanation {
  const { app, podDefaults, namespaceLabels, operatorNamespace } = facts;
  const { namespace, labels = {} } = app.metadata;
  const selected = selectPodDefaults(podDefaults, { namespace, namespaceLabels, labels, operatorNamespace });
  const { usable, warnings } = usablePodDefaults(selected);
  const { overridden, notes } = planned(facts, usable);
  return {
    entries: explainedEntries(usable, overridden),
    passedOver: podDefaults
      .filter((object) => !selected.includes(object))
      .map((object) => ({ name: podDefaultsName(object), reason: whyNot(object, namespaceLabels) })),
    notes: [...warnings, ...notes],
  };
}

interface Planned {
  readonly overridden: readonly Overridden[];
  readonly notes: readonly string[];
}

function planned({ app, now }: DefaultsFacts, usable: readonly SparkPodDefaults[]): Planned {
  const attempt = (app.status?.submission?.attempt ?? 0) + 1;
  const plan = planApplication({
    app,
    podDefaults: usable,
    attempt,
    submissionId: submissionIdOf(app.metadata.uid, attempt),
    masterUrl: 'https://kubernetes.default.svc',
    submitTime: now.getTime(),
  });
  if (plan.lane === 'Native') return { overridden: plan.overridden, notes: [] };
  const why =
    plan.lane === 'Rejected'
      ? plan.violations.map(violationText)
      : [`only spark-submit can submit it (${plan.reasons.join(', ')})`];
  // The properties can be told all the same; the pods would have to be planned.
  const { overridden } = fillConf(app, usable);
  return { overridden, notes: why.map((text) => `no new attempt can start: ${text}`) };
}

const whyNot = ({ spec }: SparkPodDefaults, namespaceLabels: StringMap): string =>
  matchesLabels(spec.namespaceSelector, namespaceLabels)
    ? 'its selector does not match the labels of the application'
    : 'its namespaceSelector does not match the labels of the namespace';
