/** The layers of ARCHITECTURE.md: arrows point downward only. */
const layers = {
  diagnostics: [],
  catalog: [],
  syntax: ['diagnostics'],
  model: ['diagnostics', 'catalog', 'syntax'],
  secrets: ['diagnostics', 'catalog', 'syntax', 'model'],
  'dns-checker': [],
  hosts: ['diagnostics', 'catalog', 'syntax', 'model', 'secrets', 'dns-checker'],
  plan: ['diagnostics'],
  files: ['diagnostics', 'catalog', 'syntax', 'model', 'hosts'],
  providers: [],
  terraform: ['diagnostics', 'catalog', 'syntax', 'model', 'secrets', 'hosts', 'plan', 'providers'],
  'hetzner-api': ['catalog'],
  rehearsal: ['model', 'diagram', 'hetzner-api'],
  diagram: ['diagnostics', 'catalog', 'syntax', 'model', 'plan'],
  ide: ['diagnostics', 'catalog', 'syntax', 'model', 'hosts'],
  'language-server': [
    'diagnostics',
    'catalog',
    'syntax',
    'model',
    'secrets',
    'hosts',
    'files',
    'plan',
    'diagram',
    'ide',
  ],
  cli: [
    'diagnostics',
    'catalog',
    'syntax',
    'model',
    'secrets',
    'dns-checker',
    'hosts',
    'files',
    'plan',
    'terraform',
    'diagram',
    'ide',
    'language-server',
    'rehearsal',
  ],
};

/** Pure packages: no IO, no clock, no environment; they run in a browser worker as well. */
const pure = ['diagnostics', 'catalog', 'syntax', 'model', 'hosts', 'plan', 'diagram', 'ide'];

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
      name: 'secrets-are-handled-behind-a-door-of-their-own',
      severity: 'error',
      from: { path: '^packages/secrets/src', pathNot: '^packages/secrets/src/node/' },
      to: { path: ['^packages/secrets/src/node/', '(^|/)node_modules/age-encryption/'] },
    },
    {
      name: 'secrets-without-values-use-no-node',
      severity: 'error',
      from: { path: '^packages/secrets/src', pathNot: '^packages/secrets/src/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-command-line-handles-secrets',
      severity: 'error',
      from: { path: '^packages', pathNot: '^packages/(secrets|cli)/' },
      to: { path: '^packages/secrets/src/node/' },
    },
    {
      name: 'only-terraform-and-providers-know-cdktn',
      severity: 'error',
      from: { path: '^packages', pathNot: '^packages/(terraform/src/emitter|providers/(src|scripts))/' },
      to: { path: '(^|/)node_modules/(cdktn|constructs)/' },
    },
    {
      name: 'only-the-language-server-knows-its-protocol',
      severity: 'error',
      from: { path: '^packages', pathNot: '^packages/language-server/' },
      to: { path: '(^|/)node_modules/vscode-languageserver' },
    },
    {
      name: 'language-server-common-and-browser-use-no-node',
      severity: 'error',
      from: { path: '^packages/language-server/src', pathNot: '^packages/language-server/src/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'language-server-common-and-browser-have-no-disk',
      severity: 'error',
      from: { path: '^packages/language-server/src', pathNot: '^packages/language-server/src/node/' },
      to: { path: '^packages/files/' },
    },
    {
      name: 'extension-knows-only-the-server-and-the-model',
      severity: 'error',
      from: { path: '^extension/src' },
      to: { path: '^packages/(?!language-server/|model/)' },
    },
    {
      name: 'extension-outside-of-node-uses-no-node',
      severity: 'error',
      from: { path: '^extension/src', pathNot: '^extension/src/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'extension-common-enters-neither-side',
      severity: 'error',
      from: { path: '^extension/src/(common|messages|webview)/' },
      to: { path: '^extension/src/(node|browser)/' },
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
        pathNot: [
          '^packages/$1/',
          '^packages/[^/]+/(src|dist)/(index|language|bundle|node/index|browser/index)\\.(ts|js|d\\.ts)$',
        ],
      },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^packages/[^/]+/src' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist', 'generated'] },
    exclude: { path: ['/dist/', '/generated/', '/test/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'browser', 'default'],
    },
  },
};
