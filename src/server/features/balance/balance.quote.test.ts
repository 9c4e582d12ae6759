import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFigure } from '#contract/official-documents/letters.ts';
import type { TestApp } from '#test/support/app.ts';
import { fengze, licheng, openBalanceScene } from '#test/support/balance/scene.ts';

let app: TestApp;
beforeAll(async () => {
  ({ app } = await openBalanceScene({ whole: true }));
});
afterAll(() => app?.close());

const quoted = (unitId: number, choice: string) =>
  app
    .as('cityOfficer')
    .call(readFigure, { body: { asked: { query: 'balance.variation', unitId, year: 2025, choice } } });

it('a letter quotes a figure of a run that lacks schools as provisional, also where it is printed', async () => {
  const open = await quoted(fengze, 'quality-2017/primary/teachingArea');
  expect(open.value).toMatch(/^0\.\d{3}（暂定）$/);
  expect(open.certificate).toContainEqual({ item: '暂定', value: '缺 1 所学校的数据' });
  const final = await quoted(licheng, 'quality-2017/primary/teachingArea');
  expect(final.value).toMatch(/^0\.\d{3}$/);
  expect(final.certificate.map(({ item }) => item)).toEqual(['标准', '测算编号', '输入校验码']);
});

it('a letter names the composite once', async () => {
  const { label } = await quoted(fengze, 'basic-2012/primary/composite');
  expect(label).toMatch(/小学综合差异系数$/);
});
