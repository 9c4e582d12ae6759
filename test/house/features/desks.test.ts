import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { verdict } from '#contract/balance/balance.ts';
import { schoolEventKind } from '#contract/directory/directory.ts';
import { confirmImport } from '#contract/directory/import.ts';
import { routes } from '#contract/index.ts';
import { spellingsOf } from '#core/directory/initials.ts';
import { permissions } from '#domain/access/permissions.ts';
import { trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { filingStates } from '#domain/filing/state.ts';
import { problemCatalogue } from '#domain/kit/problem.ts';
import { deliveryStateTitles } from '#domain/notice/delivery.ts';
import { workPlanStateTitles } from '#domain/work-plan/plan.ts';
import { itemStandingTitles } from '#domain/work-plan/progress.ts';
import { codeOf, nodesOf, productFiles, root, textOf, treeOf } from '#test/support/sources.ts';
import { desks } from '#web/desk/desks.ts';
import { trackMarks } from '#web/features/balance-tracking/desk/state-marks.ts';
import { letterMarks } from '#web/features/official-documents/desk/state-marks.ts';
import { letterStateChoices, receiptStateChoices } from '#web/features/official-documents/letter.words.ts';
import { findingMarks } from '#web/features/rectifications/desk/state-marks.ts';
import { stateChoices as findingChoices } from '#web/features/rectifications/finding.words.ts';
import { itemMarks, planMarks } from '#web/features/work-plans/desk/state-marks.ts';
import { deliveryLooks } from '#web/shared/delivery/delivery-marks.ts';
import type { AnyDesk } from '#web/shared/desk/desk.ts';
import { auditWords, deskWords, here, provideDesks } from '#web/shared/desk/registry.ts';
import { commonMarks } from '#web/shared/kit/words/StateMark.tsx';
import { choices } from '#web/shared/words/choices.ts';
import { featureJobs, features } from '../../../src/server/app/features.ts';

/** What can record an act. */
const acting = productFiles('src/server/', /(?<!\.store)\.ts$/);

/** What a feature gives to the home page according to its manifest. */
interface Shares {
  readonly work?: { readonly kinds: readonly string[]; readonly within?: Readonly<Record<string, readonly string[]>> };
  readonly handedOver?: { readonly kinds: readonly string[] };
  readonly deadlines?: { readonly kinds: readonly string[] };
  readonly figures?: { readonly kinds: readonly string[] };
}
const shares = features as readonly unknown[] as readonly Shares[];

beforeAll(async () => {
  provideDesks(desks);
  await Promise.all([deskWords.load(), auditWords.load()]);
});

it('each feature of the server has a door on the desk, and no other has one', () => {
  expect(desks.map(({ name }) => name).sort()).toEqual(features.map(({ name }) => name).sort());
});

describe('what draws all features', () => {
  // The frame itself asks who is signed in, what waits and what was sent.
  const frame = ['home', 'session', 'notices'];
  const names = desks.map(({ name }) => name).filter((name) => !frame.includes(name));

  /**
   * The name of a feature as a word of a file's code: alone, or as a part of an address, a module, a route or a right.
   */
  function named(file: string, allowed: readonly string[]): string[] {
    // The file that sets up the schema library is named after it.
    const text = codeOf(file).replaceAll('schema-settings', '');
    return names
      .filter((name) => !allowed.includes(name))
      .flatMap((name) => text.match(new RegExp(`\\b${name.replace(/s$/, '')}s?\\b`, 'gi')) ?? [])
      .map((word) => `${file}: ${word}`);
  }

  it('is more than a few files and names', () => {
    expect(names.length).toBeGreaterThan(5);
    expect(productFiles('src/web/desk/').length).toBeGreaterThan(12);
  });

  it.each([
    ['src/web/desk/', []],
    ['src/web/shared/desk/', []],
    ['src/web/features/home/', []],
    ['src/web/features/audit/', ['audit']],
  ] as const)('%s names no feature but in the one list', (folder, allowed) => {
    // A feature may name itself in its door and its words.
    const own = /^src\/web\/features\/\w+\/desk\/|\.desk\.ts$/;
    const files = productFiles(folder).filter((file) => file !== 'src/web/desk/desks.ts' && !own.test(file));
    expect(files.length).toBeGreaterThan(3);
    expect(files.flatMap((file) => named(file, allowed))).toEqual([]);
  });
});

describe('words of a feature', () => {
  it('are there for each kind of work that the server counts', () => {
    const today = ['returned', 'fill', 'submit', 'review', 'approve', 'accept', 'unfiled', 'doubt'];
    const kinds = [
      ...today.map((kind) => `filings.${kind}`),
      ...['people.locked', 'people.withoutRole', 'people.roleChanges'],
      ...shares.flatMap(({ work, handedOver }) => [...(work?.kinds ?? []), ...(handedOver?.kinds ?? [])]),
    ];
    const { workWords } = here(deskWords);
    expect(kinds.filter((kind) => !(kind in workWords))).toEqual([]);
  });

  it('call each kind of notice as the mail calls it', () => {
    const titles = Object.assign({}, ...features.map(({ notices = {} }) => notices));
    expect(Object.keys(titles).length).toBeGreaterThan(10);
    expect(here(deskWords).noticeWords).toEqual(titles);
  });

  it('say how a line reads as a part of another, where the server tells it so', () => {
    const parts = shares.flatMap(({ work }) => Object.keys(work?.within ?? {}));
    expect(parts.length).toBeGreaterThan(1);
    const { workWords } = here(deskWords);
    expect(parts.filter((kind) => workWords[kind]?.part === undefined)).toEqual([]);
  });

  it('name a state that their own door or the kit draws', async () => {
    const states = (
      await Promise.all(
        (desks as readonly AnyDesk[]).map(async ({ name, words }) => {
          const own = (await words?.())?.words ?? {};
          const drawn = { ...commonMarks, ...own.stateMarks };
          return Object.values(own.workWords ?? {}).map(({ state }) => ({ name, state, isDrawn: state in drawn }));
        }),
      )
    ).flat();
    expect(states.length).toBeGreaterThan(10);
    expect(states.filter(({ isDrawn }) => !isDrawn)).toEqual([]);
  });

  it('the kit has no state of a flow or a verdict', () => {
    expect(
      Object.keys(commonMarks).filter((name) => [...filingStates, ...verdict.options].some((state) => state === name)),
    ).toEqual([]);
  });

  it('are there for each kind of deadline', () => {
    const kinds = [
      ...['filings.filing', 'filings.acceptance'],
      ...shares.flatMap(({ deadlines }) => deadlines?.kinds ?? []),
    ];
    const { deadlineWords } = here(deskWords);
    expect(kinds.filter((kind) => !(kind in deadlineWords))).toEqual([]);
    // The name that the dialog of opening and the lists give this day.
    expect(deadlineWords['filings.acceptance']?.title).toBe('县级报送截止');
  });

  it('are there for each group of permissions, so that the page of roles shows all of them', () => {
    const groups = new Set(permissions.map((permission) => permission.split('.')[0]));
    expect(Object.keys(here(deskWords).permissionWords).sort()).toEqual([...groups].sort());
  });

  it('carry the name of their feature', async () => {
    for (const { name, words } of desks as readonly AnyDesk[]) {
      const { workWords = {}, deadlineWords = {}, stateMarks = {} } = (await words?.())?.words ?? {};
      const kinds = [...Object.keys(workWords), ...Object.keys(deadlineWords), ...Object.keys(stateMarks)];
      expect(kinds.filter((kind) => !kind.startsWith(`${name}.`))).toEqual([]);
    }
  });
});

/** The names of values that a file hands to the audit as `before` or `after`: written out, or given through a constant. */
function recordedKeys(file: string, text?: string): string[] {
  const tree = treeOf(file, text);
  const constants = new Map<string, ts.ObjectLiteralExpression[]>();
  for (const { name, initializer } of nodesOf(tree, ts.isVariableDeclaration)) {
    if (!ts.isIdentifier(name) || initializer === undefined || !ts.isObjectLiteralExpression(initializer)) continue;
    constants.set(name.text, [...(constants.get(name.text) ?? []), initializer]);
  }
  const keysOf = (value: ts.Expression): string[] => {
    if (ts.isParenthesizedExpression(value) || ts.isAsExpression(value)) return keysOf(value.expression);
    if (ts.isConditionalExpression(value)) return [...keysOf(value.whenTrue), ...keysOf(value.whenFalse)];
    if (ts.isIdentifier(value)) return (constants.get(value.text) ?? []).flatMap(keysOf);
    if (!ts.isObjectLiteralExpression(value)) return [];
    return value.properties.flatMap((property) => {
      if (ts.isSpreadAssignment(property)) return keysOf(property.expression);
      return property.name !== undefined && ts.isIdentifier(property.name) ? [property.name.text] : [];
    });
  };
  return nodesOf(tree, ts.isObjectLiteralElementLike).flatMap((property) => {
    if (property.name === undefined || !/^(before|after)$/.test(property.name.getText())) return [];
    if (ts.isShorthandPropertyAssignment(property)) return keysOf(property.name);
    return ts.isPropertyAssignment(property) ? keysOf(property.initializer) : [];
  });
}

it('the scan sees recorded values also behind a constant, a choice and a spread', () => {
  for (const text of [
    'ctx.record({ after: { closedOn } });',
    'const after = { closedOn: day }; ctx.record({ before: null, after });',
    'const change = { closedOn: day }; ctx.record({ after: change });',
    'const more = { closedOn }; ctx.record({ after: isOpen ? null : { ...more } });',
  ]) {
    expect(recordedKeys('x.ts', text), text).toEqual(['closedOn']);
  }
});

it.each([
  ['findings', findingChoices, findingMarks],
  ['letters', letterStateChoices, letterMarks],
  ['receipts of letters', receiptStateChoices, letterMarks],
  ['plans', choices(workPlanStateTitles), planMarks],
  ['items of plans', choices(itemStandingTitles), itemMarks],
  ['mails', choices(deliveryStateTitles), deliveryLooks],
  ['tracks', choices(trackStandingTitles), trackMarks],
] as const)('a choice of the filter says of %s what their mark says', (_what, options, marks) => {
  expect(options.length).toBeGreaterThan(1);
  const words = marks as Readonly<Record<string, { readonly word: string } | undefined>>;
  expect(options.map(({ value }) => [value, words[value]?.word])).toEqual(
    options.map(({ value, label }) => [value, label]),
  );
});

describe('acts that the server records', () => {
  const known = new Set<string>([
    ...permissions,
    ...Object.keys(problemCatalogue),
    ...featureJobs.map(({ name }) => name),
    ...routes.map(({ name }) => name),
    ...features.flatMap(({ unfinished }) => Object.keys(unfinished?.kinds ?? {})),
    ...shares.flatMap(({ work, deadlines, figures }) =>
      [work, deadlines, figures].flatMap((share) => share?.kinds ?? []),
    ),
  ]);
  const literal = /'(([a-z][a-z-]*)\.[a-z][A-Za-z]+)'/g;

  it('have words in the audit', () => {
    const { acts, subjects } = here(auditWords);
    const { noticeWords } = here(deskWords);
    const recorded = new Set<string>(schoolEventKind.options.map((kind) => `school.${kind}`));
    for (const file of acting) {
      const text = textOf(file);
      for (const [, act = '', subject = ''] of text.matchAll(literal)) {
        if (subject in subjects && !known.has(act) && !(act in noticeWords)) recorded.add(act);
      }
      // Everything that is written like an act is an act, also for a subject that no feature has words for yet.
      for (const [line] of text.matchAll(/\baction: .*|\brecordOf\(.*/g)) {
        for (const [, act = ''] of line.matchAll(literal)) recorded.add(act);
      }
    }
    expect(recorded.size).toBeGreaterThan(50);
    expect([...recorded].filter((act) => !(act in acts))).toEqual([]);
  });

  it('have words for what they were done to, in the program and by the triggers of the database', () => {
    const { objects, subjects } = here(auditWords);
    const triggers = readdirSync(path.join(root, 'migrations')).filter((name) => name.endsWith('.sql'));
    const texts = [...productFiles('src/server/'), ...triggers.map((name) => `migrations/${name}`)].map((file) =>
      textOf(file),
    );
    const types = texts.flatMap((text) =>
      [...text.matchAll(/\bobjectType: '([\w-]+)'|\baudit_row\('([\w-]+)'/g)].map(([, act, row]) => act ?? row ?? ''),
    );
    expect(new Set(types).size).toBeGreaterThan(15);
    expect([...new Set(types)].filter((type) => !(type in objects) && !(type in subjects))).toEqual([]);
  });

  it('have words for the values that they record', () => {
    const { fields } = here(auditWords);
    const recorded = new Set(Object.keys((confirmImport.output as z.ZodObject).shape));
    for (const file of acting.filter((name) => /\brecord\w*\(/.test(codeOf(name)))) {
      for (const key of recordedKeys(file)) recorded.add(key);
    }
    expect(recorded.size).toBeGreaterThan(30);
    expect([...recorded].filter((key) => !(key in fields))).toEqual([]);
  });

  it('are offered by their subject in the filter of the audit', () => {
    const { acts, subjects } = here(auditWords);
    const worded = new Set(Object.keys(acts).map((act) => act.split('.')[0] ?? ''));
    expect([...worded].sort()).toEqual(Object.keys(subjects).sort());
  });
});

describe('the palette', () => {
  it('finds each page and each act by the pinyin of its title and by the initials', async () => {
    const pages = desks.flatMap(({ pages }) =>
      pages.flatMap((route) => {
        const page = route.options.staticData?.page;
        return page?.listed ? [{ title: page.title, terms: page.terms ?? '' }] : [];
      }),
    );
    const all = [...pages, ...here(deskWords).actions];
    expect(all.length).toBeGreaterThan(25);
    const spelt = await spellingsOf(all.map(({ title }) => title));
    const missing = all.flatMap(({ title, terms }, at) =>
      [spelt[at]!.spelling, spelt[at]!.initials]
        .filter((one) => !terms.split(' ').includes(one))
        .map((one) => `${title}: ${one}`),
    );
    expect(missing).toEqual([]);
  });
});
