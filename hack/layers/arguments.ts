import { LAYERS, type LayerName } from './layer-result.ts';

/** What `npm test` was asked for. */
export interface TestRequest {
  readonly layers: readonly LayerName[];
  /** Handed on to jest: file patterns and its options. */
  readonly jestArguments: readonly string[];
}

/** The layer names at the beginning choose the layers (none = all, in their order); the rest goes to jest. */
export function parseTestArguments(argv: readonly string[]): TestRequest {
  const isLayer = (word: string): word is LayerName => LAYERS.some((layer) => layer === word);
  const firstOther = argv.findIndex((word) => !isLayer(word));
  const chosen = firstOther === -1 ? argv : argv.slice(0, firstOther);
  return {
    layers: chosen.length === 0 ? LAYERS : LAYERS.filter((layer) => chosen.includes(layer)),
    jestArguments: firstOther === -1 ? [] : argv.slice(firstOther),
  };
}
