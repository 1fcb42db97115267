import type { Cluster } from '../container-infra/magnum.ts';

/** Which of several clusters of one order stays: the oldest, and of those of one second the one with the smallest UUID. Everybody decides alike. */
export const winnerOf = (twins: readonly Cluster[], own: Cluster): Cluster =>
  [own, ...twins.filter(({ uuid }) => uuid !== own.uuid)].toSorted(
    (a, b) => compare(a.created_at ?? '', b.created_at ?? '') || compare(a.uuid, b.uuid),
  )[0] ?? own;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
