import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { health } from '#contract/kit/health.ts';
import type { TestApp } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';

let scene: FilingScene;
let app: TestApp;
beforeAll(async () => {
  scene = await openFilingScene();
  app = scene.app;
});
afterAll(() => app.close());

const manager = () => app.as('systemAdministrator').call(health);

it('reports to anybody that it is well, and nothing more', async () => {
  expect(await app.stranger.call(health)).toEqual({ status: 'ok' });
});

it('a database without room refuses a save in words, and is told until something is kept again', async () => {
  const clerk = app.as('clerk');
  const save = {
    params: { filingId: scene.ids.first },
    body: { changes: [{ field: '图书册数', value: 9, version: 0 }] },
  };
  await app.owner.query(
    `create function no_room() returns trigger language plpgsql as $$
       begin raise exception 'could not extend file' using errcode = '53100'; end $$`,
  );
  await app.owner.query('create trigger no_room before update on filings for each row execute function no_room()');
  const refused = await clerk.refused(filings.saveCells, save);
  expect(refused).toMatchObject({ status: 503, code: 'database.full' });
  expect(refused.sentence).toMatch(/存储空间已用尽.*留在本机.*通知系统管理员/);
  expect(await manager()).toEqual({ status: 'degraded', reasons: ['database.full'] });
  // Reading goes on, and others learn that something is wrong but not what.
  expect((await clerk.call(filings.read, { params: save.params })).id).toBe(scene.ids.first);
  expect(await app.stranger.call(health)).toEqual({ status: 'degraded' });
  expect(await clerk.call(health)).toEqual({ status: 'degraded' });

  await app.owner.query('drop trigger no_room on filings');
  await app.owner.query('drop function no_room()');
  await clerk.call(filings.saveCells, save);
  expect(await manager()).toEqual({ status: 'ok' });
});

it('requests that wait for their turn are told', async () => {
  const { desk } = app.services;
  const taken = await Promise.all(
    Array.from({ length: app.services.pool.options.max - 2 }, (_, at) => desk.lease({ who: String(at) })),
  );
  const asked = app.stranger.call(health);
  await expect.poll(() => desk.waiting).toBe(1);
  const passed = performance.now.bind(performance);
  const later = vi.spyOn(performance, 'now').mockImplementation(() => passed() + 1_200);
  for (const { held } of taken) held.release();
  expect(await asked).toEqual({ status: 'degraded' });
  later.mockRestore();
  expect(await manager()).toEqual({ status: 'ok' });
});
