import { expect, it } from 'vitest';
import { createAccount } from './accounts.ts';

it('no path makes an account under a name that nobody could find', async () => {
  const request = {
    ...{ username: 'lin-yi', createdBy: null, now: new Date(), first: { hash: null, chosen: false, shown: null } },
  };
  for (const name of ['林\u200b一', '林\0一', '林 一']) {
    await expect(createAccount({} as never, { ...request, name } as never)).rejects.toMatchObject({
      code: 'request.invalid',
      message: expect.stringContaining('姓名中'),
    });
  }
});
