import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { setupNamespaceCommand } from './setup-namespace.ts';

/** `sparkctl setup …` */
export const setupCommand = (cli: Cli): Command =>
  new Command('setup')
    .description('Prepare a cluster for those who run applications')
    .addCommand(setupNamespaceCommand(cli));
