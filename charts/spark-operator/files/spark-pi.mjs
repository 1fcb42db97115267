// Run by `helm test`: creates the SparkApplication beside this file, follows its state until it ends, and deletes it.
// Exit code 0 = COMPLETED. Needs nothing but Node.js and the pod's service account.
import { readFile } from 'node:fs/promises';
import { setInterval } from 'node:timers/promises';

const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port, TIMEOUT_SECONDS: timeoutSeconds } = process.env;
const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
const token = await readFile('/var/run/secrets/kubernetes.io/serviceaccount/token', 'utf8');
const app = JSON.parse(await readFile(new URL('spark-pi.json', import.meta.url), 'utf8'));
const { namespace, name } = app.metadata;
const collection = `/apis/${app.apiVersion}/namespaces/${namespace}/sparkapplications`;

async function call(method, path, body) {
  const response = await fetch(server + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok && response.status !== 404) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return response.ok ? text : undefined;
}

const read = async () => JSON.parse((await call('GET', `${collection}/${name}`)) ?? 'null');
const remove = () => call('DELETE', `${collection}/${name}`);

/** Looks once a second and prints every change of state, until `ended` says so or the time is up. */
async function follow(ended) {
  const deadline = Date.now() + Number(timeoutSeconds) * 1000;
  let last;
  for await (const _ of setInterval(1000)) {
    const now = await read();
    const { state = 'New', errorMessage = '' } = now?.status?.applicationState ?? {};
    if (now && state !== last) console.log(`${new Date().toISOString()} ${namespace}/${name} ${state} ${errorMessage}`);
    last = state;
    if (ended(now, state)) return { now, state };
    if (Date.now() > deadline) {
      const hint = state === 'New' ? `: does the operator serve the namespace ${namespace}? test.namespace names another one` : '';
      throw new Error(`${namespace}/${name} is still ${state} after ${timeoutSeconds} s${hint}`);
    }
  }
}

async function driverLog(pod) {
  const log = pod && (await call('GET', `/api/v1/namespaces/${namespace}/pods/${pod}/log?tailLines=200`));
  return log ?? 'The driver has left no log';
}

process.on('SIGTERM', () => void remove().finally(() => process.exit(1)));
try {
  if (await remove()) await follow((found) => found === null);
  await call('POST', collection, app);
  const { now, state } = await follow((_, at) => at === 'COMPLETED' || at === 'FAILED');
  const log = await driverLog(now.status.driverInfo?.podName);
  console.log(state === 'COMPLETED' ? (log.match(/^Pi is .*$/m)?.[0] ?? 'The driver printed no value of Pi') : log);
  process.exitCode = state === 'COMPLETED' ? 0 : 1;
} catch (error) {
  console.error(error.message, error.cause?.message ?? '');
  process.exitCode = 1;
} finally {
  await remove();
}
