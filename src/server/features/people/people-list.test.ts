import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';

let app: TestApp;
const busy: number[] = [];
vi.mock('./people.workbook.ts', async (original) => {
  const { readPeople } = await original<typeof import('./people.workbook.ts')>();
  return {
    readPeople: (...given: Parameters<typeof readPeople>) => {
      busy.push(app.services.pool.totalCount - app.services.pool.idleCount);
      return readPeople(...given);
    },
  };
});

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

it('an uploaded list is read without a connection of the pool, because it may wait for its turn', async () => {
  const bytes = new TextEncoder().encode('姓名,用户名\r\n赵一,zhao01\r\n');
  const { rows } = await app
    .as('systemAdministrator')
    .call(people.previewList, { file: { name: '名单.csv', bytes } as never });
  expect(rows).toMatchObject([{ name: '赵一' }]);
  expect(busy).toEqual([0]);
});
