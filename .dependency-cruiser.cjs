const coreRooms = [
  'audit',
  'directory',
  'access',
  'calendar',
  'notices',
  'evidence',
  'comments',
  'workflow',
  'imports',
];

/** The seven rules of docs/ARCHITECTURE.md, by machine. Captured folder names make one rule serve every feature. */
module.exports = {
  forbidden: [
    { name: '1-no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: '2-domain-is-pure',
      severity: 'error',
      comment: 'domain imports only domain; the decimal library only in kit/decimal.ts',
      from: { path: '^src/domain/', pathNot: ['\\.test\\.ts$', '^src/domain/kit/decimal\\.ts$'] },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: '2-domain-decimal',
      severity: 'error',
      from: { path: '^src/domain/kit/decimal\\.ts$' },
      to: { pathNot: ['^src/domain/', 'node_modules/fraction\\.js'] },
    },
    {
      name: '3-contract-imports-domain-and-zod',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/(contract|domain)/', 'node_modules/zod/'] },
    },
    {
      name: '4-platform-knows-no-business',
      severity: 'error',
      from: { path: '^src/server/platform/' },
      to: { path: '^src/server/(core|features|app)/' },
    },
    {
      name: '4-core-knows-no-feature',
      severity: 'error',
      from: { path: '^src/server/core/' },
      to: { path: '^src/server/(features|app)/' },
    },
    // Each room of the core knows those before it.
    ...coreRooms.map((room, at) => ({
      name: `4-core-order-${room}`,
      severity: 'error',
      comment: coreRooms.join(' ◄ '),
      from: { path: `^src/server/core/${room}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^src/server/core/(${[...coreRooms.slice(at + 1), 'none'].join('|')})/` },
    })),
    {
      name: '5-features-are-islands',
      severity: 'error',
      from: { path: '^src/(server|web)/features/([^/]+)/' },
      // A kind of job is a value that others name when they ask for it.
      to: {
        path: '^src/(server|web)/features/([^/]+)/',
        pathNot: ['^src/$1/features/$2/', '^src/server/features/[^/]+/[^/]+\\.jobs\\.ts$'],
      },
    },
    {
      name: '5-kinds-of-jobs-are-values',
      severity: 'error',
      from: { path: '\\.jobs\\.ts$' },
      to: { pathNot: ['^src/server/platform/jobs/port\\.ts$', 'node_modules/zod/'] },
    },
    {
      name: '5-features-know-no-composition',
      severity: 'error',
      from: { path: '^src/server/features/' },
      to: { path: '^src/server/app/' },
    },
    {
      name: '5-routes-are-no-library',
      severity: 'error',
      comment: 'what two route files need stands in a .act.ts, .shape.ts or .store.ts file',
      from: { path: '^src/server/', pathNot: ['\\.feature\\.ts$', '^src/server/app/endpoints\\.ts$', '\\.test\\.ts$'] },
      to: { path: '\\.routes\\.ts$' },
    },
    {
      name: '5-sample-writes-past-the-features',
      severity: 'error',
      comment: 'the sample city knows domain, contract, platform and core; of a feature only the types of its store',
      from: { path: '^src/sample/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(web|server/(app|features))/', pathNot: '^src/server/features/.+\\.store\\.ts$' },
    },
    {
      name: '5-sample-knows-stores-by-type',
      severity: 'error',
      from: { path: '^src/sample/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/server/features/.+\\.store\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: '5-sample-is-laid-by-the-composition',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sample|server/app)/' },
      to: { path: '^src/sample/' },
    },
    { name: '6-server-not-web', severity: 'error', from: { path: '^src/server/' }, to: { path: '^src/web/' } },
    { name: '6-web-not-server', severity: 'error', from: { path: '^src/web/' }, to: { path: '^src/server/' } },
    {
      name: '6-shared-web-knows-no-feature',
      severity: 'error',
      from: { path: '^src/web/shared/' },
      to: { path: '^src/web/(features|desk|pocket|portal)/' },
    },
    {
      name: '6-web-features-know-no-shell',
      severity: 'error',
      from: { path: '^src/web/features/' },
      to: { path: '^src/web/(desk|pocket|portal)/' },
    },
    {
      name: '7-kysely-in-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.store\\.ts$', '^src/server/platform/db/', '\\.test\\.ts$'] },
      to: { path: 'node_modules/kysely/' },
    },
    {
      name: '7-office-libraries-in-documents',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/server/platform/documents/', '\\.test\\.ts$'] },
      to: { path: 'node_modules/(exceljs|@e965/xlsx)/' },
    },
    {
      name: '7-fastify-in-http',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/server/platform/http/', '\\.test\\.ts$'] },
      to: { path: 'node_modules/(fastify|@fastify/[^/]+)/' },
    },
    {
      name: '7-pg-in-db',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/server/platform/(db|postgres)/', '\\.test\\.ts$'] },
      to: { path: 'node_modules/(pg|pg-copy-streams)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: '7-pg-boss-in-jobs',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/server/platform/jobs/', '\\.test\\.ts$'] },
      to: { path: 'node_modules/pg-boss/' },
    },
    {
      name: '7-widgets-in-the-kit',
      comment: 'composite widgets stand behind the kit; the palette of the desk is one itself',
      severity: 'error',
      from: { path: '^src/web/', pathNot: ['^src/web/shared/kit/', '^src/web/desk/Palette\\.tsx$'] },
      to: { path: 'node_modules/(@base-ui|@headless-tree)/' },
    },
    {
      name: '7-forms-behind-the-kit',
      severity: 'error',
      from: { path: '^src/web/', pathNot: '^src/web/shared/form/' },
      to: { path: 'node_modules/react-hook-form/' },
    },
    {
      name: '7-better-auth-in-access',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/server/core/access/', '\\.test\\.ts$'] },
      to: { path: 'node_modules/(better-auth|@better-auth)/' },
    },
    {
      name: '7-uuid-in-ids',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/server/platform/ids/' },
      to: { path: 'node_modules/uuid/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.server.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
