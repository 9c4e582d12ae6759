import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Feature } from '#core/access/feature.ts';
import { workPassed } from '#core/access/pass-work.ts';
import type { Asking, Share } from '#core/access/work.ts';
import * as schoolOccurrences from '#core/directory/school-occurrences.ts';
import * as campaignOccurrences from '#core/workflow/campaign-occurrences.ts';
import { findingsRaised } from '#core/workflow/finding-occurrences.ts';
import { letterWanted } from '#core/workflow/letter-occurrences.ts';
import type { ActorLevel } from '#domain/access/actor.ts';
import { initialRolePermissions, type RoleKey } from '#domain/access/permissions.ts';
import { problemCatalogue } from '#domain/kit/problem.ts';
import { accessProblems } from '#domain/kit/problems/access.ts';
import { fileProblems } from '#domain/kit/problems/file.ts';
import { flowProblems } from '#domain/kit/problems/flow.ts';
import { formulaProblems } from '#domain/kit/problems/formula.ts';
import { importProblems } from '#domain/kit/problems/import.ts';
import { letterProblems } from '#domain/kit/problems/letter.ts';
import { referenceProblems } from '#domain/kit/problems/reference.ts';
import { reportProblems } from '#domain/kit/problems/report.ts';
import { requestProblems } from '#domain/kit/problems/request.ts';
import { tableProblems } from '#domain/kit/problems/table.ts';
import { besidesOf, mentionsOf } from '#test/support/feature-names.ts';
import { productFiles } from '#test/support/sources.ts';
import { featureCommands } from '../../../src/server/app/commands.ts';
import { features } from '../../../src/server/app/features.ts';

/** Compiles statements and sends nothing. */
const writer = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const reaches: Readonly<Record<RoleKey, ActorLevel>> = {
  'system-administrator': 'none',
  'security-administrator': 'none',
  'audit-administrator': 'none',
  'city-officer': 'city',
  'section-officer': 'city',
  'county-director': 'county',
  'county-officer': 'county',
  'school-head': 'school',
  'school-clerk': 'school',
  expert: 'campaign',
};

function askingOf(role: RoleKey): Asking {
  const level = reaches[role];
  const scope = {
    places: level === 'none' ? [] : [2],
    schools: level === 'school' ? [1] : null,
    campaigns: [],
    person: null,
    post: null,
  };
  return {
    actor: {
      ...{ userId: 'x', username: 'x', name: 'x', role, level, permissions: new Set(initialRolePermissions[role]) },
      ...{ post: null, principal: null, unitId: 2, schoolId: null, sectionId: null, tokenId: null },
    },
    ...{
      scope,
      meant: scope,
      now: new Date('2026-03-02T00:00:00Z'),
      today: '2026-03-02',
      schoolYear: 2025,
      calendarYear: 2026,
    },
  };
}

const roles = Object.keys(reaches) as RoleKey[];

/** The kinds that the statements of a share contain for somebody of the nine roles. */
function writtenKinds(share: Share<unknown>): Set<string> {
  return new Set(
    roles.flatMap((role) => {
      const text = share.of(askingOf(role))?.compile(writer).sql ?? '';
      return [...text.matchAll(/'([a-z-]+\.[A-Za-z]+)'/g)].map(([, kind]) => kind!);
    }),
  );
}

