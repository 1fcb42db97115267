import type { AppRef, SeenApplication } from './application.ts';
import type { Kubectl } from './kubectl.ts';
import { SPARK_IMAGE, piApplication } from './pi.ts';

const SUBMISSION_ID = '0b2a7a2c-9a43-4a3f-8a51-7f3c7d1c6f10';
const SPARK_ID = 'spark-5f0e3b1c9d7a4e2f8b6a1c3d5e7f9a0b';

/**
 * An application in the middle of its run, as kubeflow's operator leaves it when it is taken away: its status, and a driver
 * pod with its labels and owner. The driver ends well when the file /tmp/end appears in it. Resolves when it runs.
 */
export async function leftByKubeflow(kubectl: Kubectl, app: AppRef): Promise<void> {
  const { namespace, name } = app;
  await kubectl.text(['apply', '-f', '-'], JSON.stringify(piApplication(app)));
  const { metadata } = await kubectl.json<SeenApplication>(['-n', namespace, 'sparkapplication', name]);
  await kubectl.text(['apply', '-f', '-'], JSON.stringify(driverPod(app, metadata.uid)));
  await kubectl.text(['-n', namespace, 'wait', '--for=condition=Ready', `pod/${name}-driver`, '--timeout', '60s']);
  const patch = JSON.stringify({ status: statusOf(name) });
  const args = ['patch', 'sparkapplication', name, '--subresource=status', '--type=merge', '--patch', patch];
  await kubectl.text(['-n', namespace, ...args]);
}

const statusOf = (name: string): object => ({
  applicationState: { state: 'RUNNING' },
  driverInfo: {
    podName: `${name}-driver`,
    webUIAddress: '10.96.12.34:4040',
    webUIPort: 4040,
    webUIServiceName: `${name}-ui-svc`,
  },
  executionAttempts: 1,
  executorState: {},
  lastSubmissionAttemptTime: new Date().toISOString(),
  sparkApplicationId: SPARK_ID,
  submissionAttempts: 1,
  submissionID: SUBMISSION_ID,
  terminationTime: null,
});

const driverPod = ({ namespace, name }: AppRef, uid: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `${name}-driver`,
    namespace,
    labels: {
      'spark-app-name': name,
      'spark-app-selector': SPARK_ID,
      'spark-role': 'driver',
      'spark-version': '4.0.1',
      'sparkoperator.k8s.io/app-name': name,
      'sparkoperator.k8s.io/launched-by-spark-operator': 'true',
      'sparkoperator.k8s.io/submission-id': SUBMISSION_ID,
    },
    ownerReferences: [
      { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', name, uid, controller: true },
    ],
  },
  spec: {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'spark-kubernetes-driver',
        image: SPARK_IMAGE,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', 'until [ -e /tmp/end ]; do sleep 0.2; done'],
      },
    ],
  },
});
