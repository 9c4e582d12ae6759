import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Form } from '../../form/Form.tsx';
import { Button } from '../action/Button.tsx';
import { Dialog } from './Dialog.tsx';

interface Kind {
  actions?: boolean;
  firm?: boolean;
  once?: boolean;
}

function Renaming({ actions, close, ...kind }: Kind & { close: () => void }) {
  const [saved, setSaved] = useState(0);
  const buttons = actions ? { actions: <Button>知道了</Button> } : {};
  return (
    <Dialog open title="更名" onClose={close} saved={saved} {...kind} {...buttons}>
      <Form
        verb="更名"
        onSubmit={(event) => {
          event.preventDefault();
          setSaved(saved + 1);
        }}
      >
        <input aria-label="新名称" />
      </Form>
    </Dialog>
  );
}

async function stage(kind: Kind = {}) {
  const close = vi.fn();
  const screen = await render(<Renaming close={close} {...kind} />);
  const button = (name: string) => screen.getByRole('button', { name, exact: true });
  // A click beside the sheet has the dialog element itself as its target.
  const beside = () =>
    screen
      .getByRole('dialog')
      .element()
      .dispatchEvent(new MouseEvent('click', { bubbles: true }));
  return { close, screen, button, beside };
}

it('closes by ×, by 取消, by Esc and by a click beside it while nothing is typed', async () => {
  const { close, button, beside } = await stage();
  await button('关闭').click();
  await button('取消').click();
  beside();
  await userEvent.keyboard('{Escape}');
  expect(close).toHaveBeenCalledTimes(4);
});

it('asks before it gives up what was typed', async () => {
  const { close, screen, button, beside } = await stage();
  await screen.getByLabelText('新名称').fill('第二小学');
  beside();
  await expect.element(screen.getByRole('alertdialog')).toBeVisible();
  await button('继续填写').click();
  await expect.element(screen.getByLabelText('新名称')).toHaveValue('第二小学');
  await button('关闭').click();
  expect(close).not.toHaveBeenCalled();
  await button('放弃并关闭').click();
  expect(close).toHaveBeenCalledTimes(1);
});

it('asks no more for what was saved, and asks again for what is typed after that', async () => {
  const { close, screen, button } = await stage();
  await screen.getByLabelText('新名称').fill('第二小学');
  await button('更名').click();
  await button('关闭').click();
  expect(close).toHaveBeenCalledTimes(1);
  await screen.getByLabelText('新名称').fill('第三小学');
  await button('关闭').click();
  await expect.element(screen.getByRole('alertdialog')).toBeVisible();
});

it('gives a firm form × and 取消, and what is shown once neither', async () => {
  const firm = await stage({ firm: true });
  firm.beside();
  expect(firm.close).not.toHaveBeenCalled();
  await firm.button('取消').click();
  expect(firm.close).toHaveBeenCalledTimes(1);
  await firm.screen.unmount();

  const once = await stage({ once: true, actions: true });
  once.beside();
  await userEvent.keyboard('{Escape}');
  expect(once.close).not.toHaveBeenCalled();
  for (const name of ['关闭', '取消']) expect(once.button(name).elements()).toEqual([]);
});

/** A page that draws the dialog only while it is open. */
function Opening() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        查看
      </button>
      {open && <Dialog open title="图片" onClose={() => setOpen(false)} />}
    </>
  );
}

it('gives the focus back to where it was, also where the page draws it no more', async () => {
  const screen = await render(<Opening />);
  const opener = screen.getByRole('button', { name: '查看', exact: true });
  for (const close of [
    () => userEvent.keyboard('{Escape}'),
    () => screen.getByRole('button', { name: '关闭' }).click(),
  ]) {
    await opener.click();
    await expect.element(screen.getByRole('dialog')).toBeVisible();
    await close();
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(opener).toHaveFocus();
  }
});
