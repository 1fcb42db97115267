import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { type OutputFormat, outputOption, printResult } from '../output.ts';
import { packageVersion } from '../../terminal/package-version.ts';

/** `opsparkctl version` */
export const versionCommand = ({ terminal }: Cli): Command =>
  new Command('version')
    .description('Print the version of opsparkctl and of Node')
    .addOption(outputOption())
    .action(async ({ output }: { output: OutputFormat }) => {
      const versions = { opsparkctl: packageVersion(), node: process.version };
      await printResult(terminal, output, versions, [`opsparkctl ${versions.opsparkctl} (Node ${versions.node})`]);
    });
