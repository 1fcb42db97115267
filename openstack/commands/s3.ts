import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { s3InitCommand } from './s3-init.ts';

/** `opsparkctl s3 …` */
export const s3Command = (cli: Cli): Command =>
  new Command('s3')
    .description("Prepare the object store that event logs and Spark's data go to")
    .addCommand(s3InitCommand(cli));
