import { describe, expect, it } from '@jest/globals';

import { said } from './said.ts';

describe('said', () => {
  const cases: Record<string, { given: string; want: string }> = {
    Keystone: {
      given:
        '{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}',
      want: 'The request you have made requires authentication.',
    },
    Magnum: {
      given:
        '{"errors":[{"status":404,"code":"client","links":[],"title":"Cluster x could not be found","detail":"Cluster x could not be found.","request_id":""}]}',
      want: 'Cluster x could not be found.',
    },
    'Magnum without a detail': {
      given:
        '{"errors":[{"status":406,"title":"Not Acceptable","detail":"","max_version":"1.10","min_version":"1.1"}]}',
      want: 'Not Acceptable',
    },
    Nova: {
      given: '{"itemNotFound":{"code":404,"message":"Keypair x not found"}}',
      want: 'Keypair x not found',
    },
    Neutron: {
      given: '{"NeutronError":{"type":"OverQuota","message":"Quota exceeded for resources: [\'port\'].","detail":""}}',
      want: "Quota exceeded for resources: ['port'].",
    },
    'a WSGI fault': {
      given: '{"faultcode":"Client","faultstring":"Unknown attribute","debuginfo":null}',
      want: 'Unknown attribute',
    },
    'a proxy with a page': {
      given:
        '<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1><p>No server is available.</p></body></html>',
      want: '502 Bad Gateway: No server is available.',
    },
    text: { given: 'Service\n unavailable \n', want: 'Service unavailable' },
    nothing: { given: '', want: 'no reason given (503)' },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(said(503, given)).toBe(want);
  });

  it('is cut where it is too long to read', () => {
    expect(said(500, 'x'.repeat(5000))).toHaveLength(601);
  });
});
