import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Picking } from './picking.ts';
import { ReturnSheet } from './ReturnSheet.tsx';
import { ReviewDecision } from './ReviewDecision.tsx';

const parts = ['图书册数', '计算机台数'];

/** A subject of two parts under review. */
function stage({
  may = true,
  off = false,
  hands = false,
  keepAs,
}: {
  may?: boolean;
  off?: boolean;
  hands?: boolean;
  keepAs?: string;
} = {}) {
  const decide = vi.fn();
  const handOver = vi.fn();
  const back = vi.fn();
  const boxes = (picking: Picking | undefined) =>
    parts.map((part) => (
      <p key={part}>
        {part}
        {picking && (
          <input
            type="checkbox"
            aria-label={`退回 ${part}`}
            checked={picking.has(part)}
            onChange={() => picking.toggle(part)}
          />
        )}
      </p>
    ));
  const element = (
    <ReviewDecision
      decide={may ? { verb: '批准', busy: false, off, act: decide } : undefined}
      handOver={hands ? { verb: '核过', label: '给批准人的话', busy: false, act: handOver } : undefined}
      returnVerb={may ? '退回修改' : undefined}
      note={<p>由主任批准</p>}
      {...(keepAs === undefined ? {} : { keepAs })}
      returning={(sheet) => (
        <ReturnSheet
          {...sheet}
          reasons={['请核对', '请补正']}
          again={false}
          parts={parts}
          partWord="数据项"
          wholeVerb="整份退回"
          busy={false}
          onReturn={back}
        />
      )}
    >
      {boxes}
    </ReviewDecision>
  );
  return { decide, handOver, back, element };
}

afterEach(() => sessionStorage.clear());

