import { DRIVER_VOLUMES_PREFIX, ON_DEMAND } from './driver/volumes.ts';
import { volumeSpecs } from './driver/spark-volumes.ts';
import { resources } from './effective-conf.ts';
import { javaList } from './java-text.ts';
import { languageOf } from './main-application.ts';
import type { SubmissionSubject } from './submission-subject.ts';

/** Why the native lane cannot do something; nothing when it can. */
type LaneReason = (subject: SubmissionSubject) => readonly string[];

/** Properties that name Java classes, or files that only a submitting process could read. */
const foreignKeys: Readonly<Record<string, string>> = {
  'spark.kubernetes.driver.pod.featureSteps': 'names Java classes that change the driver pod',
  'spark.kubernetes.driver.podTemplateFile': 'names a file; write the template into spec.driver.template instead',
  'spark.kubernetes.kerberos.krb5.path':
    'names a file; use spark.kubernetes.kerberos.krb5.configMapName with a ConfigMap instead',
  'spark.kubernetes.authenticate.driver.oauthToken': 'makes a Secret of a token',
  'spark.kubernetes.authenticate.driver.caCertFile': 'makes a Secret of a file',
  'spark.kubernetes.authenticate.driver.clientKeyFile': 'makes a Secret of a file',
  'spark.kubernetes.authenticate.driver.clientCertFile': 'makes a Secret of a file',
};

const namesForeignThing: LaneReason = ({ conf }) =>
  Object.entries(foreignKeys)
    .filter(([key]) => conf.raw(key) !== undefined)
    .map(([key, reason]) => `${key} ${reason}`);

/** A keytab in the image needs nothing of a submitter. */
const uploadsKeytab: LaneReason = ({ conf }) => {
  const keytab = conf.raw('spark.kerberos.keytab');
  return keytab === undefined || keytab.startsWith('local:')
    ? []
    : ['spark.kerberos.keytab names a file of the submitter; one in the image is written local:///path'];
};

const NETWORK_POLICY_STEP = 'org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep';
const EXCLUDED_STEPS_KEY = 'spark.kubernetes.driver.pod.excludedFeatureSteps';

/** We make no NetworkPolicy anyway. */
const excludesSteps: LaneReason = ({ conf, features }) => {
  const excluded = javaList(conf.get(EXCLUDED_STEPS_KEY) ?? '').filter((step) => step !== NETWORK_POLICY_STEP);
  return features.excludedFeatureSteps && excluded.length > 0
    ? [`${EXCLUDED_STEPS_KEY} leaves out ${excluded.join(', ')}`]
    : [];
};

const globbedLists = ['spark.jars', 'spark.files', 'spark.archives', 'spark.submit.pyFiles'];

/** spark-submit lists the files of a pattern through the Hadoop file system of its scheme. */
const hasPattern: LaneReason = ({ conf }) =>
  globbedLists.flatMap((key) =>
    resources(conf, key)
      .filter((uri) => !/^(local|https?|ftp|file):/.test(uri) && /[*?[{\\]/.test(uri))
      .map((uri) => `${key} has the pattern ${uri}, which only spark-submit expands`),
  );

/** The manifest of a jar in the image is read by nobody before the driver starts; a remote one spark-submit opens. */
const readsManifest: LaneReason = ({ app }) =>
  languageOf(app) === 'java' && (app.spec.mainClass ?? '') === ''
    ? [`spec.mainClass is not set, and spark-submit would look it up in ${app.spec.mainApplicationFile}`]
    : [];

/** A claim with a name of the user's might be somebody's data: the native lane never makes or takes one over. */
const makesFixedClaim: LaneReason = ({ conf }) =>
  volumeSpecs(conf, DRIVER_VOLUMES_PREFIX)
    .filter(
      ({ type, settings }) =>
        type === 'persistentVolumeClaim' &&
        !(settings['options.claimName'] ?? '').includes(ON_DEMAND) &&
        settings['options.storageClass'] !== undefined &&
        settings['options.sizeLimit'] !== undefined,
    )
    .map(({ name }) => `the driver volume ${name} asks Spark to make a claim with a fixed name`);

const rules: readonly LaneReason[] = [
  namesForeignThing,
  uploadsKeytab,
  excludesSteps,
  hasPattern,
  readsManifest,
  makesFixedClaim,
];

/** Everything that only real spark-submit can do for this application. */
export const laneReasons = (subject: SubmissionSubject): string[] => rules.flatMap((rule) => rule(subject));
