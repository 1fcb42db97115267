import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { podModelsPath, podModelsText } from './pod-schema.ts';

describe('spark/validation/pod-models.ts', () => {
  it('is what the models of the Kubernetes client make today', async () => {
    expect(readFileSync(podModelsPath, 'utf8')).toBe(await podModelsText());
  });

  it('is small', () => {
    expect(readFileSync(podModelsPath, 'utf8').length).toBeLessThan(20_000);
  });
});
