/** The layers of tests, in the order in which they run: the quickest answer first. */
export const LAYERS = ['check', 'unit', 'integration', 'openstack', 'e2e'] as const;
export type LayerName = (typeof LAYERS)[number];

/** How one layer went. A layer that could not run has one failure, and the reason. */
export interface LayerResult {
  readonly layer: LayerName;
  readonly passed: number;
  readonly failed: number;
  readonly milliseconds: number;
  readonly reason?: string;
}
