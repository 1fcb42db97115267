import type { ApplicationState } from '../../api/states.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Palette } from '../../terminal/palette.ts';

const meaning: Readonly<Record<string, keyof Palette>> = {
  '': 'busy',
  SUBMITTED: 'busy',
  RUNNING: 'good',
  COMPLETED: 'good',
  FAILED: 'bad',
  SUBMISSION_FAILED: 'bad',
  PENDING_RERUN: 'busy',
  INVALIDATING: 'busy',
  SUCCEEDING: 'good',
  FAILING: 'bad',
  SUSPENDING: 'busy',
  SUSPENDED: 'dim',
  RESUMING: 'busy',
  UNKNOWN: 'bad',
} satisfies Record<ApplicationState, keyof Palette>;

/** The state of an application; an object without status is New, the empty state. */
export const stateOf = ({ status }: Pick<SparkApplication, 'status'>): ApplicationState =>
  status?.applicationState?.state ?? '';

/** The word for people: the empty state is called NEW. */
export const stateWord = (state: ApplicationState): string => (state === '' ? 'NEW' : state);

/** The state word in the colour of its meaning. A state of a newer operator that is not known here stays plain. */
export function colouredState(state: ApplicationState, colours: Palette): string {
  const colour = meaning[state];
  return colour === undefined ? state : colours[colour](stateWord(state));
}
