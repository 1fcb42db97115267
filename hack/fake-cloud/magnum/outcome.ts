/** What shall become of a cluster that will be created. */
export type ClusterOutcome =
  | { readonly outcome: 'complete'; readonly createMs?: number }
  /** The backend fails: `faults` (node group → reason) default to the reason for both groups; with Heat it is told there alone. */
  | {
      readonly outcome: 'fail';
      readonly reason: string;
      readonly faults?: Readonly<Record<string, string>>;
      readonly createMs?: number;
    }
  /** The backend never ends. */
  | { readonly outcome: 'stuck' };
