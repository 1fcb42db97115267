/** The part of npm's lock files that is compared. */
export interface Lock {
  readonly packages?: Readonly<
    Record<string, { readonly version?: string; readonly optional?: boolean; readonly devOptional?: boolean }>
  >;
}
export function outdatedPackages(
  lock: Required<Lock>,
  installed: Lock | undefined,
  platformPackage: string,
): readonly string[];
export function nodePackage(platform: string, arch: string): string;
export const OLDEST_NODE: readonly [number, number];
export function runsSources(version: string): boolean;
