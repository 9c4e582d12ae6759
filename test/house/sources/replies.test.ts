import { expect, it } from 'vitest';
import type { z } from 'zod';
import { routes } from '#contract/index.ts';

/**
 * Lists in replies that are neither paged nor cut, by what bounds them. A list is named by its last name (`fields`), or,
 * where that is not the same everywhere, by route and path (`filings.read.changes`); `{}` ends the name of a record.
 */
const bounds: Readonly<Record<string, readonly string[]>> = {
  'fields, sections, findings and rules of one form': [
    ...['fields', 'openFields', 'sections', 'schoolTypes', 'choices', 'cells{}', 'derived{}', 'reference{}', 'peers{}'],
    ...['comments{}', 'conflicts', 'obstacles', 'values{}', 'reasons{}', 'signatures', 'left', 'kinds'],
    ...['copyLastYear.findings', 'saveCells.findings', 'filings.read.findings', 'filings.grid.rows[].findings'],
    ...['filings.print.groups', 'filings.print.groups[].rows', 'filings.catalogue.groups', 'filings.read.changes'],
    ...['filings.timeline.rows[].changes', 'filings.timeline.sinceReturn.changes'],
  ],
  'acts, rights and kinds that the program knows': [
    ...['can{}', 'permissions', 'health.read.reasons', 'home.overview.figures', 'periods.previewArchiving.unfinished'],
  ],
  'what an act was asked to do, which its body bounds': [
    ...['filings.acceptSet.filingIds', 'filings.acceptSet.refused', 'filings.undo.filingIds', 'filings.undo.refused'],
    ...['directory.splitSchool.parts', 'directory.schoolConsequences.schools'],
  ],
  'filings of a county, each school one': ['filings.approveRest.filingIds', 'filings.approveRest.refused'],
  'units below one city or county': ['directory.lowerUnits.rows'],
  'units of a city': [
    ...['directory.units.units', 'directory.unitRegister.rows', 'directory.division.counties', 'session.read.path'],
    ...['session.read.counties', 'filings.progress.rows', 'filings.remindable.units', 'balance.overview.rows'],
    ...['balance.tryRevision.counties', 'contradicted', 'counts', 'work-plans.counties.rows', 'invited'],
    ...['meetings.list.counties'],
  ],
  'cities of a province, and its levels and kinds of schools': [
    ...['directory.divisions.cities', 'directory.unit.schools', 'levels', 'periods.preview.exempt'],
  ],
  'schools of one county, or of the city where it lists them for one act': [
    ...[
      'periods.unlisted.schools',
      'balance.county.levels[].rows',
      'excluded',
      'missing',
      'owing',
      'joined',
      'flipped',
    ],
    ...['balance.compare.levels[].changed', 'balance.compare.levels[].left', 'contributions', 'anonymous', 'peers'],
    ...['balance.tryRevision.counties[].levels[].left', 'balance.compare.levels[].changed[].values'],
  ],
  'conditions at one indicator of an edition': ['evaluations.leaf.conditions{}'],
  'indicators, sentences and conditions of a standard': [
    ...['indicators', 'ratios{}', 'shares{}', 'reached', 'nearly', 'sentences', 'assumptions', 'claims', 'exclusions'],
    ...['standards', 'bases', 'differences', 'balance.countConditions.conditions', 'names'],
  ],
  'school years, one a year': [
    ...['years', 'trend', 'compositeTrend', 'released', 'periods.list.periods', 'schoolConsequences.schools[].filings'],
  ],
  'a preview, which is kept only up to 12 MB, of a file with at most 6,000 rows': [
    ...['rectifications.previewImport.changes', 'rectifications.readImport.changes'],
    ...['inspectors.previewImport.changes', 'inspectors.readImport.changes'],
    ...['balance-tracking.previewImport.changes', 'balance-tracking.readImport.changes', 'changes[].figures'],
    ...['sheets', 'facts', 'notes', 'changes.people', 'previewImport.groups', 'readImport.groups'],
    ...['people.confirmImport.codes', 'people.setCodes.rows', 'people.setSheets.rows'],
  ],
  'other schools of one act of the register, and what it changed; names that the newest versions had': [
    ...['others', 'directory.schoolHistory.events[].changes', 'formerNames'],
  ],
  'accounts and posts of one person or place, given out one by one with two hands': [
    ...['posts', 'people.assignments.rows', 'schoolConsequences.schools[].accounts', 'posts.colleagues.rows', 'held'],
    ...['people.proposePost.codes', 'holders', 'grantors', 'managers', 'openers'],
  ],
  'at most so many wait or stand at once (see bounds.test.ts), or end by themselves': [
    ...['standIns', 'given', 'roles.changes.rows', 'backupCodes'],
  ],
  'roles of a city': ['people.roles.rows', 'roles.names.rows'],
  'kinds of work that the features know': ['work', 'handedOver', 'deadlines', 'home.beginning.steps', 'doers'],
  'units of a city, or the duty bodies of one county': ['rectifications.board.rows'],
  'a tenth of what one county has closed in a period': ['rectifications.reproofDraw.rows'],
  'fields of one audited thing': ['before{}', 'after{}'],
  'a plan of a year: at most 300 items when it is saved, each with few ties; units, kinds of work and years': [
    ...['work-plans.read.items', 'work-plans.save.items', 'work-plans.paste.items', 'ties', 'ties[].units', 'known'],
    ...['tieKinds', 'tieYears', 'mayCreate', 'work-plans.list.parts', 'meetings.read.items', 'meetings.read.plans'],
  ],
  'frameworks that ship and what the city completed of them, one line a key; drafts, of which few stand at once': [
    ...['frameworks.list.rows', 'frameworks.drafts.rows', 'frameworks.read.revisions'],
  ],
  'indicators, conditions, cells and faults of one edition of a framework, which is checked when it is stored': [
    ...['openCodes', 'words{}', 'versions{}', 'issues', 'guesses', 'frameworks.compare.changes'],
    'frameworks.compare.rules',
    ...[
      'frameworks.compare.changes[].texts',
      'unanswered',
      'nodes',
      'steps',
      'leaves',
      'conclusions',
      'open',
      'vetoes',
    ],
    ...['caps', 'downgrades', 'actions'],
  ],
  'plans of one year, one of a kind and unit': ['work-plans.list.rows'],
  'meetings of one year, and the people at one of them': ['meetings.list.rows', 'meetings.read.people'],
  'the first few that are found': ['work-plans.find.rows', 'frameworks.schools.rows', 'frameworks.rounds.rows'],
};

