import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Check } from './check.ts';
import {
  containerNameReserved,
  containerOfTemplateRepeated,
  mountOverSpark,
  mountPathRepeated,
  volumeNameReserved,
} from './clashes.ts';
import { clientMode, credentialSet, namespaceOfOthers, ownedKeySet, ownedPrefixSet } from './conf-keys.ts';
import { coreLimitBelowRequest, coreQuantityUnreadable, coresNotPositive, gpuIncomplete } from './cores.ts';
import { envNameInvalid, envValueTwice } from './environment.ts';
import {
  allocationNegative,
  allocationOutOfOrder,
  executorPodNamePrefixInvalid,
  instancesNotPositive,
} from './executors.ts';
import { labelInvalid, nodeSelectorTwice, ownedLabelSet } from './labels.ts';
import { imageMissing, mainApplicationFileMissing, mainClassMissing } from './main-application.ts';
import {
  driverMemoryWithoutUnit,
  heapInJavaOptions,
  memoryLimitNotSize,
  memoryNotJava,
  memoryOverheadFactorNotNumber,
  memoryTooSmall,
} from './memory.ts';
import { exporterInvalid, monitoringWithoutPrometheus } from './monitoring.ts';
import { driverPodNameInvalid, nameNotLabel, referenceNotName } from './names.ts';
import { partMisshapen, templateNamespaceOfOthers } from './parts.ts';
import { driverIngressInvalid, portInvalid, portOfExporter } from './ports.ts';
import { restartNumberOutOfRange, restartTypeUnknown, timeoutNotPositive } from './restarts.ts';
import { dependencyNotReachable, mainApplicationFileNotReachable, packageNotCoordinate } from './uris.ts';
import type { Finding, Violation } from './violation.ts';
import {
  containerTwice,
  localDirSourceUnsupported,
  mountPathInvalid,
  sidecarMountWithoutVolume,
  volumeMountWithoutVolume,
  volumeTwice,
} from './volumes.ts';

export type { Violation } from './violation.ts';

/** Every rule by the name of the violation that it finds. Reports are in this order. They read parts of the right shape only. */
export const rules = {
  nameNotLabel,
  mainApplicationFileMissing,
  mainApplicationFileNotReachable,
  mainClassMissing,
  imageMissing,
  clientMode,
  dependencyNotReachable,
  packageNotCoordinate,
  ownedKeySet,
  ownedPrefixSet,
  credentialSet,
  namespaceOfOthers,
  driverPodNameInvalid,
  executorPodNamePrefixInvalid,
  referenceNotName,
  memoryNotJava,
  memoryTooSmall,
  driverMemoryWithoutUnit,
  memoryLimitNotSize,
  memoryOverheadFactorNotNumber,
  heapInJavaOptions,
  coresNotPositive,
  coreQuantityUnreadable,
  coreLimitBelowRequest,
  gpuIncomplete,
  instancesNotPositive,
  allocationNegative,
  allocationOutOfOrder,
  volumeTwice,
  volumeMountWithoutVolume,
  sidecarMountWithoutVolume,
  localDirSourceUnsupported,
  containerTwice,
  containerNameReserved,
  containerOfTemplateRepeated,
  mountPathInvalid,
  mountPathRepeated,
  mountOverSpark,
  volumeNameReserved,
  templateNamespaceOfOthers,
  ownedLabelSet,
  labelInvalid,
  nodeSelectorTwice,
  envNameInvalid,
  envValueTwice,
  portInvalid,
  portOfExporter,
  driverIngressInvalid,
  restartTypeUnknown,
  restartNumberOutOfRange,
  timeoutNotPositive,
  monitoringWithoutPrometheus,
  exporterInvalid,
} as const satisfies Readonly<Record<string, Check>>;

/**
 * All that is wrong with an application as far as its fields tell; an empty list means that it can be planned. The same
 * with and without the defaults filled in. What only Spark's whole configuration tells is checked when a submission is planned.
 * A part of the wrong shape is told alone: the other rules would read it.
 */
export function validate(app: SparkApplication): readonly Violation[] {
  const misshapen = named('partMisshapen', partMisshapen(app));
  return misshapen.length > 0 ? misshapen : Object.entries(rules).flatMap(([rule, check]) => named(rule, check(app)));
}

const named = (rule: string, findings: readonly Finding[]): readonly Violation[] =>
  findings.map((finding) => ({ ...finding, rule }));
