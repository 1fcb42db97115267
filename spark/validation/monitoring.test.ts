import { describeRules } from '../../test/violations.ts';

const exposed = { exposeDriverMetrics: true, exposeExecutorMetrics: true };
const hidden = { exposeDriverMetrics: false, exposeExecutorMetrics: false };
const hint =
  'spec.monitoring.prometheus: is missing: without it nothing of monitoring takes effect; set prometheus.jmxExporterJar to the exporter’s path in the image, or remove monitoring';

describeRules({
  monitoringWithoutPrometheus: {
    'exposed to nobody': [{ monitoring: exposed }, hint],
    'properties for nothing': [{ monitoring: { ...hidden, metricsProperties: '*.sink=x' } }, hint],
    'switched off': [{ monitoring: hidden }],
    'with the exporter': [{ monitoring: { ...exposed, prometheus: { jmxExporterJar: '/jmx.jar' } } }],
  },
  exporterInvalid: {
    'jar, port and name': [
      {
        monitoring: { ...exposed, prometheus: { jmxExporterJar: '', port: 80, portName: 'a-name-that-is-too-long' } },
      },
      'spec.monitoring.prometheus.jmxExporterJar: is empty: give the path of the exporter’s jar in the image',
      'spec.monitoring.prometheus.port: 80 is outside 1024 to 49151',
      'spec.monitoring.prometheus.portName: "a-name-that-is-too-long" is longer than 15 characters',
    ],
  },
});
