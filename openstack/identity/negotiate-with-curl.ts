import { spawn } from 'node:child_process';

import type { CloudTls } from '../cloud-config/cloud-config.ts';
import type { Environment } from '../cloud-config/environment.ts';
import { OpenStackError, type OpenStackErrorFacts } from '../openstack-error.ts';
import type { Incoming } from '../transport/exchange.ts';
import { failureOf } from '../transport/failure-of.ts';
import { said } from '../transport/said.ts';
import type { Negotiate } from './negotiate.ts';
import { NO_TICKET } from './no-ticket.ts';

/** Variables that curl and Kerberos need; the rest may hold secrets that are none of their business. */
const handedOn =
  /^(PATH|HOME|LANG|LC_.*|TMPDIR|KRB5.*|GSS_.*|DYLD_.*|LD_LIBRARY_PATH|SSL_CERT_(FILE|DIR)|(https?|no|all)_proxy)$/i;

/**
 * Kerberos by curl (with GSS-API), as no library for Node keeps up with the machine's Kerberos. Only the URL and file
 * names are on its command line: `-u :` is curl's way to say "the user of the ticket".
 */
export const negotiateWithCurl =
  (env: Environment): Negotiate =>
  async ({ url, body, tls }) => {
    const ended = await run(curlArgs(url, tls), body, env);
    if (ended.code !== 0) throw failed(url, curlFailure(ended));
    const answer = lastAnswer(ended.out);
    if (answer === undefined) throw failed(url, { failure: 'Unintelligible', said: 'curl got no HTTP answer' });
    if (answer.status < 300) return answer;
    const asksForTicket = answer.status === 401 && /negotiate/i.test(answer.headers['www-authenticate'] ?? '');
    throw failed(url, {
      failure: failureOf(answer.status),
      status: answer.status,
      said: asksForTicket ? NO_TICKET : said(answer.status, answer.text),
      requestId: answer.headers['x-openstack-request-id'],
    });
  };

/** Arguments of curl; `--disable` first keeps a personal .curlrc from adding to them. */
export const curlArgs = (url: string, { caFile, certFile, keyFile, verify }: CloudTls): readonly string[] => [
  '--disable',
  ...['--silent', '--show-error', '--include', '--negotiate', '--user', ':'],
  ...['--connect-timeout', '10', '--max-time', '90', '--request', 'POST', '--data-binary', '@-'],
  ...['--header', 'Content-Type: application/json', '--header', 'Accept: application/json', '--header', 'Expect:'],
  ...(caFile === undefined ? [] : ['--cacert', caFile]),
  ...(certFile === undefined ? [] : ['--cert', certFile]),
  ...(keyFile === undefined ? [] : ['--key', keyFile]),
  ...(verify ? [] : ['--insecure']),
  '--url',
  url,
];

interface Ended {
  /** Undefined when curl could not be started. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], stdin: string, env: Environment): Promise<Ended> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => handedOn.test(name)));
  return new Promise((resolve) => {
    const curl = spawn('curl', args, { env: kept, stdio: ['pipe', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    curl.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    curl.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const texts = () => ({ out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') });
    curl.on('error', (error) => resolve({ code: undefined, out: '', err: error.message }));
    curl.on('close', (code) => resolve({ code: code ?? 1, ...texts() }));
    // curl may end without reading: what it says then is in its exit code.
    curl.stdin.on('error', () => undefined);
    curl.stdin.end(stdin);
  });
}

/** The last answer of curl's output: with Negotiate a 401 comes before it, with a proxy a 200. */
export function lastAnswer(out: string): Incoming | undefined {
  let rest = out;
  let found: Incoming | undefined;
  while (/^HTTP\/\d/.test(rest)) {
    const end = /\r?\n\r?\n/.exec(rest);
    const head = end === null ? rest : rest.slice(0, end.index);
    rest = end === null ? '' : rest.slice(end.index + end[0].length);
    const [line = '', ...lines] = head.split(/\r?\n/);
    const headers = Object.fromEntries(lines.map((header) => headerOf(header)));
    found = { status: Number(line.split(' ')[1]), headers, text: rest };
  }
  return found;
}

function headerOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

type Failed = Pick<OpenStackErrorFacts, 'failure' | 'said'> & Partial<OpenStackErrorFacts>;

/** Exit codes of curl(1). */
function curlFailure({ code, err }: Ended): Failed {
  const words = err.replace(/^curl: \(\d+\) /, '').trim();
  if (code === undefined)
    return { failure: 'Unreachable', said: 'Kerberos needs the program curl, which could not be started: install it' };
  if (code === 2 || code === 4)
    return { failure: 'Unreachable', said: `Kerberos needs a curl with GSS-API ("curl --version" shows it): ${words}` };
  if (code === 28) return { failure: 'TimedOut', said: words };
  return { failure: 'Unreachable', said: words === '' ? `curl ended with ${code}` : words };
}

const failed = (url: string, facts: Failed): OpenStackError =>
  new OpenStackError({
    status: 0,
    service: 'identity',
    method: 'POST',
    path: new URL(url).pathname,
    requestId: undefined,
    ...facts,
  });
