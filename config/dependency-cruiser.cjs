// Who may import whom. Paths are relative to the folder it is started in, so that
// test/rules/architecture.test.ts can run the same rules over a planted tree.

/** An npm package, found in node_modules or not installed at all. */
const pkg = (name) => `(^|/)node_modules/${name}(/|$)|^${name}(/|$)`;
const OWN = '^src/';
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'];

/** Of our own tree, `from` may import `allowed` only. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: OWN, pathNot: allowed },
});

/** `what` is imported by nobody outside `where`. */
const kept = (name, what, where, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: OWN, pathNot: where },
  to: { path: what },
});

const noneOf = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

/** A file that must not exist under that name, imported or not (100 is the tool's largest number). */
const noFile = (name, path, comment) => ({
  name,
  severity: 'error',
  comment,
  from: {},
  module: { path, numberOfDependentsLessThan: 100 },
});

module.exports = {
  forbidden: [
    only('domain-imports-itself', '^src/domain/', ['^src/domain/'], 'The domain knows nothing but itself.'),
    noneOf('domain-no-package', '^src/domain/', { dependencyTypes: [...NPM, 'core'] }, 'The domain imports no package and nothing of Node.'),

    only('application-imports-domain', '^src/application/', ['^src/(application|domain)/'], 'The application knows the domain and its own ports.'),
    noneOf('application-no-package', '^src/application/', { dependencyTypes: [...NPM, 'core'] }, 'No framework, no driver, no timer: ask for a port.'),

    only('contract-imports-domain', '^src/contract/', ['^src/(contract|domain)/'], 'What crosses the wire is made of domain types.'),
    noneOf('contract-only-zod', '^src/contract/', { dependencyTypes: [...NPM, 'core'], pathNot: pkg('zod') }, 'The console loads the contract: zod and nothing else.'),

    only('adapters-import-inward', '^src/adapters/', ['^src/(adapters|domain|application|contract)/'], 'Settings are handed to an adapter by the composition root.'),
    noneOf('adapters-do-not-meet', '^src/adapters/([^/]+)/', { path: '^src/adapters/', pathNot: '^src/adapters/$1/' }, 'An adapter reaches another through a port.'),
    noneOf('adapters-do-not-meet-either', '^src/adapters/[^/]+$', { path: '^src/adapters/' }, 'An adapter reaches another through a port.'),

    only('console-imports', '^src/console/', ['^src/(console|domain|contract)/'], 'The console shares the domain and the contract with the server.'),
    only('cli-imports', '^src/cli/', ['^src/(cli|contract|application)/', '^src/settings\\.ts$'], 'The command line is thin.'),
    only('settings-import-nothing', '^src/(telephony-)?settings\\.ts$', ['^src/telephony-settings\\.ts$'], 'Settings import nothing of ours but their own chapter.'),
    only('demonstration-through-the-api', '^src/demonstration/', ['^src/(demonstration|domain|contract)/'], 'The story is played through the public API: the player knows what any client knows.'),
    kept('demonstration-stands-alone', '^src/demonstration/', '^src/(demonstration/|demo\\.ts$)', 'Nothing of the product needs its demonstration.'),
    noneOf('console-stands-alone', '^src/(?!console/)', { path: '^src/console/' }, 'Nothing on the server imports the console.'),

    kept('typeorm-in-persistence', `${pkg('typeorm')}|${pkg('@nestjs/typeorm')}`, '^src/adapters/persistence/', 'TypeORM stays in the persistence adapter.'),
    kept('sqlite-in-persistence', pkg('better-sqlite3'), '^src/adapters/persistence/', 'The driver stays in the persistence adapter.'),
    kept('schedule-in-beats', `${pkg('@nestjs/schedule')}|${pkg('cron')}`, '^src/(adapters/beats|app\\.module)\\.ts$', 'The only use of the scheduler.'),
    kept('twilio-in-channels', pkg('twilio'), '^src/adapters/(channels/|web/[^/]*webhook)', 'Twilio stays in its channel and its webhook.'),
    kept('design-system-in-ui', `${pkg('react-aria-components')}|${pkg('react-aria')}`, '^src/console/ui/', 'The only importer of the design system.'),

    noneOf('no-development-package', '^src/(?!console/)', { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }, 'The server runs on its dependencies alone.'),
    noneOf('resolvable', OWN, { couldNotResolve: true }, 'It imports what does not exist.'),
    noneOf('no-cycle', OWN, { circular: true }, 'No cycles, not even of types.'),

    noFile('no-barrel', '^src/(.*/)?index\\.[cm]?[jt]sx?$', 'Import from the file that has it.'),
    noFile('no-drawer', '^src/(.*/)?(utils?|helpers?|common|shared)([./]|$)', 'Name it after what it does.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
