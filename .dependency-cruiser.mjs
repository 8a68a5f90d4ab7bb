// The walls of the house (ARCHITECTURE.md) as a check. Each rule says why it stands and how to mend
// an import that runs into it. test/walls.test.ts plants a wrong import at every wall.

/** Who may import whom, in the order of the house: imports run down this table, never up.
 *  `imports`: doors of other packages. `types`: doors that only `import type` may open.
 *  `npm`: packages from the registry. `node`: modules of Node itself.
 *  @typedef {{ imports: string[], types?: string[], npm?: string[], node?: 'none' | 'offline',
 *    because: string }} Wall
 *  @type {Record<string, Wall>} */
export const walls = {
  rules: {
    imports: [],
    npm: ['@noble/hashes'],
    node: 'none',
    because: 'It decides the same everywhere and for ever: no clock, disk, network or payment.',
  },
  database: {
    imports: [],
    because: 'It connects and transacts; it knows no table of ours.',
  },
  register: {
    imports: ['rules', 'database'],
    because: 'It knows facts about enterprises, not cases and not money.',
  },
  screening: {
    imports: ['rules', 'register', 'database'],
    because: 'It computes decisions for everyone; what becomes of them is not its business.',
  },
  ledger: {
    imports: ['database'],
    because: 'It moves money under caps and has no word for policy, enterprise or case.',
  },
  casework: {
    imports: ['rules', 'register', 'ledger', 'database'],
    because: 'Here a decision becomes a transfer, whoever asks: page, command or batch.',
  },
  supervision: {
    imports: ['rules', 'casework', 'database'],
    because: 'It reads evidence; how an amount is decided or moved is not its business.',
  },
  documents: {
    imports: [],
    types: ['rules', 'register', 'screening', 'ledger', 'casework', 'supervision'],
    node: 'offline',
    because: 'Data in, bytes out: what a paper shows was fetched by who asked for it.',
  },
  server: {
    imports: [
      'rules',
      'database',
      'register',
      'screening',
      'ledger',
      'casework',
      'supervision',
      'documents',
    ],
    because: 'It composes all rooms and is known to none of them; the pages call it over HTTP.',
  },
  web: {
    imports: ['rules'],
    types: ['server'],
    node: 'none',
    because: 'It runs in a browser and holds no rule; every amount comes from a decision.',
  },
};

/** Packages from the registry that belong to some rooms only.
 *  @type {{ name: string, npm: string[], only: string[], because: string }[]} */
export const keepers = [
  {
    name: 'driver-only-in-database',
    npm: ['pg'],
    only: ['database'],
    because: 'A second way to the database would go round its transactions and its roles.',
  },
  {
    name: 'duckdb-only-in-batches',
    npm: ['@duckdb/node-api'],
    only: ['register', 'screening'],
    because: 'DuckDB computes sets for everyone; a single case is decided by evaluate.',
  },
  {
    name: 'http-and-command-line-only-in-server',
    npm: ['fastify', 'commander'],
    only: ['server'],
    because: 'A room that knows how it is called cannot be called another way.',
  },
  {
    name: 'react-only-in-web',
    npm: ['react', 'react-dom', 'antd'],
    only: ['web'],
    because: 'Nothing but the pages draws.',
  },
];

