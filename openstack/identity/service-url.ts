const VERSION = /\/(v\d+(?:\.\d+)?)(?=\/|$)/;

/**
 * The URL of a call. Catalogs have endpoints with and without the version (`/v1`, `/v2.1/PROJECT`): a path with a version
 * takes the place of the endpoint's, what comes after the endpoint's version stays, and `/` is the service's root, where the
 * versions are listed.
 * @param endpoint without a slash at its end
 */
export function serviceUrl(
  endpoint: string,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const { origin, pathname } = new URL(endpoint);
  const before = pathname === '/' ? '' : pathname;
  const url = new URL(origin + placed(before, path));
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

function placed(before: string, path: string): string {
  const theirs = VERSION.exec(before);
  const root = theirs === null ? before : before.slice(0, theirs.index);
  if (path === '/') return `${root}/`;
  const ours = /^\/(v\d+(?:\.\d+)?)(?=\/|$)/.exec(path);
  if (ours === null) return before + path;
  const after = theirs === null ? '' : before.slice(theirs.index + theirs[0].length);
  return root + ours[0] + after + path.slice(ours[0].length);
}
