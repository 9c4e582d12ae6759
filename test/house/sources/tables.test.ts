import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, placeOf, productFiles, textOf, treeOf } from '#test/support/sources.ts';

/**
 * Columns without a plain value, and why the rows cannot be sorted or saved by them. A file alone stands for all its
 * columns.
 */
const reasons: Readonly<Record<string, string>> = {
  'balance/runs/BalanceRuns.tsx compare': 'a button',
  'filings/period/UnitProgress.tsx acts': 'buttons',
  'filings/period/UnitProgress.tsx bar': 'a drawing of the columns beside it',
  'filings/period/PeriodList.tsx': 'a handful of years in their order, each with its buttons',
  'filings/panel/SchoolYears.tsx': 'one line a year, newest first',
  'session/OwnSessions.tsx': 'a person’s own few sessions',
  'session/Tokens.tsx': 'a person’s own few tokens',
  'directory/school/SchoolEvents.tsx': 'what happened to one school, in the order of time',
  'directory/import/SchoolChanges.tsx': 'a preview in the order of the file that comes in',
  'people/import/people-import.view.tsx': 'a preview in the order of the file that comes in',
  'people/requests/AccountRequests.tsx': 'what waits stands first, each with its buttons',
  'people/sets/PostSet.tsx': 'in the order of the list that came in, a page at a time from the server',
  'people/sets/PostSets.tsx': 'what waits stands first, a page at a time from the server',
  'directory/units/Units.tsx acts': 'buttons',
  'directory/units/LowerUnits.tsx acts': 'buttons',
  'people/person/PersonPosts.tsx': 'the few posts of one person',
  'people/person/PostAssignments.tsx': 'the few assignments of one post',
  'audit/AuditList.tsx': 'a chain in the order of time, with a download of the server',
  'jobs/JobList.tsx': 'a queue in the order of time',
  'notices/DeliveryList.tsx': 'the newest first, a page at a time from the server',
  'files/EndingFiles.tsx': 'what goes first stands first, a page at a time from the server',
  'settings/OutgoingAddresses.tsx': 'the few addresses outside, each with its button',
  'notices/NoticeList.tsx': 'unread first, then in the order of time, a page at a time from the server',
  'filings/period/CallList.tsx result': 'a column to write into, on paper alone',
  'filings/period/FilingTable.tsx': 'sorted and saved by the server',
  'campaigns/results/ResultsPart.tsx': 'sorted and saved by the server',
  'directory/SchoolTable.tsx': 'sorted and saved by the server',
  'balance-tracking/figures/figures-import.view.tsx': 'a preview in the order of the file that comes in',
  'rectifications/board/FindingBoard.tsx months': 'a drawing of the columns beside it',
  'rectifications/finding/FindingPage.tsx': 'the few measures of one finding, in their order',
  'rectifications/import/ledger-import.view.tsx': 'a preview in the order of the file that comes in',
  'official-documents/list/LetterList.tsx': 'sorted and saved by the server',
  'official-documents/receipt/ReceiptList.tsx': 'sorted and saved by the server',
  'inspectors/import/register-import.view.tsx': 'a preview in the order of the file that comes in',
  'frameworks/import/framework-import.view.tsx': 'a preview in the order of the file that comes in',
  'frameworks/questions/QuestionList.tsx act': 'buttons',
  'inspectors/list/InspectorList.tsx': 'sorted and saved by the server',
  'inspectors/inspector/Entry.tsx': 'the few rows of one inspector, in their order',
  'inspectors/own/OwnInspectors.tsx': 'the few entries of one person, those in use first',
  'rectifications/list/FindingList.tsx': 'sorted and saved by the server',
  'rectifications/reproof/ReproofDraws.tsx': 'in the order of the draw, each with its buttons',
  'campaigns/list/CampaignList.tsx': 'the newest first, sorted a page at a time by the server',
  'campaigns/matrix/MatrixPart.tsx': 'sorted and saved by the server',
  'campaigns/subjects/SubjectsPart.tsx': 'sorted a page at a time by the server, each with its box',
  'campaigns/seats/ShareDialog.tsx': 'a proposal in the order of the panel',
  'evaluations/evidence/EvidenceList.tsx': 'sorted and saved by the server',
  'evaluations/list/EvaluationList.tsx': 'sorted and saved by the server',
  'evaluations/page/Questions.tsx enter': 'a button',
  'people/PeopleList.tsx': 'sorted by the server; names and telephones leave only by a recorded act',
};

/** The objects that are columns: they have a key, a title and what the cell shows. */
function columnsOf(file: string, text?: string): Array<{ place: string; key: string; value: boolean }> {
  return nodesOf(treeOf(file, text), ts.isObjectLiteralExpression).flatMap((object) => {
    const parts = new Map(object.properties.map((part) => [part.name?.getText() ?? '', part]));
    if (!['key', 'title', 'cell'].every((name) => parts.has(name))) return [];
    const key = nodesOf(parts.get('key')!, ts.isStringLiteral)[0]?.text ?? '*';
    return [{ place: placeOf(object), key, value: parts.has('value') }];
  });
}

const tables = productFiles('src/web/features/', /\.tsx$/).filter((file) => /<DataTable\b/.test(textOf(file)));
const nameOf = (file: string) => file.replace('src/web/features/', '');

it('sees a column without a value', () => {
  const text = `const columns = [{ key: 'a', title: '甲', cell: (row) => row.a }, { key: 'b', title: '乙', cell: x, value: y }];`;
  expect(columnsOf('src/web/features/x/X.tsx', text).map(({ key, value }) => [key, value])).toEqual([
    ['a', false],
    ['b', true],
  ]);
  expect(tables.length).toBeGreaterThan(15);
});

it('every table can be sorted by each column and saved as a file, or says why not', () => {
  const open = tables.flatMap((file) => {
    const name = nameOf(file);
    if (reasons[name] !== undefined) return [];
    return columnsOf(file)
      .filter(({ key, value }) => !value && reasons[`${name} ${key}`] === undefined)
      .map(({ place, key }) => `${place} ${key} has no value`);
  });
  expect(open).toEqual([]);
});

it('no reason outlives its table', () => {
  const files = new Set(tables.map(nameOf));
  expect(Object.keys(reasons).filter((reason) => !files.has(reason.split(' ')[0]!))).toEqual([]);
});
