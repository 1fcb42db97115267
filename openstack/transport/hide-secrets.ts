const SHORTEST = 4;

/** A text without secrets that a server may have sent back. Very short ones stay: they would garble everything. */
export const hideSecrets = (text: string, secrets: readonly (string | undefined)[]): string =>
  secrets.reduce<string>(
    (hidden, secret) =>
      secret === undefined || secret.length < SHORTEST ? hidden : hidden.replaceAll(secret, '[hidden]'),
    text,
  );
