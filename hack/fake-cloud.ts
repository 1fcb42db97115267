import { once } from 'node:events';
import { endWith } from './end-with.ts';
import { parseCommandLine, USAGE, UsageError } from './fake-cloud/command-line.ts';
import { startFakeCloud } from './fake-cloud/start.ts';
import type { FakeCloudOptions } from './fake-cloud/options.ts';
import { interruptSignal } from './interrupts.ts';

// npm run fake-cloud: a small OpenStack to try things on, until Ctrl-C.
await endWith(async () => {
  const options = optionsOf(process.argv.slice(2));
  if (options === 'help') {
    console.log(USAGE);
    return 0;
  }
  const cloud = await startFakeCloud(options);
  const { authUrl, s3Endpoint, template, keypair } = cloud.facts;
  console.log(`The fake cloud is up: Keystone ${authUrl}, object store ${s3Endpoint}

  export OS_CLIENT_CONFIG_FILE=${cloud.cloudsFile} OS_CLOUD=demo
  opsparkctl doctor
  opsparkctl create kube demo --template ${template} --keypair ${keypair}

Entries of clouds.yaml: demo, demo-staging, demo-unscoped, demo-wrong, demo-kerberos, demo-app, demo-app-unrestricted,
demo-app-expired, other, admin. Ctrl-C ends it.`);
  const stop = interruptSignal();
  // The servers alone keep the program running; an aborted signal would be missed by `once`.
  if (!stop.aborted) await once(stop, 'abort');
  await cloud.close();
  return 0;
});

function optionsOf(argv: readonly string[]): FakeCloudOptions | 'help' {
  try {
    return parseCommandLine(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new Error(`${error.message}\n\n${USAGE}`, { cause: error });
  }
}
