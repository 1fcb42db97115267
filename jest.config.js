// One jest, a project for each layer: unit tests lie beside the code, the other layers under test/ (docs/design.md, "Tests").
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testEnvironment: 'node',
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{api,spark,kube,controller,webhook,certificates,hooks,terminal,sparkctl,openstack,hack}/**/*.test.ts',
        '<rootDir>/test/*.test.ts',
        '<rootDir>/test/{oracle,bench}/**/*.test.ts',
      ],
    },
    { ...shared, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...shared, displayName: 'openstack', testMatch: ['<rootDir>/test/openstack/**/*.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/*.test.ts'] },
    { ...shared, displayName: 'e2e-alone', testMatch: ['<rootDir>/test/e2e/alone/*.test.ts'] },
  ],
};
