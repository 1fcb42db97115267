/** An entry of a cloud as it stands in a file or in the environment: nothing of it is checked yet. */
export type RawCloud = Readonly<Record<string, unknown>>;

/** Whether a parsed value is a mapping. */
export const isMapping = (value: unknown): value is RawCloud =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One source of settings. */
export interface Layer {
  readonly raw: RawCloud;
  /** For messages: `cloud "a" in /home/me/clouds.yaml`, `the environment`, `the command line`. */
  readonly origin: string;
  /** How a person calls a setting there: `auth.username`, `OS_USERNAME`, `--os-username`. */
  readonly nameOf: (key: string) => string;
}
