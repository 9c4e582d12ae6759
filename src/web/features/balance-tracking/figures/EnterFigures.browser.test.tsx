import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { publications } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { queryClient } from '#web/shared/call/queries.ts';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import { EnterFigures } from './EnterFigures.tsx';

const publication = {
  ...{ id: '01890000-0000-7000-8000-000000000001', edition: '', documentNumber: '闽教督〔2025〕9号', reason: null },
  ...{ publishedOn: '2025-10-01', source: '附件 2 第 3 页', enteredBy: '吴福燕', enteredAt: '2025-10-02T00:00:00Z' },
  figures: [{ level: 'primary' as const, indicator: 'composite', value: '0.42' }],
  schools: [],
};

type Ours = RouteOutput<typeof publications>['rows'][number]['ours'];

afterEach(() => vi.unstubAllGlobals());

async function draw(standing: typeof publication | null, ours: Ours = []) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ id: publication.id });
  });
  const indicators = [
    { key: 'composite', name: '综合差异系数' },
    { key: 'schools', name: '学校数' },
  ];
  const county = { countyId: 3, name: '洛江区', publication: standing, ours };
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <EnterFigures
        data={{ year: 2025, standardName: '国家标准', indicators, rows: [county], mayEnter: true }}
        county={county}
        onClose={() => undefined}
      />
      <Questions />
    </QueryClientProvider>,
  );
  return { screen, sent };
}

it('says at the figure and at the list what is wrong, and sends full-width digits as figures', async () => {
  const { screen, sent } = await draw(publication);
  const figure = screen.getByRole('textbox', { name: '小学综合差异系数' });
  const schools = screen.getByRole('textbox', { name: '初中学校数' });
  const reason = screen.getByRole('textbox', { name: '更正原因' });
  expect(screen.container.ownerDocument.body.textContent).not.toContain('更正原因选填');
  await figure.fill('49.9%');
  await screen.getByRole('textbox', { name: '小学学校名单' }).fill('霞园小学\n校');
  await screen.getByRole('button', { name: '更正数据' }).click();
  await expect.element(figure).toHaveAccessibleDescription('请填写小数，如 0.512，最多六位小数');
  await expect.element(reason).toHaveAccessibleDescription('请填写更正原因。');
  const lists = screen.getByRole('textbox', { name: '小学学校名单' });
  await expect.element(lists).toHaveAccessibleDescription('请改正“校”：学校名称至少 2 个字');
  expect(sent).toEqual([]);
  await figure.fill('０．４３');
  await schools.fill('27');
  await lists.fill('1234567890 霞园小学');
  await reason.fill('省级文件更正');
  await screen.getByRole('button', { name: '更正数据' }).click();
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    reason: '省级文件更正',
    figures: [
      { level: 'primary', indicator: 'composite', value: '0.43' },
      { level: 'junior', indicator: 'schools', value: '27' },
    ],
    schools: [{ level: 'primary', code: '1234567890', name: '霞园小学' }],
  });
});

it('says at the first figure that no figure was given, and asks no reason of the first entry', async () => {
  const { screen, sent } = await draw(null);
  expect(screen.getByRole('textbox', { name: '更正原因' }).elements()).toEqual([]);
  await screen.getByRole('textbox', { name: '文号' }).fill('闽教督〔2025〕9号');
  await screen.getByRole('textbox', { name: '来源' }).fill('附件 2');
  await screen.getByRole('button', { name: '录入数据' }).click();
  const figure = screen.getByRole('textbox', { name: '小学综合差异系数' });
  await expect.element(figure).toHaveAccessibleDescription('请至少填写一项数据');
  expect(sent).toEqual([]);
});

it('says at the figure that it is in per cent, and sends with a correction which publication it replaces', async () => {
  const { screen, sent } = await draw(publication);
  const figure = screen.getByRole('textbox', { name: '小学综合差异系数' });
  const schools = screen.getByRole('textbox', { name: '小学学校数' });
  await figure.fill('51.2');
  await schools.fill('0.5');
  await screen.getByRole('textbox', { name: '更正原因' }).fill('省级文件更正');
  await screen.getByRole('button', { name: '更正数据' }).click();
  await expect.element(figure).toHaveAccessibleDescription(/可能填成了百分数.*51.2% 请填 0.512/);
  await expect.element(schools).toHaveAccessibleDescription(/可能与差异系数填反了/);
  expect(sent).toEqual([]);
  await figure.fill('0.512');
  await schools.fill('31');
  await screen.getByRole('button', { name: '更正数据' }).click();
  await expect.poll(() => sent).toMatchObject([{ replaces: publication.id, reason: '省级文件更正' }]);
});

it('asks before figures of 小学 and 初中 are entered that fit ours only when they are exchanged', async () => {
  const ours: Ours = [
    { level: 'primary', indicator: 'composite', value: 0.5117 },
    { level: 'junior', indicator: 'composite', value: 0.4309 },
  ];
  const { screen, sent } = await draw(publication, ours);
  const [primary, junior] = ['小学', '初中'].map((level) =>
    screen.getByRole('textbox', { name: `${level}综合差异系数` }),
  );
  await primary!.fill('0.431');
  await junior!.fill('0.512');
  await screen.getByRole('textbox', { name: '更正原因' }).fill('省级文件更正');
  await screen.getByRole('button', { name: '更正数据' }).click();
  const asked = screen.getByRole('dialog', { name: '仍按现在这样录入？' });
  await expect.element(asked).toHaveTextContent('小学、初中的数据可能填反了');
  await asked.getByRole('button', { name: '取消' }).click();
  expect(sent).toEqual([]);
  await primary!.fill('0.512');
  await junior!.fill('0.431');
  await screen.getByRole('button', { name: '更正数据' }).click();
  await expect.poll(() => sent).toHaveLength(1);
});
