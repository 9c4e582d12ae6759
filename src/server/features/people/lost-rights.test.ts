import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as people from '#contract/people/people.ts';
import * as posts from '#contract/session/posts.ts';
import * as session from '#contract/session/session.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { openSession } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';

/** Nobody acts in the post of another on a right that is gone: see `core/access/grant/losing-right.act.ts`. */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const security = () => app.as('securityAdministrator');
const system = () => app.as('systemAdministrator');

/** Somebody new with posts as county officer of these units. */
async function officer(...unitIds: number[]) {
  const personId = randomUUID();
  await app.owner.query(
    `insert into people (id, name, username, email, password_changed_at) values ($1::uuid, $2, $2, $1::uuid || '@x.invalid', $3)`,
    [personId, `o${personId.slice(0, 8)}`, app.clock.now],
  );
  const grants: string[] = [];
  for (const unitId of unitIds) {
    const grantId = randomUUID();
    grants.push(grantId);
    await app.owner.query(
      `insert into grants (id, person_id, role_key, unit_id) values ($1, $2, 'county-officer', $3)`,
      [...[grantId, personId, unitId]],
    );
  }
  const signedIn = async () => app.withCookie(await openSession(app.owner, personId, app.clock.now));
  return { personId, grants, signedIn };
}
type Officer = Awaited<ReturnType<typeof officer>>;

/** Gives the first post of `holder` to `colleague`, as the 安全管理员. */
async function lend(holder: Officer, colleague: Officer, until = '2025-10-20') {
  const grantId = holder.grants[0]!;
  const { id: standInId } = await security().call(posts.giveStandIn, {
    params: { grantId },
    body: { personId: colleague.personId, until },
  });
  return { grantId, standInId };
}
const revoke = ({ personId, grants }: Officer, index = 0) =>
  security().call(people.revokeRole, { params: { personId }, query: { grantId: grants[index]! } });
const setStatus = ({ personId }: Officer, status: 'active' | 'disabled') =>
  system().call(people.setStatus, { params: { personId }, body: { status } });

/** The role in which the colleague works when the lent post is named, or the code of the refusal. */
async function acts(colleague: Officer, post: { grantId: string; standInId: string }): Promise<string> {
  const person = (await colleague.signedIn()).inPost(post);
  return person.call(session.read).then(
    (state) => state.role.key,
    async () => (await person.refused(session.read)).code,
  );
}

async function endedRows(standInId: string) {
  const { rows } = await app.owner.query(
    `select e.object_id, e.actor_id, i.ended_by, i.ended_at is not null as ended
       from stand_ins i left join audit_events e on e.action = 'post.standInEnded' and e.before ->> 'standIn' = i.id::text
      where i.id = $1`,
    [standInId],
  );
  return rows as { object_id: string | null; actor_id: string | null; ended_by: string | null; ended: boolean }[];
}
const endedBy = (actor: { readonly personId: string }, grantId: string) => [
  { object_id: grantId, actor_id: actor.personId, ended_by: actor.personId, ended: true },
];

describe('standing in ends, in the same act and in the audit, when', () => {
  it('the last post of the colleague is taken away', async () => {
    const [holder, colleague] = [await officer(units.licheng.id), await officer(units.licheng.id)];
    const lent = await lend(holder, colleague);
    expect(await acts(colleague, lent)).toBe('county-officer');
    await revoke(colleague);
    expect(await acts(colleague, lent)).toBe('access.postChanged');
    expect(await endedRows(lent.standInId)).toEqual(endedBy(security(), lent.grantId));
  });

  it('the post is taken away from its holder', async () => {
    const [holder, colleague] = [await officer(units.licheng.id), await officer(units.licheng.id)];
    const lent = await lend(holder, colleague);
    await revoke(holder);
    expect(await acts(colleague, lent)).toBe('access.postChanged');
    expect(await endedRows(lent.standInId)).toEqual(endedBy(security(), lent.grantId));
  });

  it('the post that made the two colleagues is taken away, though another one elsewhere is left', async () => {
    const [holder, colleague] = [await officer(units.licheng.id), await officer(units.licheng.id, units.fengze.id)];
    const [kept, lent] = [await officer(units.fengze.id), await lend(holder, colleague)];
    const elsewhere = await lend(kept, colleague);
    await revoke(colleague);
    expect(await acts(colleague, lent)).toBe('access.postChanged');
    expect(await acts(colleague, elsewhere)).toBe('county-officer');
    expect(await endedRows(elsewhere.standInId)).toMatchObject([{ object_id: null, ended: false }]);
  });

  it.each(['holder', 'colleague'] as const)('the account of the %s is disabled, and stays ended', async (who) => {
    const pair = { holder: await officer(units.licheng.id), colleague: await officer(units.licheng.id) };
    const lent = await lend(pair.holder, pair.colleague);
    await setStatus(pair[who], 'disabled');
    await setStatus(pair[who], 'active');
    expect(await acts(pair.colleague, lent)).toBe('access.postChanged');
    expect(await endedRows(lent.standInId)).toEqual(endedBy(system(), lent.grantId));
  });

  it('both lose their posts one after the other: it is told once, by the first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const pair = [await officer(units.licheng.id), await officer(units.licheng.id)];
      const lent = await lend(pair[0]!, pair[1]!);
      for (const index of order) await revoke(pair[index]!);
      expect(await endedRows(lent.standInId)).toEqual(endedBy(security(), lent.grantId));
    }
  });
});

describe('standing in that is over by its day', () => {
  it('is not told to have ended with the post', async () => {
    const [holder, colleague] = [await officer(units.licheng.id), await officer(units.licheng.id)];
    const lent = await lend(holder, colleague);
    await app.owner.query(`update stand_ins set until = '2025-10-01' where id = $1`, [lent.standInId]);
    await revoke(colleague);
    expect(await endedRows(lent.standInId)).toMatchObject([{ object_id: null }]);
  });
});

describe('two at once', () => {
  it('take the posts of two who stand in for each other: neither act waits for ever, each end is told once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await officer(units.licheng.id), await officer(units.licheng.id)];
      const lent = [await lend(one, other), await lend(other, one)];
      const answers = await Promise.allSettled([revoke(one), revoke(other)]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      for (const { standInId, grantId } of lent) {
        expect(await endedRows(standInId)).toEqual(endedBy(security(), grantId));
      }
    }
  });

  it('give a post to a colleague and take hers away: no arrangement is left', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [holder, colleague] = [await officer(units.licheng.id), await officer(units.licheng.id)];
      const acts = [() => lend(holder, colleague), () => revoke(colleague)];
      const [, taken] = await Promise.allSettled(acts.map((act) => act()));
      expect(taken!.status).toBe('fulfilled');
      const { rows } = await app.owner.query('select 1 from stand_ins where person_id = $1 and ended_at is null', [
        colleague.personId,
      ]);
      expect(rows).toEqual([]);
    }
  });
});

it('a post of a disabled account is not given to anybody', async () => {
  const [holder, colleague] = [await officer(units.licheng.id), await officer(units.licheng.id)];
  await setStatus(holder, 'disabled');
  const giving = {
    params: { grantId: holder.grants[0]! },
    body: { personId: colleague.personId, until: '2025-10-20' },
  };
  expect((await security().refused(posts.giveStandIn, giving)).sentence).toContain('账户已停用');
});
