import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { endWith } from './end-with.ts';
import { createProgress } from '../terminal/progress.ts';
import { run } from './run.ts';

/** Every generator, in order. */
const GENERATORS = ['generate-crds.ts', 'pod-schema.ts', 'generate-cli-docs.ts', 'generate-values-docs.ts'] as const;

// npm run generate: rewrites the generated files of the repository.
await endWith(async () => {
  const progress = createProgress();
  for (const name of GENERATORS.filter((file) => existsSync(join(import.meta.dirname, file)))) {
    await progress.step(`Running ${name}`, () => run(process.execPath, [join(import.meta.dirname, name)]));
  }
  return 0;
});
