import type { SparkConf } from '../spark-conf.ts';

/** A volume as Spark's properties describe it: `<prefix><type>.<name>.…`. */
export interface VolumeSpec {
  readonly type: string;
  readonly name: string;
  /** Everything below the name: `mount.path`, `options.claimName`, `label.x`… */
  readonly settings: Readonly<Record<string, string>>;
}

/** All volumes below a prefix, sorted by type and name, so that claims are numbered the same way every time. */
export function volumeSpecs(conf: SparkConf, prefix: string): readonly VolumeSpec[] {
  const found = new Map<string, VolumeSpec>();
  for (const [key, value] of conf.withPrefix(prefix)) {
    const [type = '', name = '', ...rest] = key.split('.');
    const id = `${type}.${name}`;
    const settings = { ...found.get(id)?.settings, [rest.join('.')]: value };
    found.set(id, { type, name, settings });
  }
  return [...found.values()];
}

/** The settings below one more prefix: `label.` gives the labels of a claim. */
export const settingsBelow = ({ settings }: VolumeSpec, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
