import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';

/**
 * The tables that every duty shares, behind the second wall: who reads and who writes which row, for each kind of
 * reach.
 */
const { licheng, fengze } = units;
const ofCounty = atPlaces([licheng.id]);
const ofSchool: Scope = { ...ofCounty, schools: [schools.first.id] };
const ofOther = atPlaces([fengze.id]);
const campaign = randomUUID();
const ofCampaign: Scope = { ...nowhere, campaigns: [campaign] };
const somebody = randomUUID();
const ofPerson: Scope = { ...nowhere, person: somebody };

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

/** A row of each table, as the program's role writes it. */
const writers = {
  steps: (place: number, school: number | null) => sql`
    insert into steps (place_id, id, campaign_id, subject_type, subject_id, school_id, action, from_state, to_state,
      actor_name) values (${place}, gen_random_uuid(), ${campaign}, 'x', gen_random_uuid(), ${school}, 'a', 'b', 'c', 'd')`,
  comments: (place: number, school: number | null) => sql`
    insert into comments (place_id, id, campaign_id, subject_type, subject_id, school_id, body, author_id, author_name)
    values (${place}, gen_random_uuid(), ${campaign}, 'x', gen_random_uuid(), ${school}, 'a', 'b', 'c')`,
  notices: (place: number, school: number | null) => sql`
    insert into notices (place_id, id, campaign_id, kind, audience, subject_type, subject_id, school_id, sent_by,
      sent_by_name) values (${place}, gen_random_uuid(), ${campaign}, 'k', ${school === null ? 'place' : 'school'}, 'x',
      gen_random_uuid(), ${school}, 'a', 'b')`,
  imports: (place: number, school: number | null) => sql`
    insert into imports (place_id, id, campaign_id, kind, school_id, file_name, file_hash, content, created_by, expires_at)
    values (${place}, gen_random_uuid(), ${campaign}, 'k', ${school}, 'a', 'b', '{}', ${somebody}, now() + interval '1 h')`,
};
type Shared = keyof typeof writers;
/** The tables whose rows belong to their place and to nobody in it. */
const ofAll = ['steps', 'comments', 'notices'] as const;

const write = (scope: Scope, table: Shared, place: number, school: number | null) =>
  withLease(app.services.pool, (held) =>
    held.writing(scope, async (db) => void (await writers[table](place, school).execute(db))),
  );
const seen = (scope: Scope, table: string) =>
  withLease(app.services.pool, (held) =>
    held.reading(scope, async (db) => {
      const { rows } = await sql<{ place: number; school: number | null }>`
        select place_id as place, school_id as school from ${sql.table(table)} order by 1, 2 nulls first`.execute(db);
      return rows.map(({ place, school }) => `${place} ${school ?? '-'}`);
    }),
  );
const refused = /row-level security/;

describe.each(ofAll)('%s', (table) => {
  it('are written by people of the place, and by a school for its own rows', async () => {
    await write(ofCounty, table, licheng.id, null);
    await write(ofCounty, table, licheng.id, schools.neighbour.id);
    await write(ofSchool, table, licheng.id, schools.first.id);
    await write(ofOther, table, fengze.id, schools.foreign.id);
    await expect(write(ofCounty, table, fengze.id, null)).rejects.toThrow(refused);
    await expect(write(ofSchool, table, licheng.id, schools.neighbour.id)).rejects.toThrow(refused);
    await expect(write(ofSchool, table, licheng.id, null)).rejects.toThrow(refused);
    await expect(write(ofCampaign, table, licheng.id, null)).rejects.toThrow(refused);
    await expect(write(nowhere, table, licheng.id, null)).rejects.toThrow(refused);
  });

  it('are read in the place, by a school for its own rows, and by people assigned to the campaign', async () => {
    expect(await seen(ofCounty, table)).toEqual([
      `${licheng.id} -`,
      `${licheng.id} ${schools.first.id}`,
      `${licheng.id} ${schools.neighbour.id}`,
    ]);
    expect(await seen(ofSchool, table)).toEqual([`${licheng.id} ${schools.first.id}`]);
    expect(await seen(ofOther, table)).toEqual([`${fengze.id} ${schools.foreign.id}`]);
    expect(await seen(ofCampaign, table)).toHaveLength(4);
    expect(await seen({ ...nowhere, campaigns: [randomUUID()] }, table)).toEqual([]);
    expect(await seen(nowhere, table)).toEqual([]);
  });
});

