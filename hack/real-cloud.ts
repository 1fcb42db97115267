import { UsageError } from './cluster/options.ts';
import { endWith } from './end-with.ts';
import { realCloudMain } from './real-cloud/main.ts';
import { USAGE } from './real-cloud/options.ts';

// npm run real-cloud -- start | stop | status: OpenStack's own services on this machine.
await endWith(async () => {
  try {
    return await realCloudMain(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
});
