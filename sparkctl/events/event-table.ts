import type { KubernetesEvent } from '../../api/kubernetes.ts';
import { age } from '../../terminal/duration.ts';
import type { Palette } from '../../terminal/palette.ts';
import { table } from '../../terminal/table.ts';
import { inOrder, lastSeen } from './event-time.ts';

interface EventTableOptions {
  readonly now: Date;
  readonly colours: Palette;
}

/** Events as a table, oldest first. */
export const eventTable = (events: readonly KubernetesEvent[], { now, colours }: EventTableOptions): string[] =>
  table(
    ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
    inOrder(events).map((event) => [age(lastSeen(event), now), typeOf(event, colours), ...story(event)]),
  );

/** One event as a line that stays true while others follow it: with the time instead of an age. */
export function eventLine(event: KubernetesEvent, objectWidth: number, colours: Palette): string {
  const [reason, object, message] = story(event);
  const time = `${(lastSeen(event) ?? '').slice(0, 19)}Z`;
  const type = typeOf(event, colours) + ' '.repeat(Math.max(0, 7 - (event.type ?? '').length));
  const text = message.replaceAll(/\s*\n\s*/g, ' ');
  return `${time}   ${type}   ${reason.padEnd(REASON_WIDTH)}   ${object.padEnd(objectWidth)}   ${text}`;
}

/** The longest reasons that Kubernetes and this operator give are about as long. */
const REASON_WIDTH = 25;

/** `sparkapplication/pi`: the object of an event in the words of kubectl. */
export const objectText = ({ kind = '', name = '' }: { readonly kind?: string; readonly name?: string }): string =>
  `${kind.toLowerCase()}/${name}`;

const story = (event: KubernetesEvent): readonly [reason: string, object: string, message: string] => [
  event.reason ?? '',
  objectText(event.involvedObject),
  (event.message ?? '') + times(event),
];

function times(event: KubernetesEvent): string {
  const count = event.series?.count ?? event.count ?? 1;
  return count > 1 ? ` (x${count})` : '';
}

const typeOf = ({ type = 'Normal' }: KubernetesEvent, colours: Palette): string =>
  type === 'Normal' ? type : colours.busy(type);
