import { afterAll, beforeAll, expect, it } from 'vitest';
import * as schoolImports from '#contract/directory/import.ts';
import * as peopleImports from '#contract/people/import.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const table = (name: string, lines: readonly string[]) => {
  const bytes = new TextEncoder().encode(lines.join('\r\n'));
  return { name, bytes, size: bytes.length };
};
const named = (importId: string) => ({ params: { importId } });

it('a person keeps five tables of a kind that nobody took; a further one drops the oldest', async () => {
  const [system, city] = [app.as('systemAdministrator'), app.as('cityOfficer')];
  const people = async (number: number) => {
    const file = table('名单.csv', ['姓名,用户名,电话,角色', `林一,lin.${number},13800000000,市局科室干部`]);
    return (await system.call(peopleImports.previewImport, { file })).importId;
  };
  const schools = {
    file: table('学校.csv', [
      '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份',
      '2135888001,新登记小学,鲤城区,211,7,公办,乡村,1962',
    ]),
    fields: { day: '2025-09-01' },
  };
  const other = (await city.call(schoolImports.previewImport, schools)).importId;
  const taken = await people(0);
  await system.call(peopleImports.confirmImport, named(taken));
  const waiting: string[] = [];
  for (let number = 1; number <= 7; number += 1) waiting.push(await people(number));
  const { rows } = await app.owner.query<{ id: string }>('select id from imports order by id');
  expect(rows.map(({ id }) => id)).toEqual([other, taken, ...waiting.slice(2)]);
  expect((await system.refused(peopleImports.confirmImport, named(waiting[1]!))).code).toBe('thing.notFound');
  await system.call(peopleImports.confirmImport, named(waiting[2]!));
});

it('a table that would be kept in more than 12 MB is refused and not kept', async () => {
  const count = async () => (await app.owner.query('select 1 from imports')).rows.length;
  const before = await count();
  // A backslash takes two bytes in JSON, and a name is kept in the table, in the list of people and in the preview.
  const lines = Array.from({ length: 900 }, (_, index) => `${'\\'.repeat(2300)},lin.${index},,`);
  const file = table('名单.csv', ['姓名,用户名,电话,角色', ...lines]);
  const refusal = await app.as('systemAdministrator').refused(peopleImports.previewImport, { file });
  expect([refusal.code, refusal.sentence]).toEqual(['import.tooLarge', expect.stringContaining('12 MB')]);
  expect(await count()).toBe(before);
});