describe('what belongs to one person', () => {
  it('a notice is read by that person and not by the place it lies in', async () => {
    await app.owner.query(
      `insert into notices (place_id, id, kind, audience, subject_type, subject_id, person_id, sent_by, sent_by_name)
       values ($1, gen_random_uuid(), 'k', 'person', 'x', gen_random_uuid(), $2, 'a', 'b')`,
      [licheng.id, somebody],
    );
    expect(await seen(ofPerson, 'notices')).toEqual([`${licheng.id} -`]);
    expect(await seen({ ...nowhere, person: randomUUID() }, 'notices')).toEqual([]);
    // The one notice is for the whole place; the notice to the person is not seen.
    expect((await seen(ofCounty, 'notices')).filter((row) => row.endsWith('-'))).toHaveLength(1);
  });

  it('a notice for one person of a campaign is not read by the others of the campaign', async () => {
    await app.owner.query(
      `insert into notices (place_id, id, campaign_id, kind, audience, subject_type, subject_id, person_id, sent_by,
         sent_by_name) values ($1, gen_random_uuid(), $2, 'private', 'person', 'x', gen_random_uuid(), $3, 'a', 'b')`,
      [fengze.id, campaign, somebody],
    );
    const ofKind = async (scope: Scope) =>
      withLease(app.services.pool, (held) =>
        held.reading(scope, () => held.query(`select id from notices where kind = 'private'`)),
      );
    expect(await ofKind({ ...ofCampaign, person: randomUUID() })).toEqual([]);
    expect(await ofKind(ofCampaign)).toEqual([]);
    expect(await ofKind({ ...ofCampaign, person: somebody })).toHaveLength(1);
  });
});

/** The same reach in the hands of the person who brings a table. */
const bringing = (scope: Scope): Scope => ({ ...scope, person: somebody });
const colleague = (scope: Scope): Scope => ({ ...scope, person: randomUUID() });

describe('attachments', () => {
  const hash = 'a'.repeat(64);
  const uploadId = randomUUID();
  /** Attaches the upload of `somebody`; whether it hangs now. */
  const attach = (scope: Scope, place: number, school: number | null) =>
    withLease(app.services.pool, (held) =>
      held.writing(scope, async (db) => {
        const { rows } = await sql`
          select attachment from attach_upload(${uploadId}, ${place}, 'x', gen_random_uuid(), ${school}, null, ${campaign},
            'n', null, null, null, null, null, null)`.execute(db);
        return rows.length === 1;
      }),
    );
  beforeAll(async () => {
    await app.owner.query(`insert into file_contents (hash, size, media_type) values ($1, 1, 'c')`, [hash]);
    await app.owner.query(
      `insert into uploads (id, owner_kind, owner_id, name, size, received, state, hash, media_type, expires_at)
       values ($1, 'person', $2, 'b', 1, 1, 'whole', $3, 'c', now() + interval '1 h')`,
      [uploadId, somebody, hash],
    );
  });

  it('are written by no statement of the program, only by functions that ask for place and owner', async () => {
    const writing = (text: string) =>
      withLease(app.services.pool, (held) => held.writing(bringing(ofCounty), () => held.query(text)));
    for (const text of [
      `insert into attachments (place_id, id, subject_type, subject_id, file_hash, name, size, media_type, added_by,
         added_by_name) values (${licheng.id}, gen_random_uuid(), 'x', gen_random_uuid(), '${hash}', 'b', 1, 'c', 'd', 'e')`,
      `update attachments set name = 'z'`,
      'delete from attachments',
      'select 1 from file_contents',
      `select delete_content(hash) from file_contents`,
    ]) {
      await expect(writing(text), text).rejects.toThrow(/permission denied/);
    }
    // Nor does an own upload become one of another content.
    const own = randomUUID();
    const announcing = `insert into uploads (id, owner_kind, owner_id, name, size, expires_at)
      values ('${own}', 'person', '${somebody}', 'b', 1, now() + interval '1 h')`;
    await writing(announcing);
    for (const text of [
      `update uploads set state = 'whole', hash = '${hash}', media_type = 'c' where id = '${own}'`,
      `insert into uploads (id, owner_kind, owner_id, name, size, state, hash, media_type, expires_at)
       values (gen_random_uuid(), 'person', '${somebody}', 'b', 1, 'whole', '${hash}', 'c', now() + interval '1 h')`,
    ]) {
      await expect(writing(text), text).rejects.toThrow(/row-level security/);
    }
    expect(await attach(bringing(ofCounty), licheng.id, null)).toBe(true);
    expect(await attach(bringing(ofCounty), licheng.id, schools.neighbour.id)).toBe(true);
    expect(await attach(bringing(ofSchool), licheng.id, schools.first.id)).toBe(true);
    expect(await attach(bringing(ofOther), fengze.id, schools.foreign.id)).toBe(true);
    const refusals: [Scope, number, number | null][] = [
      [bringing(ofCounty), fengze.id, null],
      [bringing(ofSchool), licheng.id, schools.neighbour.id],
      [bringing(ofSchool), licheng.id, null],
      [bringing(ofCampaign), licheng.id, null],
      [ofPerson, licheng.id, null],
      // The upload of somebody else, and of nobody.
      [colleague(ofCounty), licheng.id, null],
      [ofCounty, licheng.id, null],
    ];
    for (const [scope, place, school] of refusals) {
      expect(await attach(scope, place, school), JSON.stringify([scope, place])).toBe(false);
    }
  });

  it('are read and opened in the place, by a school for its own rows, and by people assigned to the campaign', async () => {
    expect(await seen(ofCounty, 'attachments')).toEqual([
      `${licheng.id} -`,
      `${licheng.id} ${schools.first.id}`,
      `${licheng.id} ${schools.neighbour.id}`,
    ]);
    expect(await seen(ofSchool, 'attachments')).toEqual([`${licheng.id} ${schools.first.id}`]);
    expect(await seen(ofOther, 'attachments')).toEqual([`${fengze.id} ${schools.foreign.id}`]);
    expect(await seen(ofCampaign, 'attachments')).toHaveLength(4);
    expect(await seen(nowhere, 'attachments')).toEqual([]);
    const { rows } = await app.owner.query<{ id: string; place_id: number; school_id: number | null }>(
      `select id, place_id, school_id from attachments`,
    );
    const isOpen = (scope: Scope, id: string) =>
      withLease(app.services.pool, (held) =>
        held.reading(scope, async () => (await held.query('select hash from open_attachment($1)', [id])).length === 1),
      );
    for (const { id, place_id: place, school_id: school } of rows) {
      expect(await isOpen(ofCounty, id)).toBe(place === licheng.id);
      expect(await isOpen(ofSchool, id)).toBe(school === schools.first.id);
      expect(await isOpen(ofCampaign, id)).toBe(true);
      expect(await isOpen(nowhere, id)).toBe(false);
      const detached = await withLease(app.services.pool, (held) =>
        held.writing(bringing(ofCampaign), () =>
          held.query<{ done: boolean }>('select detach_attachment($1, $2) as done', [place, id]),
        ),
      );
      expect(detached).toEqual([{ done: false }]);
    }
  });
});