const NETWORK = 'child_process|cluster|dgram|dns|http|http2|https|inspector|net|tls|worker_threads';
const DOOR = '^packages/[^/]+/src/(index|api/index)[.]ts$';
const TESTS = '^(test|bench)/|^packages/[^/]+/test/';
// A package that is imported by its name and found in this repository.
/** @type {import('dependency-cruiser').DependencyType[]} */
const BY_NAME = ['aliased-workspace', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg'];

/** @param {string[]} names */
const anyOf = (names) => `(${names.map((name) => name.replace('/', '[/]')).join('|')})`;
/** @param {string[]} names */
const inModules = (names) => `(^|/)node_modules/${anyOf(names)}/|^${anyOf(names)}(/|$)`;
/** @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule */
/** @param {string} name @param {string} comment @param {Rule['from']} from @param {Rule['to']} to
 *  @returns {Rule} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @param {[string, Wall]} row */
function wallRules([room, { imports, types = [], npm, node, because }]) {
  const from = { path: `^packages/${room}/src/` };
  const mend = 'Mend: ask for the data as an argument, or move the code to the room that may know.';
  const rules = [];
  const open = [room, ...imports, ...types];
  rules.push(
    forbid(`wall-${room}`, `${because} ${mend}`, from, {
      path: '^packages/',
      pathNot: `^packages/${anyOf(open)}/`,
    }),
  );
  if (types.length > 0) {
    const comment = `${because} Mend: import type, and let the caller bring the value.`;
    rules.push(
      forbid(`types-only-${room}`, comment, from, {
        path: `^packages/${anyOf(types)}/`,
        dependencyTypesNot: ['type-only'],
      }),
    );
  }
  if (npm) {
    const comment = `${because} Mend: write it here, or give the reason in an ADR and in this table.`;
    rules.push(
      forbid(`npm-${room}`, comment, from, { path: 'node_modules/', pathNot: inModules(npm) }),
    );
  }
  if (node) {
    const comment = `${because} ${mend}`;
    const path = node === 'none' ? undefined : `^(node:)?(${NETWORK})(/|$)`;
    rules.push(
      forbid(`node-${room}`, comment, from, { dependencyTypes: ['core'], ...(path && { path }) }),
    );
  }
  return rules;
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(walls).flatMap(wallRules),
    ...keepers.map(({ name, npm, only, because }) =>
      forbid(
        name,
        `${because} Mend: go through the door of ${only.join(' or ')}.`,
        { path: '^packages/', pathNot: `^packages/${anyOf(only)}/` },
        { path: inModules(npm) },
      ),
    ),
    forbid(
      'past-the-door',
      'What lies behind a door may change on any day. Mend: import the package by its name; if its ' +
        'door lacks what you need, add it there with a docstring.',
      { path: '^packages/([^/]+)/' },
      { path: '^packages/|^@zhida/[^/]+/', pathNot: ['^packages/$1/', DOOR] },
    ),
    forbid(
      'past-the-door-from-outside',
      'Journeys, benchmarks and commands use doors as people do. Mend: import the package by its ' +
        'name; test what is inside in the test folder of the package.',
      { pathNot: '^packages/' },
      { path: '^packages/|^@zhida/[^/]+/', pathNot: DOOR },
    ),
    forbid(
      'no-climbing',
      'A path from package to package escapes the declared dependencies. Mend: import the package ' +
        'by its name and declare it in package.json.',
      { path: '^packages/([^/]+)/' },
      { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: BY_NAME },
    ),
    forbid(
      'no-climbing-from-outside',
      'Journeys and benchmarks use doors. Mend: import the package by its name.',
      { pathNot: '^packages/' },
      { path: '^packages/', dependencyTypesNot: BY_NAME },
    ),
    forbid(
      'no-circle',
      'Files in a circle can only be understood all at once. Mend: move what both need into a third ' +
        'file below them; types count too.',
      {},
      { circular: true },
    ),
    forbid(
      'nothing-imports-tests',
      'The product must work without its tests and benchmarks. Mend: move what is needed into the ' +
        'package it belongs to.',
      { pathNot: TESTS },
      { path: TESTS },
    ),
    forbid(
      'tests-stay-at-home',
      'A test that leans on the tests of another room breaks with them. Mend: offer it at the door ' +
        'of the package.',
      { path: '^(test|bench|packages/[^/]+/test)/' },
      { path: TESTS, pathNot: '^$1/' },
    ),
    forbid(
      'no-code-in-policies',
      'A policy is the law as data: a new city is a folder, not a program. Mend: read the file with ' +
        'the compiler in `rules`.',
      {},
      { path: '^policies/' },
    ),
    forbid(
      'policies-import-nothing',
      'A policy is the law as data. Mend: move the code to the package it belongs to.',
      { path: '^policies/' },
      {},
    ),
    forbid(
      'undeclared',
      'An import that package.json does not declare works by the accident of what else is installed. ' +
        'Mend: declare it with an exact version (stack.md in the design names it) or do without.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    forbid(
      'no-tools-in-source',
      'Tools of development are not there in service. Mend: move it to the dependencies of the ' +
        'package, or the code to its tests.',
      { path: '^packages/[^/]+/src/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'not-found',
      'Nothing answers to this import. Mend: correct the path (relative paths end in .ts), or run ' +
        'npm ci.',
      {},
      { couldNotResolve: true, pathNot: '^@zhida/[^/]+/' },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['(^|/)[.]tsc/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
