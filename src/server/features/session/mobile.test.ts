import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as people from '#contract/people/people.ts';
import * as own from '#contract/session/own-data.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { atLock } from '#test/support/database/database.ts';
import { codeOf, nextCodeOf } from '#test/support/second-factor.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';

const start = new Date();
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: start });
});
afterAll(() => app.close());

let serial = 0;
let username = '';
let personId = '';
beforeEach(async () => {
  ({ serial, username, personId } = await addPerson(app, start));
});

const signIn = (password: string, { name = username } = {}) => signInAs(app, name, password);

describe('signing in by a mobile number', () => {
  const security = () => app.as('securityAdministrator');
  let number = '';
  beforeEach(() => {
    number = `138${String(serial).padStart(8, '0')}`;
  });
  const ask = async (mobile: string | null, as = username) => {
    const { cookie } = await signIn(good, { name: as });
    return app.withCookie(cookie).call(own.askMobile, { body: { mobile, password: good } });
  };

  it('takes a number that the person asked for and somebody else looked at, and none before', async () => {
    await ask(number);
    const { cookie } = await signIn(good);
    const again = { body: { mobile: number, password: good } };
    expect((await app.withCookie(cookie).refused(own.askMobile, again)).code).toBe('thing.nothingChanges');
    expect((await signIn(good, { name: number })).body.code).toBe('access.signInFailed');
    const params = { personId };
    const other = { params, body: { mobile: '13900000000' } };
    expect((await security().refused(people.setMobile, other)).code).toBe('access.mobileDiffers');
    expect((await security().call(people.list, { query: { mark: 'mobile-asked' } })).rows.map(({ id }) => id)).toEqual([
      personId,
    ]);
    await security().call(people.setMobile, { params, body: { mobile: number } });
    for (const typed of [number, ` +86 ${number.slice(0, 3)} ${number.slice(3)}`]) {
      expect((await signIn(good, { name: typed })).status).toBe(200);
    }
    const shown = await security().call(people.read, { params });
    expect(shown).toMatchObject({ mobile: `138****${number.slice(-4)}`, mobileAsked: null });
    const { rows } = await app.owner.query(
      `select coalesce(before::text, '') || after::text as said from audit_events
        where object_id = $1 and action like 'person.mobile%' order by id`,
      [personId],
    );
    expect(rows).toHaveLength(2);
    for (const { said } of rows) {
      expect(said).toContain(number.slice(-4));
      expect(said).not.toContain(number);
    }
  });

  it('counts its tries apart from those of the name, so that no answer says whose the number is', async () => {
    await app.owner.query('update people set mobile = $2 where id = $1', [personId, number]);
    const tries = async (...names: readonly (string | undefined)[]) => {
      const answers = [];
      for (const name of names) {
        const { body } = await signIn('Wrong-12345', name === undefined ? {} : { name });
        answers.push(body.details?.attemptsLeft ?? body.code);
      }
      return answers;
    };
    const unknown = '13700000000';
    // By the name between them, a number of ours and one of nobody are answered alike.
    expect(await tries(undefined, number, undefined, number, undefined)).toEqual([4, 4, 3, 3, 2]);
    expect(await tries(unknown, unknown)).toEqual([4, 3]);
    expect(await tries(number, number, number, number)).toEqual([2, 1, 'access.locked', 'access.locked']);
    expect(await tries(unknown, `+86 ${unknown}`, unknown, unknown)).toEqual([2, 1, 'access.locked', 'access.locked']);
    expect(await tries(undefined)).toEqual([1]);
    const params = { personId };
    expect((await app.as('systemAdministrator').call(people.read, { params })).locked).toBe(true);
    await app.as('systemAdministrator').call(people.unlock, { params });
    expect((await app.as('systemAdministrator').call(people.read, { params })).locked).toBe(false);
    expect((await signIn(good, { name: number })).status).toBe(200);
    // Whoever signs in ends both counts.
    expect(await tries(undefined, undefined)).toEqual([4, 3]);
    expect((await signIn(good, { name: number })).status).toBe(200);
    expect(await tries(undefined)).toEqual([4]);
  });

  it('ends its tries with the code of a second factor, too', async () => {
    await app.owner.query('update people set mobile = $2 where id = $1', [personId, number]);
    const send = async (method: 'POST' | 'PUT', url: string, cookie: string, payload: object) => {
      const answer = await app.http.inject({
        ...{ method, url: `/api/session/${url}`, remoteAddress: '10.0.0.1', headers: { cookie }, payload },
      });
      expect(answer.statusCode).toBe(200);
      return answer.json() as { secret: string };
    };
    const { cookie } = await signIn(good);
    const { secret } = await send('POST', 'second-factor/enrolment', cookie, { password: good });
    await send('PUT', 'second-factor/enrolment', cookie, { code: codeOf(secret) });
    const wrong = async () => (await signIn('Wrong-12345', { name: number })).body.details?.attemptsLeft;
    expect([await wrong(), await wrong()]).toEqual([4, 3]);
    const half = await signIn(good, { name: number });
    expect(half.body.state).toBe('second-factor');
    await send('POST', 'second-factor', half.cookie, { code: nextCodeOf(secret) });
    expect(await wrong()).toBe(4);
  });

  it('is one person’s; whoever merely asks for it does not learn that it is taken', async () => {
    await app.owner.query('update people set mobile = $2 where id = $1', [personId, number]);
    const second = await addPerson(app, start);
    await ask(number, second.username);
    const params = { personId: second.personId };
    const taken = await security().refused(people.setMobile, { params, body: { mobile: number } });
    expect(taken.code).toBe('thing.exists');
    expect(taken.sentence).not.toContain(number);
    expect((await signIn(good, { name: number })).cookie).toBeTruthy();
    await ask(null);
    expect((await signIn(good, { name: number })).body.code).toBe('access.signInFailed');
    await security().call(people.setMobile, { params, body: { mobile: number } });
    expect((await signIn(good, { name: number })).status).toBe(200);
  });

  it('is given to one of two accounts that get it at once, and the other is told that it is taken', async () => {
    const second = await addPerson(app, start);
    const params = { personId: second.personId };
    const name = `mobiles of ${number}`;
    await app.owner.query('begin');
    await app.owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    await app.owner.query('update people set mobile = $2 where id = $1', [personId, number]);
    const later = security().refused(people.setMobile, { params, body: { mobile: number } });
    try {
      await expect.poll(async () => (await app.owner.query(atLock)).rows.length).toBe(1);
    } finally {
      await app.owner.query('commit');
    }
    expect((await later).code).toBe('thing.exists');
  });

  it('asks for the password, and nobody looks at the own number', async () => {
    const { cookie } = await signIn(good);
    const wrong = { body: { mobile: number, password: 'Wrong-12345' } };
    expect((await app.withCookie(cookie).refused(own.askMobile, wrong)).code).toBe('access.passwordWrong');
    const params = { personId: security().personId };
    expect((await security().refused(people.setMobile, { params, body: { mobile: number } })).code).toBe(
      'access.notYourself',
    );
  });
});
