import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as session from '#contract/session/session.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';

let app: TestApp;
const forget = vi.fn();
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
  vi.spyOn(app.services, 'forgetSessions').mockImplementation(forget);
});
afterAll(() => app.close());
beforeEach(() => forget.mockClear());

it('no stranger who is refused makes the server forget the sessions of others', async () => {
  const { username } = await addPerson(app, new Date());
  for (let time = 0; time < 6; time += 1) expect((await signInAs(app, username, 'falsch')).status).not.toBe(200);
  const token = 'a-link-that-nobody-made-0123456789012345678';
  const body = { token, password: good };
  expect((await app.stranger.refused(session.useLink, { body })).code).toBe('access.linkOver');
  expect(forget).not.toHaveBeenCalled();
});

it('a sign-in makes it forget, and so does a wrong password of somebody signed in', async () => {
  const { username } = await addPerson(app, new Date());
  const { cookie } = await signInAs(app, username, good);
  expect(forget).toHaveBeenCalledTimes(1);
  const payload = { current: 'falsch', next: 'Neues-Wort-1' };
  await app.http.inject({ method: 'PUT', url: '/api/session/password', headers: { cookie }, payload });
  expect(forget).toHaveBeenCalledTimes(2);
});
