import { Command } from 'commander';

import { API_VERSION } from '../../api/group.ts';
import type { Cli } from '../cli.ts';
import { serialise } from '../../terminal/serialise.ts';
import { outputOption } from '../output.ts';
import { packageVersion } from '../../terminal/package-version.ts';

/** `sparkctl version` */
export const versionCommand = ({ terminal }: Cli): Command =>
  new Command('version')
    .description('Print the version of sparkctl, of the API it speaks, and of Node')
    .addOption(outputOption('json', 'yaml'))
    .action(async ({ output }: { output?: 'json' | 'yaml' }) => {
      const versions = { sparkctl: packageVersion(), api: API_VERSION, node: process.version };
      if (output === undefined) {
        terminal.print(`sparkctl ${versions.sparkctl} (API ${versions.api}, Node ${versions.node})`);
      } else {
        terminal.print(await serialise(output, versions));
      }
    });
