// Who may import whom, checked by `npm run boundaries`. Each folder has one line that lists what it may reach
// besides itself; `types` may be reached by `import type` alone.

const npm = '(^|/)node_modules/'
const builtin = '^(node:)?[a-z_/]+$'
const outside = [npm, builtin]
/** Small and without effects, open to the whole server: keys and hashes, addresses of pages and of networks. */
const ground = ['^server/(network|secrets|urls)\\.ts$']

const folders = [
  { from: '^app/', except: '\\.server\\.tsx?$', may: [npm], types: ['^server/trpc/(router|context)\\.ts$'] },
  {
    from: '^app/.*\\.server\\.tsx?$',
    may: ['^app/', ...outside],
    types: ['^server/trpc/(router|context)\\.ts$'],
  },
  {
    from: '^server/http/',
    may: [
      '^server/(trpc|files|plugin-host|realtime|db)/',
      '^server/domain/refusal\\.ts$',
      ...ground,
      ...outside,
    ],
    types: ['^server/', '^plugins/sdk/'],
  },
  {
    from: '^server/trpc/',
    may: ['^server/domain/', '^server/db/in-tenant\\.ts$', ...ground, ...outside],
    types: ['^server/'],
  },
  {
    from: '^server/domain/',
    except: '^server/domain/(slots|rules)/',
    may: ['^server/(db|events)/', '^plugins/sdk/', ...ground, ...outside],
    types: ['^server/jobs/queues\\.ts$'],
  },
  { from: '^server/domain/(slots|rules)/', may: [npm], types: ['^server/(domain|db)/', '^plugins/sdk/'] },
  {
    from: '^server/events/',
    may: ['^server/(db|jobs)/', ...ground, ...outside],
    types: ['^server/(domain/|house\\.ts$|env\\.ts$)'],
  },
  {
    from: '^server/jobs/',
    may: ['^server/(domain|events|files|plugin-host|db)/', ...ground, ...outside],
    types: ['^server/', '^plugins/sdk/'],
  },
  {
    from: '^server/plugin-host/',
    may: ['^plugins/', '^server/(domain|db)/', ...ground, ...outside],
    types: ['^server/'],
  },
  {
    from: '^server/realtime/',
    may: ['^server/(domain|db)/', ...ground, ...outside],
    types: ['^server/', '^plugins/sdk/'],
  },
  // The bytes of uploads, on disk or in a bucket: beside the domain, which never waits for either in a transaction.
  {
    from: '^server/files/',
    may: ['^server/domain/', ...ground, ...outside],
    types: ['^server/'],
  },
  { from: '^server/db/', may: ['^migrations/', ...outside], types: ['^plugins/sdk/'] },
  {
    from: '^server/[^/]+\\.ts$',
    except: '^server/main\\.ts$',
    may: outside,
    types: ['^server/', '^plugins/sdk/'],
  },
  { from: '^plugins/sdk/', except: '^plugins/sdk/testing/', may: ['node_modules/zod/'], types: [] },
  { from: '^plugins/sdk/testing/', may: ['^plugins/sdk/', ...outside], types: [] },
  {
    from: '^plugins/(?!sdk/)([^/]+)/',
    except: '\\.test\\.ts$',
    own: '^plugins/$1/',
    may: ['^plugins/sdk/', ...outside],
    types: [],
  },
  {
    from: '^plugins/(?!sdk/)([^/]+)/.*\\.test\\.ts$',
    own: '^plugins/$1/',
    may: ['^plugins/sdk/', '^tests/support/third-parties/', ...outside],
    types: [],
  },
  { from: '^plugins/[^/]+\\.ts$', may: ['^plugins/'], types: [] },
  { from: '^migrations/', may: ['node_modules/kysely/'], types: [] },
]

function rulesOf({ from, except, own = from, may, types }) {
  const name = from.replace(/\(\?!.*?\)/, '').replaceAll(/[\^$\\]/g, '')
  const where = { path: from, ...(except ? { pathNot: except } : {}) }
  const reach = {
    name: `${name} reaches`,
    severity: 'error',
    from: where,
    to: { pathNot: [own, ...may, ...types] },
  }
  const value = { pathNot: [own, ...may], path: types, dependencyTypesNot: ['type-only'] }
  return types.length === 0
    ? [reach]
    : [reach, { name: `${name} needs more than types of`, severity: 'error', from: where, to: value }]
}

export default {
  forbidden: [
    ...folders.flatMap(rulesOf),
    {
      name: 'only the composers reach the command line and the tests',
      severity: 'error',
      from: { pathNot: '^(server/(cli/|main\\.ts$)|tests/|plugins/[^/]+/[^/]+\\.test\\.ts$|[^/]+$)' },
      to: { path: '^(server/cli/|server/main\\.ts$|tests/)' },
    },
    {
      name: 'nothing that runs needs the packages of the tests',
      severity: 'error',
      from: { path: '^(app|server|plugins|migrations)/', pathNot: '\\.test\\.ts$|^plugins/sdk/testing/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'every import leads somewhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
}
