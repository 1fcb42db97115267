import { Option, type Command } from 'commander';

import { exitCode } from '../exit-code.ts';
import { UserError } from '../../terminal/user-error.ts';

/** Flags of the former sparkctl that put local files into an object store, or took a schedule as template. */
const unsupported = {
  uploadTo: '-u, --upload-to <url>',
  uploadPrefix: '-p, --upload-prefix <prefix>',
  uploadToRegion: '-r, --upload-to-region <region>',
  uploadToEndpoint: '-e, --upload-to-endpoint <url>',
  public: '-c, --public',
  s3ForcePathStyle: '--s3-force-path-style',
  override: '--override',
  from: '--from <schedule>',
} as const;

/** Accepts the flags (hidden from the help), so that they can be refused with a reason. */
export function addUploadOptions(command: Command): Command {
  for (const flags of Object.values(unsupported)) command.addOption(new Option(flags).hideHelp());
  return command;
}

/** @throws UserError with exit code 2 when one of them is used */
export function refuseUploads(options: Readonly<Record<string, unknown>>): void {
  for (const [name, flags] of Object.entries(unsupported)) {
    if (options[name] === undefined) continue;
    const flag = /--[a-z0-9-]+/.exec(flags)?.[0] ?? flags;
    const instead =
      name === 'from'
        ? 'write a SparkApplication with the template of the schedule'
        : 'upload the files yourself and name them by URL (s3a://…, https://…) or put them into the image (local://…)';
    throw new UserError(`${flag} is not supported yet: ${instead}`, { exitCode: exitCode.usage });
  }
}
