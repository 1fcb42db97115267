import type { RequestOptions } from 'node:https';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { KubeConfig } from '@kubernetes/client-node';
import { type Clock, systemClock } from './clock.ts';
import { defaultKubeconfigFiles, mergeKubeconfigs } from './kubeconfig-merge.ts';
import type { Credentials } from './transport.ts';

export interface KubeconfigOptions {
  /** A file; left out = what kubectl reads: `KUBECONFIG` (a list of files), else `~/.kube/config`. */
  readonly path?: string | undefined;
  /** Files that are merged instead of those that kubectl reads; they need not exist. */
  readonly files?: readonly string[] | undefined;
  /** Left out = the current context. */
  readonly context?: string | undefined;
  readonly clock?: Clock | undefined;
}

/** One context of a kubeconfig. */
export interface KubeconfigContext {
  readonly server: string;
  readonly credentials: Credentials;
  readonly context: string;
  /** The namespace of the context, if it names one. */
  readonly namespace: string | undefined;
  /** For exec and port-forward, which speak WebSocket through client-node. */
  readonly config: KubeConfig;
}

/** Authorization headers are asked of client-node this often: it runs plug-ins and renews their tokens. */
const HEADER_AGE_MS = 10_000;

/**
 * Reads a kubeconfig as kubectl does, exec and OIDC plug-ins included. For command lines and development only: it
 * loads `@kubernetes/client-node`, which costs a controller more memory than all the rest. Throws an Error that says
 * what is missing.
 */
export async function loadKubeconfig(options: KubeconfigOptions = {}): Promise<KubeconfigContext> {
  const config = await readConfig(options);
  const cluster = config.getCurrentCluster();
  const context = config.getCurrentContext();
  if (cluster === null)
    throw new Error(`Context "${context}" of the kubeconfig names no known cluster: see kubectl config get-contexts`);
  if (cluster.proxyUrl !== undefined)
    throw new Error(`Cluster "${cluster.name}" is reached by proxy-url, which is not supported`);
  const applied = await apply(config);
  return {
    server: cluster.server,
    context,
    namespace: config.getContextObject(context)?.namespace,
    config,
    credentials: {
      ca: applied.ca,
      clientCertificate: applied.cert,
      clientKey: applied.key,
      serverName: cluster.tlsServerName,
      insecureSkipTlsVerify: cluster.skipTLSVerify,
      authorization: headerSource(config, applied.authorization, options.clock ?? systemClock),
    },
  };
}

async function readConfig({ path, files, context }: KubeconfigOptions): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const config = new Config();
  try {
    if (path !== undefined) config.loadFromFile(path);
    else loadDefault(config, () => new Config(), files);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot read the kubeconfig${path === undefined ? '' : ` ${path}`}: ${reason}`, { cause });
  }
  if (context !== undefined) {
    if (config.getContextObject(context) === null)
      throw new Error(`The kubeconfig has no context "${context}": see kubectl config get-contexts`);
    config.setCurrentContext(context);
  }
  return config;
}

/** What client-node falls back to when there is neither a kubeconfig nor a service account. */
const NOWHERE = 'http://localhost:8080';

/** `KubeConfig.loadFromDefault` merges several files otherwise than kubectl, and fails when one does not exist. */
function loadDefault(config: KubeConfig, empty: () => KubeConfig, given: readonly string[] | undefined): void {
  const files = (given ?? defaultKubeconfigFiles(process.env, homedir())).filter((file) => existsSync(file));
  if (files.length > 0) {
    const parts = files.map((file) => {
      const part = empty();
      part.loadFromFile(file);
      return part;
    });
    config.loadFromOptions(mergeKubeconfigs(parts));
    return;
  }
  if (given === undefined) config.loadFromDefault();
  const server = config.getCurrentCluster()?.server;
  if (server === undefined || server === NOWHERE)
    throw new Error('there is none: set KUBECONFIG, pass --kubeconfig, or put one at ~/.kube/config');
}

interface Applied {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
}

async function apply(config: KubeConfig): Promise<Applied> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, headers, auth } = options;
  const basic = typeof auth === 'string' ? `Basic ${Buffer.from(auth).toString('base64')}` : undefined;
  return { ca: textOf(ca), cert: textOf(cert), key: textOf(key), authorization: headerOf(headers) ?? basic };
}

/** Certificates come as a text or its bytes. */
const textOf = (pem: unknown): string | undefined =>
  typeof pem === 'string' ? pem : Buffer.isBuffer(pem) ? pem.toString('utf8') : undefined;

const headerOf = (headers: unknown): string | undefined => {
  if (typeof headers !== 'object' || headers === null || !('Authorization' in headers)) return undefined;
  return typeof headers.Authorization === 'string' ? headers.Authorization : undefined;
};

function headerSource(config: KubeConfig, first: string | undefined, clock: Clock): Credentials['authorization'] {
  if (first === undefined) return undefined;
  let header: string | undefined = first;
  let askedAt = clock.monotonic();
  return async (fresh) => {
    if (!fresh && clock.monotonic() - askedAt < HEADER_AGE_MS) return header;
    header = (await apply(config)).authorization;
    askedAt = clock.monotonic();
    return header;
  };
}
