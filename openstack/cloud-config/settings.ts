import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { isMapping, type Layer } from './raw-cloud.ts';

/** A setting and where it was found. */
export interface Found {
  readonly key: string;
  readonly value: unknown;
  readonly layer: Layer;
}

/** Reads the layers of a cloud as one: the later layer wins. */
export interface Settings {
  /** From the highest layer that has one of the keys; within a layer the first of the keys. */
  readonly find: (...keys: readonly string[]) => Found | undefined;
  /** Numbers count as text: YAML reads `password: 123` as one. @throws UserError for anything else */
  readonly text: (...keys: readonly string[]) => string | undefined;
  /** `true`, `yes`, `1` and their opposites, too: variables know only text. @throws UserError for anything else */
  readonly flag: (key: string) => boolean | undefined;
  /** Every key of every layer. */
  readonly keys: () => readonly string[];
}

/** Reads layers, lowest first. */
export function settingsOf(layers: readonly Layer[]): Settings {
  const highestFirst = layers.toReversed();
  const find = (...keys: readonly string[]): Found | undefined => {
    for (const layer of highestFirst) {
      for (const key of keys) {
        const value = valueIn(layer, key);
        if (value !== undefined && value !== null && value !== '') return { key, value, layer };
      }
    }
    return undefined;
  };
  return {
    find,
    text: (...keys) => textOf(find(...keys)),
    flag: (key) => flagOf(find(key)),
    keys: () => [...new Set(layers.flatMap(({ raw }) => Object.keys(raw)))],
  };
}

/** Settings of the login stand below `auth`; older files have them beside it. */
function valueIn({ raw }: Layer, key: string): unknown {
  const { auth } = raw;
  const inner = isMapping(auth) ? auth[key] : undefined;
  return inner ?? raw[key];
}

function textOf(found: Found | undefined): string | undefined {
  if (found === undefined) return undefined;
  if (typeof found.value === 'string') return found.value;
  if (typeof found.value === 'number') return String(found.value);
  throw badSetting(found, 'must be a text');
}

const words: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

function flagOf(found: Found | undefined): boolean | undefined {
  if (found === undefined) return undefined;
  if (typeof found.value === 'boolean') return found.value;
  const word = typeof found.value === 'string' || typeof found.value === 'number' ? String(found.value) : '';
  const flag = words[word.toLowerCase()];
  if (flag === undefined) throw badSetting(found, 'must be true or false');
  return flag;
}

/** The error about a setting that cannot be used; its value is not shown, for it may be a secret. */
export const badSetting = ({ key, layer }: Pick<Found, 'key' | 'layer'>, wrong: string): UserError =>
  new UserError(`${layer.nameOf(key)} of ${layer.origin} ${wrong}`, { exitCode: exitCode.usage });
