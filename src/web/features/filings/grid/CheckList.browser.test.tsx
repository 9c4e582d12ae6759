import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { CheckList } from './CheckList.tsx';

it('the check says whether it covers all schools or the filtered ones, also where it finds nothing', async () => {
  const screen = await render(<CheckList rows={[]} total={0} unfiltered={undefined} onJump={() => {}} />);
  await expect.element(screen.getByText('检查范围：全部 0 所，所有数据项')).toBeVisible();
  await screen.rerender(<CheckList rows={[]} total={120} unfiltered={1748} onJump={() => {}} />);
  await expect.element(screen.getByText('检查范围：筛选出的 120 所（共 1,748 所），所有数据项')).toBeVisible();
});
