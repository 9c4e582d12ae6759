import { useState } from 'react';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ConditionParts } from './ConditionParts.tsx';

function Stage({ first }: { first: string }) {
  const [when, setWhen] = useState(first);
  return (
    <>
      <ConditionParts when={when} name="第 1 个条件" onChange={setWhen} />
      <output>{when}</output>
    </>
  );
}

it('is built from names; a part that is not filled says what it lacks and never drops out of the condition', async () => {
  const screen = await render(<Stage first="" />);
  const text = () => screen.container.querySelector('output')!.textContent;
  await screen.getByRole('button', { name: '＋ 办学类型' }).click();
  await expect.element(screen.getByText('请至少选一个办学类型；不需要这一项时点“去掉”')).toBeVisible();
  await screen.getByRole('button', { name: '＋ 填报的数据项' }).click();
  await screen.getByRole('textbox', { name: '第 1 个条件：数', exact: true }).fill('50');
  expect(text()).toBe('办学类型 属于 () 且 在校生数 < 50');

  await screen.getByRole('combobox', { name: '第 1 个条件：办学类型', exact: true }).fill('教学点');
  await screen.getByRole('option', { name: /小学教学点/ }).click();
  await expect.poll(text).toBe('办学类型 = "218" 且 在校生数 < 50');
  expect(screen.getByText(/请至少选一个/).elements()).toEqual([]);
  await screen.getByRole('combobox', { name: '第 1 个条件：办学类型是或不是' }).selectOptions('不是');
  await screen.getByRole('combobox', { name: '第 1 个条件：比较' }).selectOptions('不少于');
  await expect.poll(text).toBe('办学类型 ≠ "218" 且 在校生数 ≥ 50');

  const number = screen.getByRole('textbox', { name: '第 1 个条件：数', exact: true });
  await number.fill('五十');
  await expect.element(number).toHaveAccessibleDescription('请填在校生数与多少比较，例如 50');
  await screen.getByRole('button', { name: '去掉第 1 个条件的第 2 项' }).click();
  await expect.poll(text).toBe('办学类型 ≠ "218"');
});

it('shows the condition that stands, types by their names', async () => {
  const screen = await render(<Stage first={'非 (办学类型 属于 ("211", "312"))'} />);
  await expect.element(screen.getByText('九年一贯制学校')).toBeVisible();
  await expect.element(screen.getByRole('combobox', { name: '第 1 个条件：办学类型是或不是' })).toHaveValue('not');
});

it('keeps what is typed in a part, and the focus, when another part comes or goes', async () => {
  const screen = await render(<Stage first={'办学类型 = "211" 且 在校生数 < 50'} />);
  const number = screen.getByRole('textbox', { name: '第 1 个条件：数', exact: true });
  await number.fill('五十');
  const typed = number.element();
  await screen.getByRole('button', { name: '＋ 举办者' }).click();
  await expect.element(number).toHaveValue('五十');
  await screen.getByRole('button', { name: '去掉第 1 个条件的第 1 项' }).click();
  await expect.element(number).toHaveValue('五十');
  expect(number.element()).toBe(typed);
});

it('finds a type by its code and shows the name alone', async () => {
  const screen = await render(<Stage first={'办学类型 = "211"'} />);
  await screen.getByRole('combobox', { name: '第 1 个条件：办学类型', exact: true }).fill('218');
  const option = screen.getByRole('option', { name: '小学教学点', exact: true });
  await expect.element(option).toBeVisible();
  expect(option.element().textContent).not.toContain('218');
});
