import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { EarlierRounds } from './EarlierRounds.tsx';

it('shows what was returned with its reason, and what changed since', async () => {
  const round = {
    ...{ round: 1, measures: '交流教师十人。新建校舍。', conclusion: '达到。', submittedBy: '鲤城主任' },
    ...{ returnedBy: '吴福燕', returnedAt: '2026-01-05T00:00:00Z', reason: '措施请写明时间' },
  };
  const now = { measures: '交流教师十人。九月新建校舍。', conclusion: '达到。' };
  const { container } = await render(<EarlierRounds rounds={[round]} now={now} />);
  expect(container.textContent).toContain('措施请写明时间');
  const all = (name: string) => [...container.querySelectorAll(name)].map((one) => one.textContent);
  expect([all('del'), all('ins')]).toEqual([['新建校舍。'], ['九月新建校舍。']]);
  expect(container.textContent).toContain('达到。（没有改动）');
});
