import assert from 'node:assert/strict';
import { analyse, regionsServing } from '@groundplan/model';
import { describe, it } from 'mocha';

/** The regions whose addresses each host name of the routes stands for; a count is that of the app in helsinki. */
function serving(counts: { readonly web: number; readonly api: number }): Record<string, readonly string[]> {
  const { model } = analyse(`topology: v1
name: shop
regions:
  helsinki: { location: hel1, apps: { web: { count: ${counts.web} }, api: { count: ${counts.api} } } }
  falkenstein: { location: fsn1, apps: { nowhere: { count: 0 } } }
load_balancers:
  edge:
    routes: { example.com: app.web, example.com/api: app.api, www.example.com: app.web, x.example.com: app.nowhere }
apps:
  web: { port: 3000, run: { script: run.sh } }
  api: { port: 3001, run: { script: run.sh } }
  nowhere: { count: 0, port: 3002, run: { script: run.sh } }
`);
  const [edge] = model.loadBalancers;
  assert.ok(edge);
  const hosts = [...new Set(edge.routes.map(({ host }) => host))];
  return Object.fromEntries(
    hosts.map((host) => [host, regionsServing(model, edge, host).map(({ firstName }) => firstName)]),
  );
}

describe('the regions that a host name stands for', () => {
  it('are those in which every one of its apps has servers, sorted by name', () => {
    const both = ['falkenstein', 'helsinki'];
    assert.deepEqual(serving({ web: 2, api: 2 }), {
      'example.com': both,
      'www.example.com': both,
      'x.example.com': both,
    });
    assert.deepEqual(serving({ web: 2, api: 0 }), {
      'example.com': ['falkenstein'],
      'www.example.com': both,
      'x.example.com': both,
    });
  });
});
