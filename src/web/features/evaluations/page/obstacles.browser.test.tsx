import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { ResultActs } from '../opinion/ResultActs.tsx';
import { EvaluationBands } from './EvaluationBands.tsx';

const evaluation = {
  scoreLeftTo: null,
  ...{ id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市', revision: 4, side: 'city', nodes: [] },
  ...{ state: 'confirmation', returned: false, returnedReason: null, readEditionAt: null, history: [], steps: [] },
  can: { confirmResult: true, submitResult: false, release: false, opinion: false },
} as unknown as Evaluation;
const session = sessionOf('city');

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

function draw(rows: object[], state: string = evaluation.state) {
  vi.stubGlobal('fetch', async () => Response.json({ state, rows }));
  return drawFramed(
    '/',
    { session, frame: plainFrame },
    <>
      <EvaluationBands evaluation={evaluation} mode="result" />
      <ResultActs evaluation={evaluation} />
    </>,
  );
}

const drawBands = (of: Evaluation, mode: 'self' | 'result') =>
  drawFramed('/', { session, frame: plainFrame }, <EvaluationBands evaluation={of} mode={mode} />);

it('an act that would be refused is not offered, and the page says why', async () => {
  const reason = '吴福燕已办理过前一步，同一个人不能先后办理。';
  const screen = await draw([{ act: 'confirmResult', title: '确认结果', otherHand: true, reasons: [reason] }]);
  await expect.element(screen.getByText('确认结果：等另一位有权的人办理。')).toBeVisible();
  await expect.element(screen.getByText(reason)).toBeVisible();
  expect(screen.getByRole('button', { name: '确认结果' }).elements()).toEqual([]);
  // What needs no other hand is still there.
  await expect.element(screen.getByRole('button', { name: '退回结论' })).toBeVisible();
});

it('an act without obstacles is the marked one', async () => {
  const screen = await draw([]);
  await expect.element(screen.getByRole('button', { name: '确认结果' })).toBeVisible();
  expect(screen.getByRole('region', { name: '还不能确认结果' }).elements()).toEqual([]);
});

it('an act is not offered by what was asked in the step before', async () => {
  const screen = await draw([], 'opinionLetter');
  await expect.element(screen.getByRole('button', { name: '退回结论' })).toBeVisible();
  expect(screen.getByRole('button', { name: '确认结果' }).elements()).toEqual([]);
});

it('a self-evaluation that its leader has confirmed is not said to wait for him', async () => {
  const handedIn = {
    ...evaluation,
    ...{ side: 'subject', state: 'selfEvaluation', self: 'confirmed', can: {} },
  } as unknown as Evaluation;
  vi.stubGlobal('fetch', async () => Response.json({ rows: [] }));
  const screen = await drawBands(handedIn, 'self');
  await expect.element(screen.getByText(/自评已由单位负责人署名确认/)).toBeVisible();
  expect(screen.getByText(/等本单位负责人署名确认/).elements()).toEqual([]);
});

it('what was returned and handed in again is said to wait for the leader, on both sides', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ rows: [] }));
  const again = (side: string) =>
    ({
      ...evaluation,
      ...{ side, state: 'selfEvaluation', self: 'submitted', can: { takeBack: side === 'subject' } },
      history: [{ action: 'submit' }, { action: 'return' }, { action: 'submit' }],
    }) as unknown as Evaluation;
  const own = await drawBands(again('subject'), 'self');
  await expect
    .element(own.getByText('自评已补充并再次报送，等本单位负责人署名确认；确认前可以撤回修改。'))
    .toBeVisible();
  await own.unmount();
  const city = await drawBands(again('city'), 'self');
  await expect.element(city.getByText('自评已补充并再次报送，等被督导单位负责人署名确认。')).toBeVisible();
});

it('whoever stood in for the school reads why no score is asked of him, and the school who reviews it', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ rows: [] }));
  const drawn = (side: string, scoreLeftTo: Evaluation['scoreLeftTo']) => {
    const reviewed = {
      ...evaluation,
      ...{
        side,
        state: 'countyReview',
        self: 'confirmed',
        can: { score: false },
        toScore: 0,
        scoreLeftTo,
        total: null,
      },
    } as unknown as Evaluation;
    return drawBands(reviewed, 'result');
  };
  const county = await drawn('county', 'colleague');
  await expect.element(county.getByText(/您代学校填写或确认过自评，不能再为它评分；请由本单位另一位/)).toBeVisible();
  await county.unmount();
  const alone = await drawn('county', 'nobody');
  await expect.element(alone.getByText(/请县级再指定一位督导人员评分/)).toBeVisible();
  await alone.unmount();
  const school = await drawn('subject', null);
  await expect.element(school.getByText(/县级督导机构正在复核/)).toBeVisible();
  expect(school.getByText(/不能再为它评分/).elements()).toEqual([]);
});
