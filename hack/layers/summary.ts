import { seconds } from '../../terminal/progress.ts';
import type { LayerResult } from './layer-result.ts';

/** A line for each layer. */
export function layerLines(results: readonly LayerResult[]): readonly string[] {
  return results.map(({ layer, passed, failed, milliseconds, reason }) => {
    const counts = `${passed} passed, ${failed} failed`;
    return `${layer.padEnd(12)} ${counts.padEnd(24)} ${seconds(milliseconds)}${reason === undefined ? '' : `  ${reason}`}`;
  });
}

/** The last line of a run, for programs to read: `N passed, N failed`. */
export function summaryLine(results: readonly LayerResult[]): string {
  const sum = (count: (result: LayerResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
}

/** 0 only when something ran and nothing failed. */
export function exitCode(results: readonly LayerResult[]): number {
  return results.length > 0 && results.every(({ failed }) => failed === 0) ? 0 : 1;
}
