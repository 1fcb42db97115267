import { resources, type Resource } from '../kube/resources.ts';
import type { ScheduledSparkApplication } from '../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../api/sparkapplication.ts';
import { exitCode } from './exit-code.ts';
import { UserError } from '../terminal/user-error.ts';

/** Either of our kinds. */
export type SparkResource = Resource<SparkApplication> | Resource<ScheduledSparkApplication>;

const words: Readonly<Record<string, SparkResource>> = {
  sparkapplication: resources.sparkApplications,
  sparkapplications: resources.sparkApplications,
  sparkapp: resources.sparkApplications,
  scheduledsparkapplication: resources.scheduledSparkApplications,
  scheduledsparkapplications: resources.scheduledSparkApplications,
  scheduledsparkapp: resources.scheduledSparkApplications,
};

/**
 * The kind that a word of the command line means: singular, plural or short name, with or without the group, in any case.
 * @throws UserError with exit code 2 for any other word
 */
export function kindOf(word: string): SparkResource {
  const resource = words[word.toLowerCase().replace(/\.sparkoperator\.k8s\.io$/, '')];
  if (resource !== undefined) return resource;
  throw new UserError(`unknown kind "${word}": sparkctl knows sparkapplication and scheduledsparkapplication`, {
    exitCode: exitCode.usage,
  });
}

/** `pi` or `scheduledsparkapplication/pi`. */
export function target(text: string): { readonly resource: SparkResource; readonly name: string } {
  const slash = text.indexOf('/');
  if (slash === -1) return { resource: resources.sparkApplications, name: text };
  return { resource: kindOf(text.slice(0, slash)), name: text.slice(slash + 1) };
}

/** The name of a SparkApplication, for commands that only it has. @throws UserError with exit code 2 for a schedule */
export function applicationName(text: string): string {
  const { resource, name } = target(text);
  if (resource.kind === resources.sparkApplications.kind) return name;
  throw new UserError(`${text}: this command is about a SparkApplication, not a ${resource.kind}`, {
    exitCode: exitCode.usage,
  });
}
