import { performance } from 'node:perf_hooks';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import type { Logger } from '../../kube/log.ts';
import { type AdmissionRequest, readAdmissionRequest, type ReviewedKind } from '../review/admission-request.ts';
import { admissionResponse } from '../review/admission-response.ts';
import type { Review, Verdict } from '../review/verdict.ts';
import type { Outcome, ReviewMeter } from './meter.ts';
import { readJson } from './read-json.ts';
import { Refusal } from './refusal.ts';

/** What is reviewed at one path. */
export interface Route extends ReviewedKind {
  readonly review: Review<AdmissionRequest>;
}

export interface AdmissionAppOptions {
  readonly routes: Readonly<Record<string, Route>>;
  readonly maxRequestBytes: number;
  readonly meter: ReviewMeter;
  readonly log: Logger;
}

/**
 * The requests of the API server, path by path. A request that is no AdmissionReview of its path is refused with 4xx; a
 * review that throws is answered with 500, so that the failurePolicy decides; nothing ends the process.
 */
export function admissionApp(options: AdmissionAppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.use(measured(options.meter));
  const body = express.raw({ type: 'application/json', limit: options.maxRequestBytes, inflate: false });
  for (const [path, route] of Object.entries(options.routes)) {
    app.post(path, onlyJson, body, reviewing(route, options));
    app.all(path, (_request, response) => {
      response.setHeader('allow', 'POST');
      throw new Refusal(405, 'Only POST is served');
    });
  }
  app.use(() => {
    throw new Refusal(404, 'No such path');
  });
  app.use(refusing(options.log));
  return app;
}

/** Counts from the head of the request to the end of the answer, whichever way it ends. */
const measured =
  (meter: ReviewMeter): RequestHandler =>
  (_request, response, next) => {
    const start = performance.now();
    const end = meter.begin();
    response.once('close', () => {
      const { kind = 'other', outcome } = seen(response);
      end(kind, outcome ?? 'refused', (performance.now() - start) / 1000);
    });
    next();
  };

/** What the parts of one request tell the meter; express keeps it with the response. */
interface Seen {
  kind?: string;
  outcome?: Outcome;
}
const seen = (response: Response): Seen => response.locals;

const onlyJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json') === false) throw new Refusal(415, 'The content type must be application/json');
  next();
};

const reviewing =
  (route: Route, { meter, log }: AdmissionAppOptions): RequestHandler =>
  async (request, response) => {
    seen(response).kind = route.kind;
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body)) throw new Refusal(400, 'The body is missing');
    const { value, hadProto } = readJson(body);
    const admission = readAdmissionRequest(value, route, hadProto);
    const verdict = await route.review(admission);
    seen(response).outcome = outcomeOf(verdict);
    told(admission, verdict, meter, log);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(admissionResponse(admission, route.group, verdict));
  };

function outcomeOf(verdict: Verdict): Outcome {
  if (!verdict.allowed) return 'denied';
  return verdict.patch === undefined || verdict.patch.length === 0 ? 'allowed' : 'mutated';
}

/** One line for each refused object (fields and rules, never values), and for others only when someone debugs. */
function told(request: AdmissionRequest, verdict: Verdict, meter: ReviewMeter, log: Logger): void {
  const { uid, kind, namespace, name, operation } = request;
  const about = { uid, kind, namespace, name, operation, user: request.user.username };
  if (verdict.allowed) {
    log.debug({ ...about, patched: (verdict.patch ?? []).length, warnings: verdict.warnings?.length }, 'Allowed');
    return;
  }
  const { violations, reason } = verdict;
  for (const { rule } of violations) meter.rejected(kind, rule);
  log.info(
    { ...about, reason, violations: violations.slice(0, 20).map(({ field, rule }) => ({ field, rule })) },
    'Denied',
  );
}

/** Express knows an error handler by its four parameters. */
const refusing =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const status = statusOf(error);
    seen(response).outcome = status < 500 ? 'refused' : 'failed';
    if (status < 500) log.debug({ status, path: request.path }, 'Refused a request');
    else log.error({ err: error, path: request.path }, 'Could not review a request');
    if (response.headersSent || response.destroyed) {
      next(error);
      return;
    }
    const message = error instanceof Refusal ? error.message : status < 500 ? 'The request cannot be read' : 'Failed';
    // What is left of the body is not read: the connection cannot be used again.
    response
      .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end(`${message}\n`);
  };

/** Errors of express carry the HTTP status: 413 for a body that is too large, 415 for a compressed one. */
function statusOf(error: unknown): number {
  const { status } = typeof error === 'object' && error !== null && 'status' in error ? error : { status: 500 };
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
