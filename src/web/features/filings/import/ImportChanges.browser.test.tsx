import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ImportChanges } from './ImportChanges.tsx';

const cell = (row: number) => ({
  ...{ schoolName: '甲校', field: '图书册数', place: `设备!C${row}`, before: null, after: row },
});

it('says how many cells change, and how many of them are listed only where some are not', async () => {
  const sample = [cell(5), cell(6)];
  const whole = await render(<ImportChanges changes={{ cells: 2, schools: 1, sample }} />);
  await expect.element(whole.getByText('将改动的 2 格', { exact: true })).toBeVisible();
  const part = await render(<ImportChanges changes={{ cells: 1200, schools: 1, sample }} />);
  await expect.element(part.getByText('将改动 1,200 格，这里列出前 2 格', { exact: true })).toBeVisible();
});
