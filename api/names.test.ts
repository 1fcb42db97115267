import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { anApp } from '../test/builders.ts';
import { driverPodName, uiIngressName, uiServiceName } from './names.ts';

const key = 'spark.kubernetes.driver.pod.name';

describe('driverPodName', () => {
  const cases: Record<string, { given: Parameters<typeof anApp>[0]; want: string }> = {
    'is the application with -driver': { given: { name: 'pi' }, want: 'pi-driver' },
    'follows the Spark property': { given: { spec: { sparkConf: { [key]: 'from-conf' } } }, want: 'from-conf' },
    'prefers the field': { given: { spec: { driver: { podName: 'own' }, sparkConf: { [key]: 'conf' } } }, want: 'own' },
    'takes an empty field for none': { given: { spec: { driver: { podName: '' } } }, want: 'pi-driver' },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(driverPodName(anApp(given))).toBe(want);
  });
});

describe('names of the UI', () => {
  it('carry a suffix', () => {
    expect([uiServiceName(anApp()), uiIngressName(anApp())]).toEqual(['pi-ui-svc', 'pi-ui-ingress']);
  });

  it('are shortened with a hash of the full name', () => {
    const name = 'a'.repeat(60);
    const hash = createHash('md5').update(`${name}-ui-svc`).digest('hex').slice(0, 8);
    expect(uiServiceName(anApp({ name }))).toBe(`${'a'.repeat(47)}-${hash}-ui-svc`);
    expect(uiServiceName(anApp({ name }))).toHaveLength(63);
    expect(uiIngressName(anApp({ name }))).toHaveLength(63);
  });
});