describe('what features give to a page of all', () => {
  const shares = features.flatMap(({ name, work, deadlines, figures }) =>
    [work, deadlines, figures].flatMap((share) => (share === undefined ? [] : [[name, share] as const])),
  );

  it('carries the kinds that the manifest names, each under the name of its feature', () => {
    expect(shares.length).toBeGreaterThan(4);
    for (const [name, share] of shares) {
      expect([...writtenKinds(share)].sort(), name).toEqual([...share.kinds].sort());
      for (const kind of share.kinds) expect(kind).toMatch(new RegExp(`^${name}\\.[a-z][A-Za-z]*$`));
    }
    const kinds = shares.flatMap(([, { kinds }]) => kinds);
    expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([]);
  });

  it('reads no business data for the three administrators', () => {
    for (const role of roles.filter((one) => reaches[one] === 'none')) {
      const told = features.filter((feature) =>
        [
          feature.work?.of,
          feature.handedOver?.of,
          feature.deadlines?.of,
          feature.figures?.of,
          feature.years,
          feature.awaited,
        ].some((part) => part?.({ ...askingOf(role), schoolYear: null, calendarYear: null }) !== undefined),
      );
      expect(
        told.map(({ name }) => name),
        role,
        // Of mail the administrator is told a count, and never what a notice was about.
      ).toEqual(role === 'system-administrator' ? ['people', 'notices', 'jobs'] : ['people']);
    }
  });

  it.each([
    ['items of the work plan that it fulfils', ({ fulfils }: Feature) => fulfils?.kinds],
    ['what of a year is not ended', ({ unfinished }: Feature) => unfinished?.kinds],
  ])('names %s under its own name', (_what, kindsOf) => {
    const named = features.flatMap((feature) =>
      Object.keys(kindsOf(feature) ?? {}).map((kind) => [feature.name, kind] as const),
    );
    expect(named.length).toBeGreaterThan(1);
    for (const [name, kind] of named) expect(kind.split('.')[0]).toBe(name);
    expect(new Set(named.map(([, kind]) => kind)).size).toBe(named.length);
  });

  it('says of a year exactly the kinds that the manifest names', () => {
    for (const { name, unfinished } of features) {
      if (unfinished === undefined) continue;
      const text = unfinished.of({ periodId: 1, places: [2] }).compile(writer).sql;
      const written = new Set([...text.matchAll(/'([a-z-]+\.[A-Za-z]+)'/g)].map(([, kind]) => kind));
      expect([...written].sort(), name).toEqual(Object.keys(unfinished.kinds).sort());
    }
  });
});

it('an occurrence of the core is followed once by a job of the same feature', () => {
  const ofCampaigns = Object.values(campaignOccurrences).filter((one) => typeof one === 'object');
  const known: string[] = [
    ...[...Object.values(schoolOccurrences), ...ofCampaigns, findingsRaised, letterWanted, workPassed],
  ].map(({ name }) => name);
  const followings = features.flatMap((feature) => (feature.follows ?? []).map((one) => ({ feature, ...one })));
  expect(followings.length).toBeGreaterThan(2);
  for (const { feature, occurrence, job } of followings) {
    expect(feature.jobs?.map(({ name }) => name)).toContain(job);
    expect(known).toContain(occurrence);
  }
  expect(new Set(followings.map(({ occurrence, job }) => `${occurrence} ${job}`)).size).toBe(followings.length);
});

it('the command line knows the commands of the manifests, and no other command of a feature', () => {
  const named = features.flatMap(({ commands = [] }) => commands);
  expect([...featureCommands].sort(byName)).toEqual([...named].sort(byName));
  expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
});

it('the command line imports no manifest and nothing of a feature but its list of commands', () => {
  const imported = features.flatMap((feature) => mentionsOf('src/server/app/commands.ts', feature));
  expect(imported.sort()).toEqual(
    features
      .filter(({ commands = [] }) => commands.length > 0)
      .map(({ name }) => `src/server/features/${name}/${name}.commands.ts`)
      .sort(),
  );
});

const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);

it('every refusal belongs to one feature, or to what all share', () => {
  const shared = [
    ...[requestProblems, accessProblems, flowProblems, formulaProblems],
    ...[referenceProblems, tableProblems, importProblems, fileProblems, letterProblems, reportProblems],
  ].flatMap((part) => Object.keys(part));
  const codes = [...shared, ...features.flatMap(({ problems = [] }) => problems)];
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect([...codes].sort()).toEqual(Object.keys(problemCatalogue).sort());
});

