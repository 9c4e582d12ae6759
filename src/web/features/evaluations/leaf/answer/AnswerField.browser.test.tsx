import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Indicator } from '#domain/framework/edition.ts';
import { AnswerField } from './AnswerField.tsx';

afterEach(() => page.viewport(1366, 768));

const indicator = {
  ...{ code: 'C1', parent: null, title: '制度', points: 2 },
  method: { kind: 'elements', elements: [{ text: '有章程' }, { text: '有年度计划' }], cost: 1 },
} as unknown as Indicator;

it('on the phone the box of what is missing stands in the middle of its text', async () => {
  await page.viewport(390, 844);
  const screen = await render(<AnswerField indicator={indicator} value={null} onChange={() => {}} />);
  const box = screen.getByRole('checkbox', { name: /有章程/ });
  await expect.element(box).toBeVisible();
  const middle = (element: Element) => {
    const { top, height } = element.getBoundingClientRect();
    return top + height / 2;
  };
  const text = box.element().closest('label')!.querySelector('span')!;
  expect(Math.abs(middle(box.element()) - middle(text))).toBeLessThan(2);
});
