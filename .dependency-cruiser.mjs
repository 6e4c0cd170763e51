/** The layers of ARCHITECTURE.md: arrows point downward only. */
const layers = {
  diagnostics: [],
  catalog: [],
  syntax: ['diagnostics'],
  model: ['diagnostics', 'catalog', 'syntax'],
  hosts: ['diagnostics', 'catalog', 'syntax', 'model'],
  providers: [],
  terraform: ['diagnostics', 'catalog', 'syntax', 'model', 'hosts', 'providers'],
  'hetzner-api': ['catalog'],
  cli: ['diagnostics', 'catalog', 'syntax', 'model', 'hosts', 'terraform'],
};

/** Pure packages: no IO, no clock, no environment; they run in a browser worker as well. */
const pure = ['diagnostics', 'catalog', 'syntax', 'model', 'hosts'];

const upward = Object.entries(layers).map(([name, below]) => ({
  name: `${name}-looks-downward-only`,
  severity: 'error',
  from: { path: `^packages/${name}/src` },
  to: { path: `^packages/(?!(${[name, ...below].join('|')})/)` },
}));

export default {
  forbidden: [
    ...upward,
    {
      name: 'pure-packages-use-no-node',
      severity: 'error',
      from: { path: `^packages/(${pure.join('|')})/src` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-terraform-and-providers-know-cdktn',
      severity: 'error',
      from: { path: '^packages', pathNot: '^packages/(terraform/src/emitter|providers/(src|scripts))/' },
      to: { path: '(^|/)node_modules/(cdktn|constructs)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'packages-only-by-their-door',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/(src|dist)/',
        pathNot: ['^packages/$1/', '^packages/[^/]+/(src|dist)/(index|language)\\.(ts|js|d\\.ts)$'],
      },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^packages/[^/]+/src' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist', 'generated'] },
    exclude: { path: ['/dist/', '/generated/', '/test/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};
