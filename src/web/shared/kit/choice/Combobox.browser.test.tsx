import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Combobox } from './Combobox.tsx';
import type { Choice, ComboboxProps } from './choice.ts';

const units: Choice<number>[] = [
  { value: 4, label: '丰泽区', terms: 'fzq 350503' },
  { value: 5, label: '洛江区', terms: 'ljq 350504' },
  { value: 12, label: '晋江市', terms: 'jjs 350582', note: '县级市' },
];

function Stage({ start = null, ...props }: Partial<ComboboxProps<number>> & { start?: Choice<number> | null }) {
  const [value, setValue] = useState(start);
  return (
    <>
      <Combobox label="单位" value={value} onChange={setValue} {...(props.find ? {} : { options: units })} {...props} />
      <button type="button">后面的</button>
      <output>{value ? value.value : '没有'}</output>
    </>
  );
}

async function open(props: Parameters<typeof Stage>[0] = {}) {
  const screen = await render(<Stage {...props} />);
  const field = screen.getByRole('combobox', { name: '单位' });
  await field.click();
  return { screen, field, options: screen.getByRole('option'), chosen: screen.getByRole('status').last() };
}

afterEach(() => vi.useRealTimers());

describe('choosing one of many', () => {
  it('opens at once, narrows by name, code or initials, and Enter takes the first that fits', async () => {
    const { screen, field, options } = await open();
    await expect.poll(() => options.elements().length).toBe(3);
    await field.fill('lj');
    await expect.poll(() => options.elements().map((option) => option.textContent)).toEqual(['洛江区']);
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveValue('洛江区');
    await expect.element(screen.getByText('5', { exact: true })).toBeVisible();
    expect(options.elements()).toEqual([]);
  });

  it('is walked with the arrows while the focus stays in the field', async () => {
    const { screen, field, options } = await open();
    await expect.poll(() => options.elements().length).toBe(3);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    const active = field.element().getAttribute('aria-activedescendant');
    expect(document.getElementById(active ?? '')?.textContent).toContain('晋江市');
    expect(document.activeElement).toBe(field.element());
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('12', { exact: true })).toBeVisible();
  });

  it('says outside the list that nothing was found', async () => {
    const { screen, field } = await open();
    await field.fill('厦门');
    const said = screen.getByText('没有找到');
    await expect.element(said).toBeVisible();
    expect(said.element().closest('[role="listbox"]')).toBeNull();
    expect(said.element().closest('[role="status"]')).not.toBeNull();
  });

  it('drops the choice when the field is emptied, and text that was only typed on Esc or when the field is left', async () => {
    const { screen, field, options } = await open({ start: units[0]! });
    await field.fill('晋');
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByText('4', { exact: true })).toBeVisible();
    await field.fill('洛');
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('后面的');
    await expect.element(field).toHaveValue('丰泽区');
    await field.click();
    await expect.poll(() => options.elements().length).toBe(3);
    await field.fill('');
    await expect.element(screen.getByText('没有', { exact: true })).toBeVisible();
  });

  it('asks the server once typing pauses, drops late answers, and says when there was none', async () => {
    const asked: string[] = [];
    const find = vi.fn(async (text: string, signal: AbortSignal) => {
      asked.push(text);
      if (text === '断') throw new Error('offline');
      if (text === '慢') await new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
      return units.filter((unit) => unit.label.includes(text));
    });
    const { screen, field, options } = await open({ find });
    await field.fill('慢');
    await expect.poll(() => asked).toContain('慢');
    await field.fill('晋');
    await expect.poll(() => options.elements().map((option) => option.textContent)).toEqual(['晋江市县级市']);
    await field.fill('断');
    await expect.element(screen.getByText('没有读到，请稍后再试')).toBeVisible();
    expect(asked).not.toContain('');
  });

  it('opens upwards where there is no room below, and inside the dialog that covers the page', async () => {
    const screen = await render(
      <dialog ref={(dialog) => dialog?.showModal()} style={{ insetBlockStart: 'auto', marginBlockEnd: '2rem' }}>
        <Stage />
      </dialog>,
    );
    const field = screen.getByRole('combobox', { name: '单位' });
    await field.click();
    const option = screen.getByRole('option', { name: '晋江市' });
    await expect.element(option).toBeVisible();
    const [above, below] = [option.element().getBoundingClientRect(), field.element().getBoundingClientRect()];
    expect(above.bottom).toBeLessThanOrEqual(below.top);
    await option.click();
    await expect.element(screen.getByText('12', { exact: true })).toBeVisible();
  });
});
