import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { Entrance } from './Entrance.tsx';

it('speaks of a forgotten password only to a person who is not signed in yet', async () => {
  const outside = await render(<Entrance title="登录">表</Entrance>);
  await expect.element(outside.getByText(/忘记密码/)).toBeVisible();
  await outside.unmount();
  const inside = await render(
    <Entrance title="选择岗位" inside>
      表
    </Entrance>,
  );
  await expect.element(inside.getByRole('heading', { name: '选择岗位' })).toBeVisible();
  expect(inside.getByText(/忘记密码/).elements()).toEqual([]);
});
