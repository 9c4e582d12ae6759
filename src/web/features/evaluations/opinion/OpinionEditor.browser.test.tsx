import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation, Opinion } from '../evaluation-reply.ts';
import { OpinionPart } from './OpinionPart.tsx';
import { useOpinionInHand } from './opinion-in-hand.ts';

const evaluation = {
  ...{ id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市', unitId: 3, schoolId: null, nodes: [] },
  ...{ side: 'city', state: 'siteVisit', statementDue: null, revision: 4, can: { conclude: true } },
  letters: { notice: null, opinion: null, result: null },
} as unknown as Evaluation;
const opinion = {
  ...{ comments: [], findings: [], revision: 4, state: 'draft', total: null, max: null, provisional: null },
  ...{ conclusions: [], conclusion: null, certificate: null, indices: { overClaim: null, reviewers: [] }, lacks: [] },
  ...{ rules: [], ruling: null, moved: [], mayReleaseAgain: false, statements: [], waiver: null, differences: [] },
} as unknown as Opinion;
const session = sessionOf('city');

function Shown() {
  const inHand = useOpinionInHand(evaluation);
  const [open, setOpen] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setOpen(!open)}>
        换页
      </button>
      {open && <OpinionPart evaluation={evaluation} inHand={inHand} />}
    </>
  );
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', async (url: string) =>
    url.includes('/opinion') ? Response.json(opinion) : new Promise(() => undefined),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

it('an opinion in hand stays while a leaf is looked at, and is found open again', async () => {
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
  await userEvent.click(screen.getByRole('button', { name: '拟写意见' }));
  await userEvent.click(screen.getByRole('button', { name: '加一条主要成绩' }));
  await userEvent.fill(screen.getByLabelText('主要成绩的内容'), '投入逐年增加');
  await userEvent.click(screen.getByRole('button', { name: '换页' }));
  await expect.element(screen.getByLabelText('主要成绩的内容')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: '换页' }));
  await expect.element(screen.getByLabelText('主要成绩的内容')).toHaveValue('投入逐年增加');
  await userEvent.click(screen.getByRole('button', { name: '先不保存' }));
  await userEvent.click(screen.getByRole('button', { name: '接着写没有保存的意见' }));
  await expect.element(screen.getByLabelText('主要成绩的内容')).toHaveValue('投入逐年增加');
});

it('what was left on the machine is offered as soon as the page of the opinion opens', async () => {
  const left = { value: { comments: [{ kind: 'advice', code: null, text: '建立台账' }], findings: [] } };
  const key = `dudao.local.writing.opinion.ann.${evaluation.id}`;
  localStorage.setItem(key, JSON.stringify({ ...left, revision: 4, at: 1 }));
  const screen = await drawFramed('/', { session, frame: plainFrame }, <Shown />);
  await userEvent.click(screen.getByRole('button', { name: '接着写' }));
  await expect.element(screen.getByLabelText('意见和建议的内容')).toHaveValue('建立台账');
});