/**
 * Files that fold the manifests. Each contains one list that names features, and no other place does. The command line
 * has a list of its own, because the start of a command must not load the manifests; so have the pages before the sign-in,
 * because the first file that a browser loads must not load the doors.
 */
const folds: readonly (readonly [place: string, lists: readonly string[]])[] = [
  ['src/server/core/', []],
  ['src/server/features/home/', []],
  ['src/contract/home/', []],
  ['src/sample/', []],
  ['src/web/desk/', ['src/web/desk/desks.ts', 'src/web/desk/entrances.ts']],
  [
    'src/server/app/',
    ['src/server/app/features.ts', 'src/server/app/commands.ts', 'src/server/app/soundness-checks.ts'],
  ],
];

/** The routes that may remain: the core's own acts, and the frame's own requests. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // The two acts that are allowed without a chosen post.
  'src/server/core/access/request/identify.ts': ['session.choosePost', 'session.signOut'],
  // A permission: whoever may set the system up reads what is wrong with it.
  'src/server/app/health/health.routes.ts': ['setting.manage'],
  // What waits.
  'src/web/desk/frame/Shell.tsx': ['src/contract/home/home.ts'],
};

it.each(folds)('%s names no feature outside its list', (place, lists) => {
  // The parts of the sample lie in folders that carry the names of features, and are deleted with them.
  const isPart = (file: string) =>
    place === 'src/sample/' && features.some(({ name }) => file.startsWith(place + `${name}/`));
  const files = productFiles(place).filter((file) => !lists.includes(file) && !isPart(file));
  expect(files.length).toBeGreaterThan(0);
  const isOwn = ({ name }: Feature) => place.endsWith(`/${name}/`);
  const named = files.flatMap((file) =>
    features
      .filter((feature) => !isOwn(feature))
      .flatMap((feature) => mentionsOf(file, feature))
      .filter((mention) => !allowed[file]?.includes(mention))
      .map((mention) => `${file}: ${mention}`),
  );
  expect(named).toEqual([]);
});

it('the parts of the sample name no other feature', () => {
  const parts = features.filter(({ sample }) => sample !== undefined);
  expect(parts.length).toBeGreaterThan(3);
  for (const { name } of parts) {
    const files = productFiles(`src/sample/${name}/`);
    expect(files, name).toContain(`src/sample/${name}/${name}.sample.ts`);
    const imported = files.flatMap((file) =>
      features.flatMap((feature) => (feature.name === name ? [] : partsOf(file, feature))),
    );
    expect(imported).toEqual([]);
  }
});

it('what a feature publishes lies in its own files and reads no other feature; only the unions of all name features', () => {
  const files = productFiles('migrations/again/');
  const home = (name: string) => `migrations/again/features/${name}.sql`;
  const publishing = features.filter(({ views = [] }) => views.length > 0).map(({ name }) => name);
  const ofFeatures = files.filter((file) => file.includes('/features/'));
  for (const name of publishing) expect(ofFeatures).toContain(home(name));
  const isHomeOf = (file: string, name: string) => besidesOf(name).some((place) => file.startsWith(place));
  expect(ofFeatures.filter((file) => !publishing.some((name) => isHomeOf(file, name)))).toEqual([]);
  // The facts of all features, and the functions of files, which ask whether the feature on which a file hangs has closed it.
  const unions = ['migrations/again/facts.sql', 'migrations/again/files.sql'];
  const named = files
    .filter((file) => !unions.includes(file))
    .flatMap((file) =>
      features
        .filter(({ name }) => !isHomeOf(file, name))
        .flatMap((feature) => mentionsOf(file, feature).map((mention) => `${file}: ${mention}`)),
    );
  expect(named).toEqual([]);
});

/** The modules of another feature's part of the sample that a file imports. */
const partsOf = (file: string, feature: Feature) =>
  mentionsOf(file, feature).filter((mention) => mention.startsWith(`src/sample/${feature.name}/`));
