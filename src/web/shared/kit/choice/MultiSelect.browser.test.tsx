import { useState } from 'react';
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Choice } from './choice.ts';
import { MultiSelect } from './MultiSelect.tsx';

const schools: Choice<number>[] = ['甲校', '乙校', '丙校'].map((label, value) => ({
  value,
  label,
  note: `213${value}`,
}));
/** New objects each time, as a server sends them. */
const find = async (text: string) => schools.filter(({ label }) => label.includes(text)).map((one) => ({ ...one }));

function Stage() {
  const [value, setValue] = useState<ReadonlyArray<Choice<number>>>([]);
  return (
    <>
      <MultiSelect label="学校" value={value} onChange={setValue} find={find} />
      <output>{value.map((one) => one.value).join(' ')}</output>
    </>
  );
}

it('gathers what is chosen, once each, and gives it back by its button or with Backspace', async () => {
  const screen = await render(<Stage />);
  const field = screen.getByRole('combobox', { name: '学校' });
  await field.click();
  await screen.getByRole('option', { name: '乙校' }).click();
  await expect.element(screen.getByText('1', { exact: true })).toBeVisible();
  await field.fill('丙');
  await expect.element(screen.getByRole('option', { name: '丙校' })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('1 2', { exact: true })).toBeVisible();
  await expect.element(field).toHaveValue('');

  // The list marks the chosen values; choosing one again removes it.
  await field.click();
  const again = screen.getByRole('option', { name: '乙校' });
  await expect.element(again).toHaveAttribute('aria-selected', 'true');
  await again.click();
  await expect.element(screen.getByText('2', { exact: true })).toBeVisible();
  await screen.getByRole('option', { name: '甲校' }).click();
  await expect.element(screen.getByText('2 0', { exact: true })).toBeVisible();
  await userEvent.keyboard('{Backspace}');
  await expect.element(screen.getByText('2', { exact: true })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await screen.getByRole('button', { name: '移除 丙校' }).click();
  await expect.poll(() => screen.getByRole('button', { name: /移除/ }).elements().length).toBe(0);
});
