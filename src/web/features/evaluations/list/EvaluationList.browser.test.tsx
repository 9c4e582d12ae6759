import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import SchoolEvaluations from '../panel/SchoolEvaluations.tsx';
import EvaluationList from './EvaluationList.tsx';

const session = sessionOf('city', ['evaluation.read']);
const row = {
  ...{ id: '01890000-0000-7000-8000-000000000001', kind: 'county-inspection', title: '履行教育职责督导' },
  subjectName: '晋江市',
  assessmentYear: 2025,
  state: 'closed',
  due: null,
  daysLeft: null,
  answered: 40,
  leaves: 40,
  ...{ toScore: 0, scored: 0, returned: false, selfTotal: '91', selfBetween: null, total: '88.5', conclusion: '良好' },
  edition: { authority: 'sample', completedBy: '泉州市' },
};
const rows = [
  row,
  { ...row, id: '01890000-0000-7000-8000-000000000002', edition: { authority: 'official', completedBy: null } },
];

beforeEach(() => {
  vi.stubGlobal('fetch', async () => Response.json({ rows, total: rows.length }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it.each([
  ['the list of evaluations', <EvaluationList key="list" />],
  ['the page of a school', <SchoolEvaluations key="school" schoolId={7} />],
])('beside each total and conclusion stands what the edition is, on %s', async (_, content) => {
  const screen = await drawFramed('/', { session, frame: plainFrame }, content);
  const marked = screen.getByRole('row').filter({ hasText: '样本，非官方文本，由泉州市补全' });
  await expect.element(marked).toHaveTextContent('良好');
  await expect.element(screen.getByRole('row').filter({ hasText: '官方文本' }).nth(1)).toHaveTextContent('88.5');
});

it('a self-evaluation of which leaves have no points yet is shown between its ends, as on its own page', async () => {
  const between = { ...row, selfTotal: null, selfBetween: { from: '64.82', to: '88.56' } };
  const open = { ...between, id: '01890000-0000-7000-8000-000000000003', selfBetween: { from: '12', to: null } };
  vi.stubGlobal('fetch', async () => Response.json({ rows: [between, open], total: 2 }));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <EvaluationList />);
  await expect.element(screen.getByText('64.82–88.56')).toBeVisible();
  await expect.element(screen.getByText('12–？')).toBeVisible();
});
