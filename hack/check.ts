import { endWith } from './end-with.ts';
import { checkArchitecture, runChecks } from './layers/check-layer.ts';
import { createProgress } from '../terminal/progress.ts';

// npm run check: types, lint, format and the architecture test.
await endWith(async () => {
  const checks = await runChecks(createProgress());
  const architecture = await checkArchitecture();
  return checks.failed + architecture.failed === 0 ? 0 : 1;
});
