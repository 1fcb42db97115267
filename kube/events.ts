import { randomBytes } from 'node:crypto';
import type { KubernetesEvent } from '../api/kubernetes.ts';
import type { KubeClient } from './client.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { isNotFound } from './errors.ts';
import type { Logger } from './log.ts';
import type { Counter, Metrics } from './metrics.ts';
import { resources } from './resources.ts';

/** The object that an event is about. */
export interface EventSubject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string | undefined;
    readonly name: string;
    readonly uid?: string | undefined;
    readonly resourceVersion?: string | undefined;
  };
}

export interface EventText {
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, for machines. */
  readonly reason: string;
  /** For people; cut at 1024 characters. */
  readonly message: string;
}

/** Tells people what happened, in `kubectl describe`. Best effort: it never waits and never fails. */
export interface EventRecorder {
  record(subject: EventSubject, text: EventText): void;
  /** Resolves when everything recorded has been sent, or after `withinMs`. */
  flush(withinMs: number): Promise<void>;
}

export interface EventRecorderOptions {
  readonly client: KubeClient;
  /** Who reports, as `kubectl describe` shows it. */
  readonly component: string;
  /** Which replica. */
  readonly instance: string;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
  readonly clock?: Clock | undefined;
  /** Events waiting to be sent; more are dropped and counted (default 1000). */
  readonly capacity?: number | undefined;
  /** Requests at once (default 4): events must not stand in the way of real work. */
  readonly parallel?: number | undefined;
}

interface Waiting {
  readonly subject: EventSubject;
  readonly text: EventText;
  readonly first: number;
  last: number;
  count: number;
}

interface Sent {
  readonly name: string;
  readonly last: number;
  readonly count: number;
}

const LONGEST_MESSAGE = 1024;
/** A repeat within this time raises the count of the event; the API server keeps events for an hour. */
const FOLD_MS = 10 * 60_000;
/** How many sent events are remembered for folding. */
const REMEMBERED = 2048;

/** Repeats (same object, type, reason and message) are folded: into what still waits, or by a patch of the count. */
export function eventRecorder(options: EventRecorderOptions): EventRecorder {
  const recorder = new Recorder(options);
  return {
    record: (subject, text) => recorder.record(subject, text),
    flush: (withinMs) => recorder.flush(withinMs),
  };
}

class Recorder {
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Waiting>();
  readonly #sending = new Set<string>();
  readonly #sent = new Map<string, Sent>();
  readonly #drops: Counter<'reason'> | undefined;
  readonly #run = randomBytes(3).toString('hex');
  #sequence = 0;
  #onIdle: (() => void)[] = [];

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#drops = options.metrics?.counter<'reason'>({
      name: 'kube_events_dropped_total',
      help: 'Events that were not recorded: the queue was full, or the API server refused them.',
      labels: ['reason'],
    });
  }

  record(subject: EventSubject, text: EventText): void {
    const id = foldKey(subject, text);
    const now = this.#clock.now();
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) {
      waiting.count += 1;
      waiting.last = now;
      return;
    }
    if (this.#waiting.size >= (this.#options.capacity ?? 1000)) {
      this.#drops?.inc({ reason: 'full' });
      return;
    }
    this.#waiting.set(id, { subject, text, first: now, last: now, count: 1 });
    this.#pump();
  }

  async flush(withinMs: number): Promise<void> {
    if (this.#waiting.size === 0 && this.#sending.size === 0) return;
    const late = new AbortController();
    const idle = new Promise<void>((resolve) => this.#onIdle.push(resolve));
    await Promise.race([idle, sleep(this.#clock, withinMs, late.signal)]);
    late.abort();
  }

  #pump(): void {
    for (const [id, waiting] of this.#waiting) {
      if (this.#sending.size >= (this.#options.parallel ?? 4)) return;
      // A repeat of what is just being sent waits for its name, to raise its count.
      if (this.#sending.has(id)) continue;
      this.#waiting.delete(id);
      this.#sending.add(id);
      void this.#send(id, waiting);
    }
    if (this.#sending.size > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  async #send(id: string, waiting: Waiting): Promise<void> {
    try {
      const sent = this.#sent.get(id);
      const isRepeat = sent !== undefined && waiting.last - sent.last < FOLD_MS;
      this.#remember(id, isRepeat ? await this.#raise(sent, waiting) : await this.#create(waiting));
    } catch (err) {
      this.#drops?.inc({ reason: 'refused' });
      this.#options.log.debug({ err, reason: waiting.text.reason }, 'Could not record an event');
    } finally {
      this.#sending.delete(id);
      this.#pump();
    }
  }

  #remember(id: string, sent: Sent): void {
    this.#sent.delete(id);
    this.#sent.set(id, sent);
    for (const oldest of this.#sent.keys()) {
      if (this.#sent.size <= REMEMBERED) return;
      this.#sent.delete(oldest);
    }
  }

  async #raise(sent: Sent, waiting: Waiting): Promise<Sent> {
    const count = sent.count + waiting.count;
    const { namespace = 'default' } = waiting.subject.metadata;
    const patch = { count, lastTimestamp: new Date(waiting.last).toISOString() };
    try {
      await this.#options.client.patch(resources.events, { namespace, name: sent.name }, patch);
      return { name: sent.name, last: waiting.last, count };
    } catch (error) {
      if (isNotFound(error)) return this.#create(waiting);
      throw error;
    }
  }

  async #create(waiting: Waiting): Promise<Sent> {
    const name = this.#nameFor(waiting);
    await this.#options.client.create<KubernetesEvent>(resources.events, this.#event(name, waiting));
    return { name, last: waiting.last, count: waiting.count };
  }

  #event(name: string, { subject, text, first, last, count }: Waiting): KubernetesEvent {
    const { component, instance } = this.#options;
    const { namespace, name: involved, uid, resourceVersion } = subject.metadata;
    return {
      metadata: { name, namespace: namespace ?? 'default' },
      involvedObject: {
        apiVersion: subject.apiVersion,
        kind: subject.kind,
        name: involved,
        ...(namespace === undefined ? {} : { namespace }),
        ...(uid === undefined ? {} : { uid }),
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      },
      type: text.type,
      reason: text.reason,
      message: text.message.slice(0, LONGEST_MESSAGE),
      source: { component },
      reportingComponent: component,
      reportingInstance: instance,
      firstTimestamp: new Date(first).toISOString(),
      lastTimestamp: new Date(last).toISOString(),
      count,
    };
  }

  /** Unique over replicas and restarts; object names have at most 253 characters. */
  #nameFor({ subject, first }: Waiting): string {
    this.#sequence += 1;
    const suffix = `.${first.toString(16)}${this.#run}${this.#sequence.toString(16)}`;
    return `${subject.metadata.name.slice(0, 253 - suffix.length)}${suffix}`;
  }
}

const foldKey = ({ kind, metadata: { namespace = '', name, uid = '' } }: EventSubject, text: EventText): string =>
  `${kind}/${namespace}/${name}/${uid}/${text.type}/${text.reason}/${text.message}`;
