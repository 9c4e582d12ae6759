import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { EditionField, nameOf } from './EditionField.tsx';

const shipped = {
  ...{ key: 'inspection-sample', revision: 2, hash: 'a'.repeat(64), title: '县级督导指标体系' },
  ...{ authority: 'sample' as const, completedBy: null as string | null, open: 0 },
};
const shown = (edition: typeof shipped) =>
  render(<EditionField editions={[edition]} value={nameOf(edition)} onChange={() => {}} />);
const exchange = '正式使用前请换成本市印发的指标体系';

it('a sample as it was shipped is to be exchanged before it is used', async () => {
  const screen = await shown(shipped);
  await expect.element(screen.getByText(exchange)).toBeVisible();
});

it('one that the city has completed carries its mark, and is not to be exchanged', async () => {
  const screen = await shown({ ...shipped, completedBy: '泉州市' });
  await expect.element(screen.getByText('样本，非官方文本，由泉州市补全')).toBeVisible();
  await expect.element(screen.getByText(exchange)).not.toBeInTheDocument();
});

it('one with open places says how many, in its name and below', async () => {
  const screen = await shown({ ...shipped, open: 12 });
  const named = screen.getByRole('option', { name: '县级督导指标体系（第 2 版，待补全 12 处）' });
  await expect.element(named).toBeInTheDocument();
  await expect.element(screen.getByText(/有 12 处待补全，补全并发布以前不能开启评估/)).toBeVisible();
});

it('a draft keeps an edition that is offered no more', async () => {
  const { open: _, ...kept } = shipped;
  const editions = [
    { ...kept, authority: 'official' as const },
    { ...shipped, revision: 3 },
  ];
  const screen = await render(<EditionField editions={editions} value={nameOf(kept)} onChange={() => {}} />);
  await expect.element(screen.getByText('官方文本')).toBeVisible();
});
