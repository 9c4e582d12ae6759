import { expect, it } from 'vitest';
import { accountsFile } from './accounts-file.ts';

it('a name that a spreadsheet would run as a formula is saved as a text', () => {
  const { body } = accountsFile([
    { personId: '1', name: '=HYPERLINK("http://x","张")', username: 'zhang', password: 'a,b' },
    { personId: '2', name: '李四', username: '+li', password: 'c' },
  ]);
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)).toBe(
    '\ufeff姓名,用户名,临时密码\r\n"\'=HYPERLINK(""http://x"",""张"")",zhang,"a,b"\r\n李四,\'+li,c\r\n',
  );
});
