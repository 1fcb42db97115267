import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { requireGo } from './go.ts';
import { withLock } from './lock.ts';
import { RECIPES, type Recipe, type RecipeName } from './recipes.ts';

/** The cached program, whether or not it is built yet. */
export function binaryPath(recipe: RecipeName, program: string): string {
  return join(folderOf(RECIPES[recipe]), 'bin', program);
}

/** kubectl of the same version as the test clusters. */
export const kubectlPath = (): string => binaryPath('kubernetes', 'kubectl');

/** Helm 3, the pinned version. */
export const helmPath = (): string => binaryPath('helm', 'helm');

/** Whether everything of a recipe lies in the cache. */
export function isBuilt(name: RecipeName): boolean {
  return RECIPES[name].programs.every((program) => existsSync(binaryPath(name, program)));
}

/**
 * Builds what is missing of the named recipes into the cache, one after the other (each uses all cores). A build appears
 * in the cache only when it is complete; two runs at once wait for each other. Throws when Go is missing or too old
 * (the message has the command that fixes it) or when a build fails.
 */
export async function buildBinaries(progress: Progress, which: readonly RecipeName[]): Promise<void> {
  const missing = which.filter((name) => !isBuilt(name));
  if (missing.length === 0) return;
  const go = await requireGo();
  for (const name of missing) await buildOne(progress, go, RECIPES[name]);
}

async function buildOne(progress: Progress, go: string, recipe: Recipe): Promise<void> {
  const folder = folderOf(recipe);
  const onWait = (pid: number): void => progress.say(`Waiting for process ${pid}, which builds ${recipe.name} as well`);
  const title = `Building ${recipe.name} ${recipe.version} (${recipe.programs.join(', ')})`;
  await withLock(
    `${folder}.lock`,
    async () => {
      if (isBuilt(recipe.name)) return;
      await progress.step(title, () => compile(go, recipe, folder), recipe.usually);
    },
    onWait,
  );
}

async function compile(go: string, recipe: Recipe, folder: string): Promise<void> {
  const unfinished = join(folder, 'tmp');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const target = recipe.command === 'install' ? { GOBIN: unfinished } : {};
  // The machine's own toolchain only: no download of another one.
  const env = { GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false', ...cgo(recipe), ...target };
  await run(go, recipe.goArgs(unfinished), { cwd: join(import.meta.dirname, recipe.module), env });
  await rm(join(folder, 'bin'), { recursive: true, force: true });
  await rename(unfinished, join(folder, 'bin'));
}

/** Programs that run in images or containers are static. Kubernetes is built as upstream builds it: with cgo where a C compiler is. */
const cgo = ({ name }: Recipe): Readonly<Record<string, string>> => (name === 'kubernetes' ? {} : { CGO_ENABLED: '0' });

function folderOf(recipe: Recipe): string {
  return cacheDir(`${recipe.name}-${recipe.version}`);
}
