import type { EnvVar, Pod } from '../../api/kubernetes.ts';
import type { StringMap } from '../../api/scalars.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { PodRole } from '../mutation/mutator.ts';
import { mapSparkContainer, sparkContainerOf } from '../mutation/spark-container.ts';
import { offeredConf, takeConf, type ConfDefault, type OfferedConf } from './conf-defaults.ts';
import { joinReports, type Overridden } from './filled.ts';
import { fillPod, type Filled } from './fill-pod.ts';
import { canBeOption } from './option-string.ts';
import { propertiesIn, SUBMIT_OPTS, submitOpts } from './submit-opts.ts';
import { usablePodDefaults } from './usable.ts';

/** Defaults filled into a pod that is not ours. */
export interface ForeignFilled extends Filled {
  /** Defaults that were passed over because they are invalid or come too late for this pod, and why. */
  readonly warnings: readonly string[];
}

const THE_POD = 'the pod';

/**
 * Fills defaults into a pod that others submitted. A driver gets their properties as `-D` options in SPARK_SUBMIT_OPTS, in
 * front of those that it has: Spark takes them where neither its command line nor its properties file sets the key.
 */
export function fillForeignPod(pod: Pod, role: PodRole, defaults: readonly SparkPodDefaults[]): ForeignFilled {
  const { usable, warnings } = usablePodDefaults(defaults);
  const filled = fillPod(pod, role, usable, { by: THE_POD });
  if (role === 'executor') return { ...filled, warnings };
  const offers = offeredConf(usable);
  const fitting = offers.filter((offer) => faultOf(offer) === undefined);
  const conf = takeConf(fitting, saidBy(pod), THE_POD);
  return {
    pod: withSubmitOpts(filled.pod, conf.given),
    ...joinReports(filled, { ...conf, overridden: conf.overridden.map(ofDriver) }),
    warnings: [...warnings, ...offers.flatMap(faultText)],
  };
}

/** The properties in the pod's SPARK_SUBMIT_OPTS. One that cannot be read counts as if it said everything: it is left alone. */
function saidBy(pod: Pod): (key: string) => string | undefined {
  const there = submitOptsOf(pod);
  if (there === undefined) return () => undefined;
  const properties = there.valueFrom === undefined ? propertiesIn(there.value ?? '') : undefined;
  return properties === undefined ? () => UNREADABLE : (key) => properties[key];
}

/** A text that no property can have. */
const UNREADABLE = '\0';

const ofDriver = (lost: Overridden): Overridden => ({ ...lost, entry: `driver ${lost.entry}` });

const faultText = (offer: OfferedConf): readonly string[] => {
  const fault = faultOf(offer);
  return fault === undefined ? [] : [`SparkPodDefaults ${offer.defaults}: ${offer.text} ${fault}`];
};

/** Properties that are read before the driver's pod or Java machine exists. */
const readBefore =
  /^spark\.(driver\.(memory|memoryOverhead|memoryOverheadFactor|cores|extraJavaOptions|defaultJavaOptions|extraClassPath|extraLibraryPath)$|kubernetes\.(driverEnv|driver\.(label|annotation|volumes|secrets|secretKeyRef|node\.selector|service))\.|kubernetes\.driver\.((request|limit)\.cores|scheduler\.name)$)/;

function faultOf({ key, value }: ConfDefault): string | undefined {
  if (readBefore.test(key)) return 'comes too late for a driver pod that is submitted already';
  return canBeOption(`${key}=${value}`) ? undefined : `has a character that ${SUBMIT_OPTS} cannot carry`;
}

const submitOptsOf = (pod: Pod): EnvVar | undefined =>
  sparkContainerOf(pod)?.env?.findLast(({ name }) => name === SUBMIT_OPTS);

function withSubmitOpts(pod: Pod, given: StringMap): Pod {
  if (Object.keys(given).length === 0) return pod;
  const there = submitOptsOf(pod);
  const value = [submitOpts(given), there?.value ?? ''].filter((text) => text !== '').join(' ');
  return mapSparkContainer(pod, (container) => {
    const env = container.env ?? [];
    return {
      ...container,
      env:
        there === undefined
          ? [...env, { name: SUBMIT_OPTS, value }]
          : env.map((variable) => (variable === there ? { ...variable, value } : variable)),
    };
  });
}
