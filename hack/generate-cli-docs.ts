import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { manualText } from './cli-docs/manual.ts';
import { opsparkctlManual } from './cli-docs/opsparkctl-manual.ts';
import { sparkctlManual } from './cli-docs/sparkctl-manual.ts';

// Writes the manuals of the command lines from their commands. `--check` writes nothing and exits 1 when a page differs.

/** The pages by path, relative to the repository. */
export const manuals = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/sparkctl.md', manualText(sparkctlManual())],
    ['docs/opsparkctl.md', manualText(opsparkctlManual())],
  ]);

async function main(check: boolean): Promise<void> {
  for (const [path, text] of manuals()) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
    if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
    if (check) {
      console.log(`${path} is out of date: run npm run generate`);
      process.exitCode = 1;
    } else {
      await writeFile(file, text);
      console.log(`Wrote ${path}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes('--check'));
