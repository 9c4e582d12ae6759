import path from 'node:path';
import type { Feature } from '#core/access/feature.ts';
import type { Services } from '#core/access/serve.ts';
import { permissions } from '#domain/access/permissions.ts';
import { codeOf } from './sources.ts';

/** What belongs to a feature besides the folders that carry its name, and the first words of its permissions. */
const besides: Readonly<
  Record<string, { readonly places: readonly string[]; readonly permissions: readonly string[] }>
> = {
  home: { places: [], permissions: [] },
  directory: { places: ['src/domain/kit/problems/directory.ts'], permissions: ['directory'] },
  filings: {
    places: ['src/domain/filing/', 'src/domain/kit/problems/filing.ts'],
    permissions: ['filing', 'period'],
  },
  balance: {
    places: ['src/domain/balance/', 'src/domain/kit/problems/balance.ts', 'src/domain/kit/problems/standard.ts'],
    permissions: ['balance', 'standard'],
  },
  rectifications: {
    places: ['src/domain/rectification/', 'src/domain/stats/draw/', 'src/domain/kit/problems/rectification.ts'],
    permissions: ['rectification'],
  },
  'balance-tracking': {
    places: ['src/domain/balance-tracking/', 'src/domain/kit/problems/balance-tracking.ts', 'reference/balance/'],
    permissions: ['tracking'],
  },
  'work-plans': {
    places: ['src/domain/work-plan/', 'src/domain/kit/problems/work-plan.ts'],
    permissions: ['work-plan'],
  },
  'official-documents': {
    places: [
      'src/domain/letter/flow.ts',
      'src/domain/letter/successor.ts',
      'src/domain/kit/problems/official-document.ts',
      'reference/letters/',
      'reference/sample/letters.json',
    ],
    permissions: ['letter'],
  },
  frameworks: {
    places: ['src/domain/kit/problems/framework.ts'],
    permissions: ['framework'],
  },
  inspectors: {
    places: ['src/domain/kit/problems/inspector.ts'],
    permissions: ['inspector'],
  },
  campaigns: { places: [], permissions: ['campaign'] },
  evaluations: {
    places: ['src/domain/kit/problems/evaluation.ts', 'src/domain/kit/problems/judging.ts'],
    permissions: ['evaluation'],
  },
  session: { places: [], permissions: [] },
  people: { places: [], permissions: ['people', 'role'] },
  settings: { places: [], permissions: ['setting'] },
  audit: { places: [], permissions: ['audit'] },
  jobs: { places: [], permissions: [] },
  notices: { places: [], permissions: [] },
  files: { places: [], permissions: [] },
};

/**
 * Rooms of the domain and data by which several features work: they are deleted with none of them, and whoever reads them names
 * no feature. Evaluations judge by editions as frameworks do, and campaigns ask the rule of avoidance of the register.
 */
const sharedRooms = [
  ...['src/domain/framework/', 'src/domain/inspection/', 'src/domain/evaluation/'],
  ...['reference/frameworks/', 'reference/inspection/', 'reference/evaluations/'],
];

/** Features of which neither lives without the other: an evaluation is opened by its campaign, and a campaign follows its evaluations. */
const twins: readonly (readonly string[])[] = [['campaigns', 'evaluations']];

/** The folders and files that stay or go with a feature, and those that are nobody's alone. */
export function besidesOf(feature: string): string[] {
  const together = twins.find((pair) => pair.includes(feature)) ?? [feature];
  return [...together.flatMap(homesOf), ...sharedRooms];
}

/** The folders and files that are deleted with a feature; its manifests of the server and of the desk lie there. */
export function homesOf(feature: string): string[] {
  const known = besides[feature];
  if (known === undefined) throw new Error(`test/support/feature-names.ts does not know the feature ${feature}`);
  const folders = ['src/contract', 'src/server/features', 'src/web/features', 'src/sample'];
  const published = ['.sql', '/'].map((end) => `migrations/again/features/${feature}${end}`);
  return [...folders.map((folder) => `${folder}/${feature}/`), ...published, ...known.places];
}

const aliases: Readonly<Record<string, string>> = {
  '#domain': 'src/domain',
  '#contract': 'src/contract',
  '#platform': 'src/server/platform',
  '#core': 'src/server/core',
  '#web': 'src/web',
  '#sample': 'src/sample',
};

/** The files that a file imports, from the root of the product; packages are left out. */
function importsOf(file: string, text: string): string[] {
  const named = [...text.matchAll(/(?:from|import\()\s*'([#.][^']+)'/g)].map(([, to]) => to!);
  return named.map((to) => {
    const alias = aliases[to.split('/')[0]!];
    return alias === undefined ? path.posix.join(path.posix.dirname(file), to) : alias + to.slice(to.indexOf('/'));
  });
}

/**
 * The names by which code can refer to a feature: routes, their addresses, jobs, kinds of lines, refusals, permissions,
 * tables and views. Registers are left out: they are open to every statement, and stay when another feature writes them.
 */
function namesOf(feature: Feature): ReadonlySet<string> {
  const known = names.get(feature);
  if (known !== undefined) return known;
  const found = findNamesOf(feature);
  names.set(feature, found);
  return found;
}

const names = new WeakMap<Feature, ReadonlySet<string>>();

function findNamesOf(feature: Feature): Set<string> {
  const routes = feature.routes.map((served) => served({} as Services).route);
  const kinds = [feature.work, feature.handedOver, feature.deadlines, feature.figures].flatMap(
    (share) => share?.kinds ?? [],
  );
  const tables = [...feature.tables, ...(feature.views ?? [])].filter((name) => !feature.registers?.includes(name));
  return new Set([
    ...routes.flatMap(({ name, path: address }) => [name, address]),
    ...(feature.jobs ?? []).map(({ name }) => name),
    ...kinds,
    ...Object.keys(feature.fulfils?.kinds ?? {}),
    ...Object.keys(feature.unfinished?.kinds ?? {}),
    ...(feature.problems ?? []),
    ...permissions.filter((one) => besides[feature.name]!.permissions.includes(one.split('.')[0]!)),
    ...tables,
  ]);
}

/** The places where a file refers to a feature: the modules that it imports, and the names in its code. */
export function mentionsOf(file: string, feature: Feature): string[] {
  const code = codeOf(file);
  const homes = homesOf(feature.name);
  const imported = importsOf(file, code).filter((to) => homes.some((home) => to.startsWith(home)));
  const said = [...namesOf(feature)].filter((name) => says(code, name));
  return [...new Set([...imported, ...said])];
}

/**
 * A name of one word counts only between quotes or where a statement names a table, because code has variables of that
 * word.
 */
function says(code: string, name: string): boolean {
  if (!code.includes(name)) return false;
  const literal = name.replaceAll(/[.:/]/g, '\\$&');
  if (/[._/]/.test(name)) return new RegExp(`(?<![\\w./])${literal}(?![\\w/])`).test(code);
  return new RegExp(`['"]${literal}['" ]|\\b(from|join|into|update) ${literal}\\b`).test(code);
}
