import { describe, expect, it } from '@jest/globals';

import { curlArgs, lastAnswer } from './negotiate-with-curl.ts';

const tls = { caFile: undefined, certFile: undefined, keyFile: undefined, verify: true };

describe('lastAnswer', () => {
  it('is what comes after the question for a ticket', () => {
    const out =
      'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n' +
      'HTTP/1.1 201 CREATED\r\nX-Subject-Token: gAAAA:1\r\nDate: x\r\n\r\n{"token": {}}\n\nHTTP';
    expect(lastAnswer(out)).toEqual({
      status: 201,
      headers: { 'x-subject-token': 'gAAAA:1', date: 'x' },
      text: '{"token": {}}\n\nHTTP',
    });
  });

  it('may be the question itself', () => {
    expect(lastAnswer('HTTP/2 401\r\nwww-authenticate: Negotiate\r\n\r\n')).toMatchObject({ status: 401, text: '' });
  });

  it('is nothing when nobody answered', () => {
    expect(lastAnswer('')).toBeUndefined();
  });
});

describe('curlArgs', () => {
  it('names the authority and never turns the check off by itself', () => {
    const args = curlArgs('https://k/v3/auth/tokens', { ...tls, caFile: '/ca.pem' });
    expect(args.join(' ')).toContain('--negotiate --user :');
    expect(args.join(' ')).toContain('--cacert /ca.pem');
    expect(args).not.toContain('--insecure');
    expect(args.slice(-2)).toEqual(['--url', 'https://k/v3/auth/tokens']);
  });

  it('reads the body from its standard input', () => {
    expect(curlArgs('https://k', tls)).toContain('@-');
  });
});
