import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { uiService } from './service.ts';

const ports: Record<string, { given: Partial<SparkApplicationSpec>; want: object }> = {
  'nothing said: Spark’s port': { given: {}, want: { name: 'spark-driver-ui-port', port: 4040, targetPort: 4040 } },
  'without options the Service follows spark.ui.port': {
    given: { sparkConf: { 'spark.ui.port': '4055' } },
    want: { port: 4055, targetPort: 4055 },
  },
  'with options but no port it stays at 4040 and points to spark.ui.port': {
    given: { sparkConf: { 'spark.ui.port': '4055' }, sparkUIOptions: {} },
    want: { port: 4040, targetPort: 4055 },
  },
  'port and name of the options': {
    given: { sparkUIOptions: { servicePort: 80, servicePortName: 'ui' } },
    want: { name: 'ui', port: 80, targetPort: 4040 },
  },
};

describe('uiService', () => {
  it.each(Object.entries(ports))('%s', (_name, { given, want }) => {
    expect(uiService(anApp({ spec: given }), 'id').spec?.ports).toEqual([expect.objectContaining(want)]);
  });

  it('keeps the operator’s labels beside the user’s, belongs to the application and selects its driver', () => {
    const service = uiService(
      anApp({
        spec: {
          sparkUIOptions: {
            serviceType: 'NodePort',
            serviceLabels: { team: 'x', 'sparkoperator.k8s.io/app-name': 'other' },
            serviceAnnotations: { note: 'y' },
          },
        },
      }),
      'id',
    );
    expect(service.metadata).toEqual({
      name: 'pi-ui-svc',
      namespace: 'default',
      labels: {
        team: 'x',
        'sparkoperator.k8s.io/app-name': 'pi',
        'sparkoperator.k8s.io/launched-by-spark-operator': 'true',
        'sparkoperator.k8s.io/submission-id': 'id',
        'sparkoperator.k8s.io/created-by-spark-operator': 'true',
      },
      annotations: { note: 'y' },
      ownerReferences: [
        {
          apiVersion: 'sparkoperator.k8s.io/v1beta2',
          kind: 'SparkApplication',
          name: 'pi',
          uid: '5f6f4d3e-8a3b-4d8e-9a53-0c1d2e3f4a5b',
          controller: true,
        },
      ],
    });
    expect(service.spec).toMatchObject({
      type: 'NodePort',
      selector: { 'sparkoperator.k8s.io/app-name': 'pi', 'spark-role': 'driver' },
    });
  });
});
