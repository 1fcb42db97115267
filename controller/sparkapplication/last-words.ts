/** Longest text from a container or the cluster that is kept in the status, in characters. */
const MAX_LENGTH = 1024;

/** What looks like a credential: `password=…`, `secretKey: …`, a bearer token, credentials in a URL. */
const SECRET =
  /((?:pass(?:word|wd|phrase)?|secret[\w.-]*|token|credentials?|(?:access|api|account|private)[._-]?key)["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const URL_CREDENTIALS = /(:\/\/[^\s/:@]*:)[^\s/@]+@/g;

/**
 * The end of a text that a container or the cluster left behind, fit for status and events: credentials masked, at most
 * 1 KiB. The end is kept because that is where the exception stands.
 */
export function lastWords(text: string): string {
  const masked = text.replace(BEARER, '$1 ***').replace(SECRET, '$1***').replace(URL_CREDENTIALS, '$1***@').trim();
  return masked.length <= MAX_LENGTH ? masked : `…${masked.slice(1 - MAX_LENGTH)}`;
}
