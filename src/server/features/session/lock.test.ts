import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { addPerson, good, signInAs } from '#test/support/sign-in.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date() });
});
afterAll(() => app.close());

const start = new Date();
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

let serial = 0;
let username = '';
let personId = '';
beforeEach(async () => {
  app.clock.now = start;
  ({ serial, username, personId } = await addPerson(app, start));
});

const signIn = (password: string, options: { name?: string; address?: string } = {}) =>
  signInAs(app, options.name ?? username, password, options);

describe('a stranger who keeps knocking', () => {
  const refusals = async (address: string) =>
    (
      await app.owner.query(
        `select object_id, after ->> 'reason' as reason from audit_events
          where action = 'session.refused' and address like $1 order by id`,
        [address],
      )
    ).rows;

  it('reports the lock once to the person and once to the audit', async () => {
    for (let time = 0; time < 9; time += 1) await signIn('Wrong-12345', { address: '192.0.2.1' });
    const password = { object_id: personId, reason: 'password' };
    expect(await refusals('192.0.2.1')).toEqual([
      ...Array(5).fill(password),
      { object_id: personId, reason: 'locked' },
    ]);
    app.clock.now = minutes(16);
    for (let time = 0; time < 7; time += 1) await signIn('Wrong-12345', { address: '192.0.2.1' });
    expect(await refusals('192.0.2.1')).toHaveLength(12);
  });

  it('leaves no name that nobody bears: it may be a password in the wrong field', async () => {
    await signIn('x', { name: 'My-Secret-2025', address: '192.0.2.2' });
    expect(await refusals('192.0.2.2')).toEqual([{ object_id: '?', reason: 'password' }]);
  });

  it('is counted before a password is looked at: of forty at once thirty are', async () => {
    const address = '192.0.2.3';
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, time) => signIn('x', { name: `crowd${serial}-${time}`, address })),
    );
    expect(answers.filter((answer) => answer.body.code === 'request.tooMany')).toHaveLength(10);
    expect((await refusals(address)).filter((row) => row.reason === 'locked')).toHaveLength(1);
  });

  it('has one count for his whole IPv6 net, and stands in the audit with the address he came from', async () => {
    const codes = [];
    for (let time = 1; time <= 6; time += 1) {
      codes.push((await signIn('Wrong-12345', { address: `2001:db8:0:7::${time}` })).body.code);
    }
    expect(codes).toEqual([...Array(4).fill('access.signInFailed'), 'access.locked', 'access.locked']);
    expect((await signIn(good, { address: '2001:db8:0:7:1:2:3:4' })).body.code).toBe('access.locked');
    expect((await signIn(good, { address: '2001:db8:0:8::1' })).status).toBe(200);
    expect(await refusals('2001:db8:0:7::3')).toHaveLength(1);
  });
});
