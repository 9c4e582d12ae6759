import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { trackMarks } from '../desk/state-marks.ts';
import { ReturnedNote } from './ReturnedNote.tsx';

it('names the parts that the city wants changed beside its reason, under a mark of its own', async () => {
  const returned = { reason: '措施请写明时间', parts: ['measures' as const], by: '吴福燕', at: '2026-01-05T00:00:00Z' };
  const screen = await render(<ReturnedNote returned={returned} />);
  await expect.element(screen.getByText('吴福燕 退回：措施请写明时间')).toBeVisible();
  await expect.element(screen.getByText('需要修改：已采取的措施')).toBeVisible();
  expect(trackMarks.returned.word).toBe('已退回');
  expect(trackMarks['self-report-due'].word).toBe('填写中');
});
