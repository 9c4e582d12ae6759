import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { PostName } from '#domain/access/actor.ts';
import { type SchoolName, schools, units } from './scenario.ts';

/** The people of every test. Each member is one person in one post, or in the post named below. */
export const cast = {
  systemAdministrator: { name: '系统员', role: 'system-administrator', unit: null, school: null },
  securityAdministrator: { name: '安全员', role: 'security-administrator', unit: null, school: null },
  auditAdministrator: { name: '审计员', role: 'audit-administrator', unit: null, school: null },
  cityOfficer: { name: '市督导', role: 'city-officer', unit: units.city.id, school: null },
  sectionOfficer: { name: '科室员', role: 'section-officer', unit: units.city.id, school: null },
  countyDirector: { name: '鲤城主任', role: 'county-director', unit: units.licheng.id, school: null },
  countyOfficer: { name: '鲤城督导', role: 'county-officer', unit: units.licheng.id, school: null },
  otherDirector: { name: '丰泽主任', role: 'county-director', unit: units.fengze.id, school: null },
  otherOfficer: { name: '丰泽督导', role: 'county-officer', unit: units.fengze.id, school: null },
  head: { name: '一小校长', role: 'school-head', unit: units.licheng.id, school: 'first' },
  clerk: { name: '一小填报员', role: 'school-clerk', unit: units.licheng.id, school: 'first' },
  /** Works at a school without a head's account, so she submits herself. */
  neighbourClerk: { name: '二小填报员', role: 'school-clerk', unit: units.licheng.id, school: 'neighbour' },
  foreignHead: { name: '九年校长', role: 'school-head', unit: units.fengze.id, school: 'foreign' },
  cityManagedHead: { name: '市直校长', role: 'school-head', unit: units.fengze.id, school: 'cityManaged' },
  /** Signed in, but without any role. */
  roleless: { name: '无角色', role: null, unit: null, school: null },
  /** Two schools of two counties are assigned to her, one of them until the end of November. */
  inspector: { name: '责任督学', role: 'test-inspector', unit: units.city.id, school: null },
  /** An inspector to whom no school is assigned. */
  idleInspector: { name: '候任督学', role: 'test-inspector', unit: units.city.id, school: null },
  /** From outside, assigned to one campaign. */
  expert: { name: '评审专家', role: 'test-expert', unit: null, school: null },
  agency: { name: '第三方机构', role: 'test-agency', unit: null, school: null },
  /** Head of the first school, county officer of 丰泽 and officer of a section: see `posts`. The first is chosen. */
  threePosts: { name: '三岗', role: 'school-head', unit: null, school: 'first' },
  /** County officer of 丰泽, at work for the director of 丰泽. */
  standIn: { name: '代办员', role: 'county-officer', unit: units.fengze.id, school: null },
} as const satisfies Record<
  string,
  { name: string; role: string | null; unit: number | null; school: SchoolName | null }
>;

/** Roles that come with later features; tests bring their own. */
const rolesOfTests = [
  ['test-inspector', '试验督学', 'schools', '{directory.read,filing.read}'],
  ['test-expert', '试验专家', 'campaign', '{filing.read}'],
  ['test-agency', '试验机构', 'campaign', '{filing.read}'],
] as const;

/** The further posts of the person with three. */
const furtherPosts = [
  ['county-officer', units.fengze.id],
  ['section-officer', units.city.id],
] as const;

export type Member = keyof typeof cast;

/** Signs session cookies in tests; the product reads its own secret from the data folder. */
export const testSecret = 'a-secret-of-the-tests-that-guards-nothing';

export interface Seat {
  readonly personId: string;
  readonly cookie: string;
  /** The post that the member names in each request; null: the requests name none. */
  readonly post: PostName | null;
  /** All own posts, by grant, in the order in which they were given. */
  readonly grants: readonly string[];
}

/** Writes the people, their grants and an open session each, as the owner. The product signs with `secret`. */
export async function seatCast(
  owner: pg.ClientBase,
  now: Date,
  secret: string = testSecret,
): Promise<Record<Member, Seat>> {
  const seats = {} as Record<Member, Seat>;
  await owner.query(
    `insert into roles (key, name, reach, permissions, sort_order)
     select key, name, reach, permissions::text[], 90 from jsonb_to_recordset($1) as r(key text, name text, reach text, permissions text)`,
    [JSON.stringify(rolesOfTests.map(([key, name, reach, permissions]) => ({ key, name, reach, permissions })))],
  );
  for (const [member, person] of Object.entries(cast)) {
    const personId = randomUUID();
    await owner.query(
      // A member whose role asks for a second factor has one, as in a real installation.
      `insert into people (id, name, username, email, password_changed_at, two_factor_enabled)
       values ($1, $2, $3, $4, $5, coalesce((select second_factor from roles where key = $6), false))`,
      [personId, person.name, member.toLowerCase(), `${personId}@dudao.invalid`, now, person.role],
    );
    const grants: string[] = [];
    const give = async (role: string, unitId: number | null, schoolId: number | null) => {
      const id = randomUUID();
      grants.push(id);
      await owner.query(
        `insert into grants (id, person_id, role_key, unit_id, school_id) values ($1, $2, $3, $4, $5)`,
        [id, personId, role, unitId, schoolId],
      );
    };
    // A post of a school names the school alone.
    if (person.role !== null && person.school !== null) await give(person.role, null, schools[person.school].id);
    else if (person.role !== null) await give(person.role, person.unit, null);
    if (member === 'threePosts') for (const [role, unitId] of furtherPosts) await give(role, unitId, null);
    const cookie = await openSession(owner, personId, now, secret);
    const post = member === 'threePosts' ? { grantId: grants[0]!, standInId: null } : null;
    seats[member as Member] = { personId, cookie, post, grants };
  }
  await assign(owner, seats.inspector.grants[0]!, { school: schools.first.id, until: null });
  await assign(owner, seats.inspector.grants[0]!, { school: schools.foreign.id, until: '2025-11-30' });
  for (const member of ['expert', 'agency'] as const) {
    await assign(owner, seats[member].grants[0]!, { campaign: randomUUID(), until: null });
  }
  const lent = { grantId: seats.otherDirector.grants[0]!, standInId: randomUUID() };
  await owner.query(`insert into stand_ins (id, grant_id, person_id, valid_from, until) values ($1, $2, $3, $4, $5)`, [
    lent.standInId,
    lent.grantId,
    seats.standIn.personId,
    new Date(now.getTime() - 86_400_000),
    '2099-12-31',
  ]);
  seats.standIn = { ...seats.standIn, post: lent };
  return seats;
}

async function assign(
  owner: pg.ClientBase,
  grantId: string,
  to: { school?: number; campaign?: string; until: string | null },
): Promise<void> {
  await owner.query(
    `insert into assignments (id, grant_id, school_id, campaign_id, valid_from, valid_to)
     values (gen_random_uuid(), $1, $2, $3, '2025-01-01', $4)`,
    [grantId, to.school ?? null, to.campaign ?? null, to.until],
  );
}

/** An open session for a person, as its `Cookie` header. */
export async function openSession(
  owner: pg.ClientBase,
  personId: string,
  now: Date,
  secret: string = testSecret,
): Promise<string> {
  const token = randomBytes(24).toString('hex');
  await owner.query(`insert into sessions (id, user_id, token, expires_at, last_seen_at) values ($1, $2, $3, $4, $5)`, [
    randomUUID(),
    personId,
    token,
    new Date(now.getTime() + 8 * 3_600_000),
    now,
  ]);
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `dudao.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}
