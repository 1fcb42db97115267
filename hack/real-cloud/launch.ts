import { startService, stopService, type StartOptions } from './service-process.ts';
import { SERVICE_NAMES, type RigService } from './services.ts';

/**
 * Starts programs, each as soon as those that it needs answer, and returns when all do. When one fails, the error is
 * thrown after the others have come to their end; ending them is the caller's.
 */
export async function launch(services: readonly RigService[], options: StartOptions): Promise<void> {
  const started = new Map<string, Promise<void>>();
  const start = async (service: RigService): Promise<void> => {
    await Promise.all(service.after.flatMap((name) => started.get(name) ?? []));
    await startService(service, options);
  };
  // In the order of the list, so that what is needed is there before what needs it.
  for (const service of services) started.set(service.name, start(service));
  const ends = await Promise.allSettled(started.values());
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Ends every noted program below a root, all at once. */
export async function endAll(root: string, graceMs: number): Promise<void> {
  await Promise.all(SERVICE_NAMES.map((name) => stopService(root, name, graceMs)));
}
