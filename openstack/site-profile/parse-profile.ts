import { parse, YAMLParseError } from 'yaml';

import { UserError } from '../../terminal/user-error.ts';
import { nearest } from '../clusters/nearest.ts';
import { exitCode } from '../exit-code.ts';
import { emptyProfile, type SiteProfile } from './site-profile.ts';

/** What may stand in a place: its description for messages, and whether a value is such a thing. */
interface Leaf {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
}

interface Shape {
  readonly [key: string]: Leaf | Shape;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isPositive = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const text: Leaf = { wanted: 'a text', fits: isText };
const flag: Leaf = { wanted: 'true or false', fits: (value) => typeof value === 'boolean' };
const count: Leaf = { wanted: 'a whole number of 1 or more', fits: isPositive };
const texts: Leaf = {
  wanted: 'a list of texts',
  fits: (value) => Array.isArray(value) && value.every(isText),
};
const textMap: Leaf = {
  wanted: 'a map of texts (numbers and booleans in quotes)',
  fits: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
};
const anything: Leaf = { wanted: 'a map', fits: isObject };
const oneOf = (...words: readonly string[]): Leaf => ({
  wanted: `one of ${words.join(', ')}`,
  fits: (value) => words.some((word) => word === value),
});

/** The keys of SiteProfile, with what they hold. */
const shape: Shape = {
  cloud: text,
  kube: {
    template: text,
    nodeCount: count,
    masterCount: count,
    flavor: text,
    masterFlavor: text,
    keypair: text,
    labels: textMap,
    createTimeoutMinutes: count,
  },
  spark: {
    namespace: text,
    jobNamespaces: texts,
    chart: text,
    values: anything,
    s3: { endpoint: text, region: text, bucket: text, pathStyle: flag },
  },
  history: { service: oneOf('ClusterIP', 'NodePort', 'LoadBalancer'), ingressHost: text },
};

/**
 * Reads a site profile.
 * @throws UserError with exit code 2 that names every key that is unknown (with the nearest known one) or holds something else
 */
export function parseProfile(yaml: string, file: string): SiteProfile {
  const content = contentOf(yaml, file) ?? {};
  const problems = problemsIn(content, shape, '');
  if (problems.length > 0)
    throw new UserError(problems.map((problem) => `${file}: ${problem}`).join('\n'), { exitCode: exitCode.usage });
  const profile = content as Partial<SiteProfile>; // checked against the shape
  const { kube = emptyProfile.kube, spark, history = emptyProfile.history } = profile;
  return { ...profile, kube, history, spark: { ...spark, s3: spark?.s3 ?? {} } };
}

function contentOf(yaml: string, file: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const reason = error.message.split('\n')[0] ?? '';
    throw new UserError(`${file} is not YAML: ${reason}`, { exitCode: exitCode.usage, cause: error });
  }
}

/** A key without a value is as good as none. */
function problemsIn(value: unknown, wanted: Shape, path: string): readonly string[] {
  if (!isObject(value)) return [`${path === '' ? 'the file' : path} must be a map`];
  return Object.entries(value).flatMap(([key, content]) => problemsAt(key, content, wanted, path));
}

function problemsAt(key: string, content: unknown, wanted: Shape, path: string): readonly string[] {
  const full = path === '' ? key : `${path}.${key}`;
  const place = Object.hasOwn(wanted, key) ? wanted[key] : undefined;
  if (place === undefined) return [`${full} is unknown${suggestion(key, Object.keys(wanted), path)}`];
  if (content === null || content === undefined) return [`${full} has no value`];
  if (!isLeaf(place)) return problemsIn(content, place, full);
  return place.fits(content) ? [] : [`${full} must be ${place.wanted}`];
}

const isLeaf = (place: Leaf | Shape): place is Leaf => typeof place.fits === 'function';

function suggestion(key: string, known: readonly string[], path: string): string {
  const [best] = nearest(key, known);
  const prefix = path === '' ? '' : `${path}.`;
  return best === undefined ? `; known are ${known.join(', ')}` : `: is it ${prefix}${best}?`;
}
