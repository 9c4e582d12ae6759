import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Indicator } from '#domain/framework/edition.ts';
import { AnswerField, type LeafAnswer } from './AnswerField.tsx';

const leaf: Indicator = {
  ...{ code: 'B1', parent: 'A', title: '每百名学生拥有高于规定学历教师数', points: 1, unit: '人' },
  method: {
    ...{ kind: 'threshold', compare: '>=', value: 0, unmet: 0 },
    parts: [
      { name: '小学', compare: '>=', value: 4.2 },
      { name: '初中', compare: '>=', value: 5.3 },
    ],
  },
};

const elements = {
  ...{ code: 'C1', parent: null, title: '制度', points: 2 },
  method: { kind: 'elements', elements: [{ text: '有章程' }, { text: '有年度计划' }], cost: 1 },
} as unknown as Indicator;

afterEach(() => page.viewport(1366, 768));

function Shown({ indicator }: { indicator: Indicator }) {
  const [answer, setAnswer] = useState<LeafAnswer | null>(null);
  return (
    <>
      <AnswerField indicator={indicator} value={answer} onChange={setAnswer} notApplicable="本单位不适用" />
      <output>{JSON.stringify(answer)}</output>
    </>
  );
}

it('each part of a threshold has a field of its own, and what is taken out is no answer', async () => {
  const screen = await render(<Shown indicator={leaf} />);
  const said = screen.getByRole('status');
  await screen.getByLabelText('小学').fill('4.5');
  await expect.element(said).toHaveTextContent('{"parts":[{"part":"小学","value":4.5}]}');
  await screen.getByLabelText('初中').fill('5.6');
  await expect.element(said).toHaveTextContent('{"parts":[{"part":"小学","value":4.5},{"part":"初中","value":5.6}]}');
  await expect.element(screen.getByText('要求达到 4.2人')).toBeVisible();
  await screen.getByLabelText('小学').fill('');
  await expect.element(said).toHaveTextContent('{"parts":[{"part":"初中","value":5.6}]}');
  await screen.getByLabelText('初中').fill('');
  await expect.element(said).toHaveTextContent('null');
});

it('on the phone the box of what is missing stands in the middle of its text', async () => {
  await page.viewport(390, 844);
  const screen = await render(<AnswerField indicator={elements} value={null} onChange={() => {}} />);
  const box = screen.getByRole('checkbox', { name: /有章程/ });
  await expect.element(box).toBeVisible();
  const middle = (element: Element) => {
    const { top, height } = element.getBoundingClientRect();
    return top + height / 2;
  };
  const text = box.element().closest('label')!.querySelector('span')!;
  expect(Math.abs(middle(box.element()) - middle(text))).toBeLessThan(2);
});
