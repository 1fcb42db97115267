import { createHash } from 'node:crypto';

import type { Disconnection } from './disconnection.ts';
import type { Incoming, Outgoing } from './exchange.ts';

/** One exchange for `--debug`. */
export interface Exchanged extends Pick<Outgoing, 'method' | 'url' | 'headers'> {
  readonly answer: Incoming | Disconnection;
  /** Our own request id. */
  readonly sent: string;
  readonly tookMs: number;
}

/** Method, URL, status, time and request ids. No body, and of tokens only the beginning of their SHA-256. */
export function debugLine({ method, url, headers, answer, sent, tookMs }: Exchanged): string {
  const token = headers['x-auth-token'];
  const issued = 'headers' in answer ? answer.headers['x-subject-token'] : undefined;
  const outcome = 'headers' in answer ? String(answer.status) : `no answer: ${answer.said}`;
  const theirs = 'headers' in answer ? answer.headers['x-openstack-request-id'] : undefined;
  return [
    `${method} ${withoutLogin(url)} ${outcome} ${(tookMs / 1000).toFixed(2)} s`,
    theirs === undefined || theirs === sent ? sent : `${sent} ${theirs}`,
    ...(token === undefined ? [] : [`token ${fingerprint(token)}`]),
    ...(issued === undefined ? [] : [`new token ${fingerprint(issued)}`]),
  ].join(', ');
}

const fingerprint = (secret: string): string =>
  `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;

function withoutLogin(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}
