/** What shall become of a cluster that will be created. */
export type ClusterOutcome =
  | { readonly outcome: 'complete'; readonly createMs?: number }
  /** The backend fails: `reason` becomes the status reason, `faults` (node group → reason) default to the same. */
  | {
      readonly outcome: 'fail';
      readonly reason: string;
      readonly faults?: Readonly<Record<string, string>>;
      readonly createMs?: number;
    }
  /** The backend never ends. */
  | { readonly outcome: 'stuck' };
