import { badSetting, type Settings } from './settings.ts';

/**
 * Keystone's URL with its version: most files have it without, and some with a slash at the end.
 * @throws UserError (exit 2) for what is no URL, and for version 2, which nobody runs any more; undefined when there is none
 */
export function authUrlOf(settings: Settings): string | undefined {
  const found = settings.find('auth_url');
  const text = settings.text('auth_url');
  if (found === undefined || text === undefined) return undefined;
  const version = settings.text('identity_api_version');
  const url = text.replace(/\/+$/, '');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw badSetting(found, `must be a URL such as https://keystone.example.org:5000/v3, got "${text}"`);
  if (url.endsWith('/v2.0') || version === '2' || version === '2.0')
    throw badSetting(found, 'asks for version 2 of the Identity API, which is no more: use the URL that ends in /v3');
  return url.endsWith('/v3') ? url : `${url}/v3`;
}
