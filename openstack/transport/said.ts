import { isMapping } from '../cloud-config/raw-cloud.ts';

const LONGEST = 600;

/**
 * What a service said in a refusal, without what surrounds it. Understands Keystone (`error.message`), Magnum
 * (`errors[].detail`), Nova (`badRequest.message`), Neutron (`NeutronError.message`), WSGI faults (`faultstring`), and
 * the pages of web servers and proxies.
 */
export function said(status: number, text: string): string {
  const message = messageIn(parsed(text)) ?? pageText(text);
  const line = message.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return `no reason given (${status})`;
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const keys = ['detail', 'message', 'faultstring', 'title', 'description'] as const;

function messageIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) {
    const all = body.map((entry) => messageIn(entry)).filter((entry) => entry !== undefined);
    return all.length === 0 ? undefined : all.join('; ');
  }
  if (!isMapping(body)) return undefined;
  const own = keys.map((key) => body[key]).find((value) => typeof value === 'string' && value !== '');
  if (typeof own === 'string') return own;
  // The name of the envelope differs from service to service: `error`, `errors`, `itemNotFound`…
  return Object.values(body)
    .filter((value) => typeof value === 'object')
    .map((value) => messageIn(value))
    .find((value) => value !== undefined);
}

/** A web server's page says it in its title or heading. */
function pageText(text: string): string {
  if (!/<html|<!doctype/i.test(text)) return text;
  const heading = /<(title|h1)[^>]*>([^<]+)</i.exec(text)?.[2] ?? '';
  const paragraph = /<p[^>]*>([^<]+)</i.exec(text)?.[1] ?? '';
  return [heading, paragraph].filter((part) => part.trim() !== '').join(': ');
}
