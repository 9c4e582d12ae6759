import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { formGroups } from '#domain/filing/catalogue.ts';
import { readCatalogue } from '#domain/filing/read-catalogue.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import edition from '../../../../../reference/catalogues/resource-2025.json' with { type: 'json' };
import { orderedFields } from '../filing.workbook.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

it('screen, workbook and printed sheet have the groups in one order, and the fields of a group too', async () => {
  const clerk = scene.app.as('clerk');
  const { fields } = await scene.read(clerk, 'first');
  const { groups } = await clerk.call(filings.printFiling, { params: { filingId: scene.ids.first } });
  expect(groups.map(({ title }) => title)).toEqual([
    ...['小学 · 基本情况', '全校 · 基本情况', '小学 · 教师', '全校 · 校舍', '全校 · 设备'],
  ]);
  const catalogue = readCatalogue(edition);
  const onScreen = formGroups(
    catalogue.groups,
    fields.filter(({ directory }) => directory === undefined),
  ).flatMap(({ blocks }) => blocks.flatMap((block) => block.fields.map(({ key }) => key)));
  const printed = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
  expect(printed).toEqual(onScreen);
  const written = orderedFields(catalogue, '211').map(({ key }) => key);
  expect(written).toEqual(printed.filter((key) => written.includes(key)));
});
