import { describe, expect, it } from '@jest/globals';
import { parseApiCalls, subtract } from './api-calls.ts';

const metrics = `# HELP apiserver_request_total requests
apiserver_request_total{code="201",component="apiserver",dry_run="",group="",resource="pods",scope="resource",subresource="",verb="POST",version="v1"} 7
apiserver_request_total{code="409",component="apiserver",dry_run="",group="",resource="pods",scope="resource",subresource="",verb="POST",version="v1"} 1
apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="pods",scope="resource",subresource="status",verb="PATCH",version="v1"} 3
apiserver_request_total{code="200",component="apiserver",dry_run="",group="",resource="nodes",scope="cluster",subresource="",verb="LIST",version="v1"} 9
`;

describe('API calls', () => {
  it('adds up codes, keeps subresources apart and leaves other resources out', () => {
    expect(parseApiCalls(metrics)).toEqual({ 'POST pods': 8, 'PATCH pods/status': 3 });
  });

  it('subtracts what was there before and what the bench did itself', () => {
    expect(subtract({ 'POST pods': 8, 'GET pods': 2 }, { 'POST pods': 3 }, { 'POST pods': 1, 'GET pods': 2 })).toEqual({
      'POST pods': 4,
    });
  });
});
