import { kubeClient } from '../kube/client.ts';
import { loadKubeconfig } from '../kube/kubeconfig.ts';
import { createTransport } from '../kube/transport.ts';
import { endWith } from './end-with.ts';
import { installCertificates, printedSecret } from './gencerts/gencerts.ts';
import { type GencertsOptions, parseOptions, USAGE, UsageError } from './gencerts/options.ts';

// node hack/gencerts.ts …: certificate and caBundle of the webhook, for an installation without hooks.
await endWith(async () => {
  const options = optionsOf(process.argv.slice(2));
  if (options === undefined) {
    console.log(USAGE);
    return 0;
  }
  if (options.dryRun) {
    process.stdout.write(await printedSecret(options, Date.now()));
    return 0;
  }
  const { kubeconfig: path, context } = options;
  const transport = createTransport(await loadKubeconfig({ path, context }));
  try {
    for (const line of await installCertificates(options, kubeClient(transport), Date.now())) console.log(line);
  } finally {
    await transport.close();
  }
  return 0;
});

function optionsOf(argv: readonly string[]): GencertsOptions | undefined {
  try {
    return parseOptions(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new Error(`${error.message}\n\n${USAGE}`, { cause: error });
  }
}
