import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Menu } from './Menu.tsx';

function stage(style: React.CSSProperties = {}) {
  const act = vi.fn();
  const items = [
    { key: 'edit', label: '修改', onSelect: () => act('edit') },
    { key: 'held', label: '不能办的', disabled: true, onSelect: () => act('held') },
    { key: 'now', label: 'Beta', current: true, onSelect: () => act('now') },
    { key: 'last', label: 'Bravo', note: '说明', onSelect: () => act('last') },
  ];
  const element = (
    <div style={style}>
      <Menu label="更多操作" items={items}>
        <p>张三</p>
      </Menu>
    </div>
  );
  return { act, element };
}

const focused = () => document.activeElement?.textContent;

describe('a menu', () => {
  it('opens by keyboard at the item that holds, is walked and searched by letters, acts, and gives the focus back', async () => {
    const { act, element } = stage();
    const screen = await render(element);
    const opener = screen.getByRole('button', { name: '更多操作' });
    (opener.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(screen.getByRole('menu')).toBeVisible();
    await expect.poll(focused).toBe('Beta');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('Bravo说明');
    await userEvent.keyboard('{Home}');
    await expect.poll(focused).toBe('修改');
    await userEvent.keyboard('br');
    await expect.poll(focused).toBe('Bravo说明');
    await userEvent.keyboard('{Enter}');
    expect(act.mock.calls).toEqual([['last']]);
    await expect.poll(focused).toBe('更多操作');
    await expect.element(opener).toHaveAttribute('aria-expanded', 'false');
  });

  it('is left with Tab, and the focus stays at its button', async () => {
    const { element } = stage();
    const screen = await render(element);
    const opener = screen.getByRole('button', { name: '更多操作' });
    await opener.click();
    await expect.poll(focused).toBe('Beta');
    await userEvent.keyboard('{Tab}');
    await expect.poll(() => screen.getByRole('menu').elements().length).toBe(0);
    await expect.poll(focused).toBe('更多操作');
  });

  it('closes with Esc, with a press elsewhere and with a second press on its button', async () => {
    const { act, element } = stage();
    const screen = await render(element);
    const opener = screen.getByRole('button', { name: '更多操作' });
    const menu = screen.getByRole('menu');
    await opener.click();
    await expect.element(menu).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => menu.elements().length).toBe(0);
    await expect.poll(focused).toBe('更多操作');
    await opener.click();
    await expect.element(menu).toBeVisible();
    await opener.click();
    await expect.poll(() => menu.elements().length).toBe(0);
    await opener.click();
    await expect.element(menu).toBeVisible();
    await userEvent.click(document.body, { position: { x: 5, y: 400 } });
    await expect.poll(() => menu.elements().length).toBe(0);
    expect(act).not.toHaveBeenCalled();
  });

  it('does nothing where an item cannot be had', async () => {
    const { act, element } = stage();
    const screen = await render(element);
    await screen.getByRole('button', { name: '更多操作' }).click();
    await screen.getByRole('menuitem', { name: '不能办的' }).click({ force: true });
    expect(act).not.toHaveBeenCalled();
  });

  it('opens upwards where there is no room below', async () => {
    const { element } = stage({ position: 'fixed', insetBlockEnd: 8 });
    const screen = await render(element);
    const opener = screen.getByRole('button', { name: '更多操作' });
    await opener.click();
    await expect.element(screen.getByRole('menu')).toBeVisible();
    const bottom = screen.getByRole('menu').element().getBoundingClientRect().bottom;
    expect(bottom).toBeLessThanOrEqual(opener.element().getBoundingClientRect().top);
  });
});
