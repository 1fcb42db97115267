import { describeRules } from '../../test/violations.ts';

describeRules({
  envNameInvalid: {
    'empty, with =, with letters of other languages': [
      { driver: { env: [{ name: '' }, { name: 'A=B' }], envVars: { GRÖSSE: '1' } } },
      'spec.driver.env[0].name: "" is not a name of an environment variable: use letters, digits and _',
      'spec.driver.env[1].name: "A=B" is not a name of an environment variable: use letters, digits and _',
      'spec.driver.envVars["GRÖSSE"]: "GRÖSSE" is not a name of an environment variable: use letters, digits and _',
    ],
    'as Kubernetes takes them': [
      { executor: { env: [{ name: 'A_1' }], envSecretKeyRefs: { 'b.c': { name: 's', key: 'k' } } } },
    ],
  },
  envValueTwice: {
    'two sources': [
      { driver: { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] } },
      'spec.driver.env[0]: has both value and valueFrom: keep one of them',
    ],
    'one source': [{ driver: { env: [{ name: 'A', value: '', valueFrom: { fieldRef: { fieldPath: 'x' } } }] } }],
  },
});
