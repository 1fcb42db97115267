import { describeRules } from '../../test/violations.ts';

const ingress = { servicePort: 80, servicePortName: 'web', ingressURLFormat: 'a.example.org' };

describeRules({
  portInvalid: {
    'name, protocol and number': [
      { driver: { ports: [{ name: 'much-too-long-a-name', protocol: 'tcp', containerPort: 70000 }] } },
      'spec.driver.ports[0].name: "much-too-long-a-name" is not a name of a port: at most 15 lower-case letters, digits and dashes, with a letter',
      'spec.driver.ports[0].protocol: "tcp" is unknown: use TCP, UDP, SCTP',
      'spec.driver.ports[0].containerPort: must be a port from 1 to 65535',
    ],
    'one name twice': [
      {
        executor: {
          ports: [
            { name: 'a', protocol: 'TCP', containerPort: 1 },
            { name: 'a', protocol: 'TCP', containerPort: 2 },
          ],
        },
      },
      'spec.executor.ports: has two ports with the name "a": give each a name of its own',
    ],
  },
  portOfExporter: {
    'another port of its name': [
      {
        monitoring: {
          exposeDriverMetrics: true,
          exposeExecutorMetrics: true,
          prometheus: { jmxExporterJar: '/jmx.jar' },
        },
        driver: {
          ports: [
            { name: 'metrics', protocol: 'TCP', containerPort: 8090 },
            { name: 'jmx-exporter', protocol: 'TCP', containerPort: 9000 },
          ],
        },
      },
      'spec.driver.ports[1].name: "jmx-exporter" is the name of port 8090 of spec.monitoring.prometheus: choose another one',
    ],
    'without an exporter': [{ driver: { ports: [{ name: 'jmx-exporter', protocol: 'TCP', containerPort: 8090 }] } }],
  },
  driverIngressInvalid: {
    'without a URL': [
      { driverIngressOptions: [{ servicePort: 0, servicePortName: 'web' }] },
      'spec.driverIngressOptions[0].servicePort: must be a port from 1 to 65535',
      'spec.driverIngressOptions[0].ingressURLFormat: is missing: give the URL, such as {{$appName}}.example.org',
    ],
    'one port and URL twice': [
      { driverIngressOptions: [ingress, ingress] },
      'spec.driverIngressOptions: has two entries with servicePort 80',
      'spec.driverIngressOptions: has two entries with ingressURLFormat a.example.org',
    ],
    'in order': [{ driverIngressOptions: [ingress] }],
  },
});
