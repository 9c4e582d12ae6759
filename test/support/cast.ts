import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { type SchoolName, schools, units } from './scenario.ts';

/** The people of every test. Each member is one person with one role at one place. */
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
  /** At a school without a head's account: she submits herself. */
  neighbourClerk: { name: '二小填报员', role: 'school-clerk', unit: units.licheng.id, school: 'neighbour' },
  foreignHead: { name: '九年校长', role: 'school-head', unit: units.fengze.id, school: 'foreign' },
  cityManagedHead: { name: '市直校长', role: 'school-head', unit: units.fengze.id, school: 'cityManaged' },
  /** Signed in, but without any role. */
  roleless: { name: '无角色', role: null, unit: null, school: null },
} as const satisfies Record<
  string,
  { name: string; role: string | null; unit: number | null; school: SchoolName | null }
>;

export type Member = keyof typeof cast;

/** Signs session cookies in tests; the product reads its own from the data folder. */
export const testSecret = 'a-secret-of-the-tests-that-guards-nothing';

export interface Seat {
  readonly personId: string;
  readonly cookie: string;
}

/** Writes the people, their grants and an open session each, as the owner; `secret` is what the product signs with. */
export async function seatCast(
  owner: pg.ClientBase,
  now: Date,
  secret: string = testSecret,
): Promise<Record<Member, Seat>> {
  const seats = {} as Record<Member, Seat>;
  for (const [member, person] of Object.entries(cast)) {
    const personId = randomUUID();
    await owner.query(
      // Whose role asks for a second factor has one, as in a real installation.
      `insert into people (id, name, username, email, password_changed_at, two_factor_enabled)
       values ($1, $2, $3, $4, $5, coalesce((select second_factor from roles where key = $6), false))`,
      [personId, person.name, member.toLowerCase(), `${personId}@dudao.invalid`, now, person.role],
    );
    if (person.role !== null) {
      await owner.query(
        `insert into grants (id, person_id, role_key, unit_id, school_id) values ($1, $2, $3, $4, $5)`,
        [randomUUID(), personId, person.role, person.unit, person.school === null ? null : schools[person.school].id],
      );
    }
    seats[member as Member] = { personId, cookie: await openSession(owner, personId, now, secret) };
  }
  return seats;
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
