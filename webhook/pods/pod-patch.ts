import jsonPatch, { type Operation } from 'fast-json-patch';
import type { Pod } from '../../api/kubernetes.ts';

/** The JSON patch (RFC 6902) that makes `after` of `before`; empty when they are the same. */
export const podPatch = (before: Pod, after: Pod): readonly Operation[] =>
  before === after ? [] : jsonPatch.compare(before, after);