interface List {
  readonly path: string;
  readonly isBounded: boolean;
}

/** The lists and records of a reply, each with its path. */
function* listsOf(schema: z.core.$ZodType, path: string): Generator<List> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'array': {
      const isBounded = def.checks?.some(({ _zod }) => _zod.def.check === 'max_length') ?? false;
      yield { path, isBounded };
      yield* listsOf(def.element, `${path}[]`);
      break;
    }
    case 'record': {
      yield { path: `${path}{}`, isBounded: false };
      yield* listsOf(def.valueType, `${path}{}`);
      break;
    }
    case 'object': {
      const isPage = 'rows' in def.shape && 'total' in def.shape;
      for (const [name, part] of Object.entries(def.shape)) {
        for (const list of listsOf(part, `${path}.${name}`)) {
          yield isPage && list.path === `${path}.rows` ? { ...list, isBounded: true } : list;
        }
      }
      break;
    }
    case 'union': {
      for (const option of def.options) yield* listsOf(option, path);
      break;
    }
    case 'tuple': {
      for (const item of def.items) yield* listsOf(item, path);
      break;
    }
    case 'pipe': {
      yield* listsOf(def.out, path);
      break;
    }
    case 'lazy': {
      throw new Error(`${path} may be endless`);
    }
    default: {
      if ('innerType' in def) yield* listsOf(def.innerType, path);
    }
  }
}

const isNamed = (path: string, name: string) => path === name || path.endsWith(`.${name}`);

it('every list in a reply is paged, has a maximum, or has a bound of its own that is named here', () => {
  const lists = routes.flatMap(({ name, output }) => ('_zod' in output ? [...listsOf(output, name)] : []));
  expect(lists.length).toBeGreaterThan(200);
  const open = [...new Set(lists.flatMap(({ path, isBounded }) => (isBounded ? [] : [path])))];
  const names = Object.values(bounds).flat();
  expect(open.filter((path) => !names.some((name) => isNamed(path, name)))).toEqual([]);
  expect(names.filter((name) => !open.some((path) => isNamed(path, name)))).toEqual([]);
});
