import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { endWith } from './end-with.ts';
import { createProgress } from '../terminal/progress.ts';
import { run } from './run.ts';

const ROOT = join(import.meta.dirname, '..');

// npm run build: compiles the programs to dist/, and makes sparkctl executable.
await endWith(async () => {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  await createProgress().step('Compiling to dist/', () =>
    run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: ROOT }),
  );
  await chmod(join(ROOT, 'dist/sparkctl/main.js'), 0o755);
  return 0;
});
