/** What the store held, and which version of it: for a compare-and-swap. */
export interface StoredData {
  /** Decoded texts by name, such as `tls.crt`. */
  readonly data: Readonly<Record<string, string>>;
  /** Changes with each write, whoever made it. */
  readonly version: string;
}

/** One place that several processes read and write, such as a Secret. Failures other than a lost race are thrown. */
export interface MaterialStore {
  /** Undefined = there is nothing yet. */
  read(): Promise<StoredData | undefined>;
  /**
   * Writes, unless the store has changed since `previous` was read (undefined: there was nothing). Resolves with false
   * when another writer was faster: read and decide anew.
   */
  write(data: Readonly<Record<string, string>>, previous: StoredData | undefined): Promise<boolean>;
}