describe('deciding about one subject', () => {
  it('keeps what has the focus above its acts', async () => {
    const screen = await render(stage().element);
    await expect.poll(() => document.documentElement.style.scrollPaddingBottom).not.toBe('');
    await screen.unmount();
    expect(document.documentElement.style.scrollPaddingBottom).toBe('');
  });

  it('names the ticked parts in the order of the subject, not in that of the ticks', async () => {
    const { back, element } = stage();
    const screen = await render(element);
    await userEvent.keyboard('r');
    await screen.getByRole('checkbox', { name: '退回 计算机台数' }).click();
    await screen.getByRole('checkbox', { name: '退回 图书册数' }).click();
    const chips = screen.getByRole('button', { name: /^不退回/ });
    expect(chips.elements().map((chip) => chip.textContent)).toEqual(['图书册数 ×', '计算机台数 ×']);
    await screen.getByRole('checkbox', { name: '请核对' }).click();
    await screen.getByRole('button', { name: '退回 2 项' }).click();
    expect(back).toHaveBeenCalledWith('请核对', ['图书册数', '计算机台数']);
  });

  it('decides with A and not while it is being returned', async () => {
    const { decide, element } = stage();
    const screen = await render(element);
    await expect.element(screen.getByRole('button', { name: '批准' })).toBeEnabled();
    await userEvent.keyboard('a');
    expect(decide).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('r');
    const cancel = screen.getByRole('button', { name: '取消' });
    await expect.element(cancel).toBeVisible();
    (cancel.element() as HTMLElement).focus();
    await userEvent.keyboard('a');
    expect(decide).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('button', { name: '批准' })).toBeVisible();
  });

  it('does not take the second click of a double click, which was meant for the subject before', async () => {
    const { decide, element } = stage();
    const screen = await render(element);
    const approve = screen.getByRole('button', { name: '批准' });
    (approve.element() as HTMLElement).click();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', repeat: true }));
    expect(decide).not.toHaveBeenCalled();
    await approve.click();
    expect(decide).toHaveBeenCalledTimes(1);
  });

  it('hands over with H and the line that was written for whoever decides, and not while it is being returned', async () => {
    const { handOver, element } = stage({ hands: true });
    const screen = await render(element);
    await userEvent.keyboard('h');
    expect(handOver).toHaveBeenLastCalledWith(null);
    await screen.getByRole('textbox', { name: '给批准人的话' }).fill(' 已核对 h ');
    expect(handOver).toHaveBeenCalledTimes(1);
    await screen.getByRole('button', { name: '核过' }).click();
    expect(handOver).toHaveBeenLastCalledWith('已核对 h');
    await userEvent.keyboard('r');
    await expect.element(screen.getByRole('button', { name: '取消' })).toBeVisible();
    (screen.getByRole('button', { name: '取消' }).element() as HTMLElement).focus();
    await userEvent.keyboard('h');
    expect(handOver).toHaveBeenCalledTimes(2);
  });

  it('returns the ticked parts with the ticked reason and the words beside it', async () => {
    const { back, element } = stage();
    const screen = await render(element);
    await userEvent.keyboard('r');
    // The first reason has the focus: Space ticks it.
    await userEvent.keyboard(' ');
    await screen.getByRole('textbox', { name: '补充说明' }).fill(' 与账册不符 ');
    await screen.getByRole('checkbox', { name: '退回 图书册数' }).click();
    await screen.getByRole('checkbox', { name: '退回 计算机台数' }).click();
    await screen.getByRole('button', { name: '不退回 图书册数' }).click();
    // The focus has left every field, so that the page hears the key: it does not begin the return anew.
    await userEvent.keyboard('r');
    await screen.getByRole('button', { name: '退回 1 项' }).click();
    expect(back).toHaveBeenCalledExactlyOnceWith('请核对；与账册不符', ['计算机台数']);
  });

  it('keeps an unsent return over a change of the post, for the same person and subject, until it is given up', async () => {
    const screen = await render(stage({ keepAs: 'person.one' }).element);
    await userEvent.keyboard('r ');
    await screen.getByRole('textbox', { name: '补充说明' }).fill('与账册不符');
    await screen.getByRole('checkbox', { name: '退回 图书册数' }).click();
    await screen.unmount();

    const other = await render(stage({ keepAs: 'person.two' }).element);
    expect(other.getByRole('textbox').elements()).toEqual([]);
    await other.unmount();
    const without = await render(stage({ keepAs: 'person.one', may: false }).element);
    expect(without.getByRole('textbox').elements()).toEqual([]);
    await without.unmount();

    const again = await render(stage({ keepAs: 'person.one' }).element);
    await expect.element(again.getByRole('textbox', { name: '补充说明' })).toHaveValue('与账册不符');
    await expect.element(again.getByRole('checkbox', { name: '请核对' })).toBeChecked();
    await expect.element(again.getByRole('button', { name: '退回 1 项' })).toBeEnabled();
    await again.getByRole('button', { name: '取消' }).click();
    await again.unmount();
    const last = await render(stage({ keepAs: 'person.one' }).element);
    expect(last.getByRole('textbox').elements()).toEqual([]);
  });

  it('requires a reason before anything is returned', async () => {
    const { back, element } = stage();
    const screen = await render(element);
    await userEvent.keyboard('r');
    await expect.element(screen.getByRole('button', { name: '整份退回' })).toBeDisabled();
    await screen.getByRole('checkbox', { name: '请补正' }).click();
    await screen.getByRole('button', { name: '整份退回' }).click();
    expect(back).toHaveBeenCalledExactlyOnceWith('请补正', []);
  });

  it('offers nothing to a person who may neither decide nor return', async () => {
    const { decide, element } = stage({ may: false });
    const screen = await render(element);
    await userEvent.keyboard('ar');
    expect(decide).not.toHaveBeenCalled();
    expect(screen.getByRole('button').elements()).toEqual([]);
    await expect.element(screen.getByText('由主任批准')).toBeVisible();
  });

  it('shows the act that this person may not take, and takes it neither by click nor by A', async () => {
    const { decide, element } = stage({ off: true });
    const screen = await render(element);
    await expect.element(screen.getByRole('button', { name: '批准' })).toBeDisabled();
    await userEvent.keyboard('a');
    expect(decide).not.toHaveBeenCalled();
  });
});

describe('a return in a small window', () => {
  afterEach(() => page.viewport(1366, 768));

  it.each([
    [720, 450],
    [390, 844],
  ])('leaves half of it to the parts, and the page where it is: %i × %i', async (width, height) => {
    await page.viewport(width, height);
    const screen = await render(<div style={{ paddingBottom: 900 }}>{stage().element}</div>);
    await userEvent.keyboard('r');
    const sheet = screen.getByRole('form', { name: '退回修改' });
    await expect.element(screen.getByRole('checkbox', { name: '请核对' })).toHaveFocus();
    expect(sheet.element().getBoundingClientRect().height).toBeLessThanOrEqual(height / 2);
    expect(scrollY).toBe(0);
    await expect.element(screen.getByRole('checkbox', { name: '退回 图书册数' })).toBeInViewport();
    await expect.element(screen.getByRole('button', { name: '整份退回' })).toBeInViewport();
  });
});
