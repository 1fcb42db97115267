import { Command, Option } from 'commander';

import type { Cli } from '../cli.ts';
import type { CreateFlags } from '../create/create-manifests.ts';
import { outputOption } from '../output.ts';
import { withCluster } from '../with-cluster.ts';
import { addUploadOptions, refuseUploads } from './upload-options.ts';

/** `sparkctl create FILE…` */
export const createCommand = (cli: Cli): Command =>
  addUploadOptions(new Command('create'))
    .description('Create the SparkApplications of manifests; nothing is created while one of them is invalid')
    .argument('[file...]', 'YAML or JSON, one or more documents each; - is standard input')
    .option('-f, --filename <file>', 'a manifest, as kubectl takes it; may be repeated', collect)
    .option('-d, --delete', 'delete an application of the same name first, and wait until it is gone')
    .option('-l, --logs', 'follow the log of the driver afterwards (of one application)')
    .addOption(
      new Option('--dry-run', 'let the API server check everything, but create nothing').conflicts(['delete', 'logs']),
    )
    .addOption(outputOption('name'))
    .action(async (files: string[], _flags: object, command: Command) => {
      const flags = command.optsWithGlobals<CreateFlags>();
      refuseUploads(command.opts());
      // YAML and the rules for applications are loaded only by the command that needs them.
      const { createManifests, planManifests } = await import('../create/create-manifests.ts');
      const planned = await planManifests(cli, [...files, ...(flags.filename ?? [])], flags);
      await withCluster(cli, command, (cluster) => createManifests(cli, cluster, planned, flags));
    });

const collect = (file: string, files: readonly string[] = []): readonly string[] => [...files, file];