describe('imports', () => {
  it('are brought by each person in her own name, in her place, and by a school for its own rows', async () => {
    await write(bringing(ofCounty), 'imports', licheng.id, null);
    await write(bringing(ofSchool), 'imports', licheng.id, schools.first.id);
    await write(bringing(ofOther), 'imports', fengze.id, schools.foreign.id);
    await write(ofPerson, 'imports', 0, null);
    const refusals: [Scope, number, number | null][] = [
      [bringing(ofCounty), fengze.id, null],
      [bringing(ofSchool), licheng.id, schools.neighbour.id],
      [bringing(ofSchool), licheng.id, null],
      [bringing(ofCampaign), licheng.id, null],
      [ofPerson, licheng.id, null],
      // In somebody else's name, and in nobody's.
      [colleague(ofCounty), licheng.id, null],
      [ofCounty, licheng.id, null],
      [colleague(nowhere), 0, null],
      [atPlaces([0]), 0, null],
    ];
    for (const [scope, place, school] of refusals) {
      await expect(write(scope, 'imports', place, school), JSON.stringify([scope, place])).rejects.toThrow(refused);
    }
  });

  it('are read by whoever brought them and by nobody else', async () => {
    expect(await seen(bringing(ofCounty), 'imports')).toEqual([
      '0 -',
      `${licheng.id} -`,
      `${licheng.id} ${schools.first.id}`,
    ]);
    expect(await seen(bringing(ofSchool), 'imports')).toEqual(['0 -', `${licheng.id} ${schools.first.id}`]);
    expect(await seen(ofPerson, 'imports')).toEqual(['0 -']);
    expect(await seen(bringing(ofCampaign), 'imports')).toHaveLength(4);
    for (const scope of [ofCounty, ofSchool, ofOther, ofCampaign, nowhere, atPlaces([0, licheng.id])]) {
      expect(await seen(colleague(scope), 'imports')).toEqual([]);
      expect(await seen(scope, 'imports')).toEqual([]);
    }
  });

  it('are taken by whoever brought them and by nobody else', async () => {
    const taken = (scope: Scope) =>
      withLease(app.services.pool, (held) =>
        held.writing(scope, async (db) => {
          const { rows } = await sql`update imports set taken_at = now() returning id`.execute(db);
          return rows.length;
        }),
      );
    expect(await taken(colleague(ofCounty))).toBe(0);
    expect(await taken(colleague(ofCampaign))).toBe(0);
    expect(await taken(bringing(ofCounty))).toBe(3);
  });
});

it('only rows that have expired by the database’s own clock are removed, whatever moment is given', async () => {
  const count = async () => (await app.owner.query('select count(*)::int as n from imports')).rows[0].n as number;
  const tidy = (moment: string) =>
    withLease(app.services.pool, (held) =>
      held.writing(nowhere, async (db) => void (await sql`select delete_expired_imports(${moment})`.execute(db))),
    );
  const before = await count();
  await tidy('2999-01-01');
  expect(await count()).toBe(before);
  await app.owner.query(`update imports set expires_at = now() - interval '1 min' where place_id = 0`);
  await tidy('2999-01-01');
  expect(await count()).toBe(before - 1);
});

it('once_key says a thing once in its place', async () => {
  const say = (place: number) =>
    app.owner.query(
      `insert into notices (place_id, id, kind, audience, subject_type, subject_id, sent_by, sent_by_name, once_key)
       values ($1, gen_random_uuid(), 'k', 'place', 'x', gen_random_uuid(), 'a', 'b', 'once')`,
      [place],
    );
  await say(licheng.id);
  await say(fengze.id);
  await expect(say(licheng.id)).rejects.toThrow('notices_place_id_once_key_key');
});
