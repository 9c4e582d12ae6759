import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as periods from '#contract/filings/periods.ts';
import { routes } from '#contract/index.ts';
import * as assignments from '#contract/people/assignments.ts';
import type { AnyRoute } from '#contract/route.ts';
import * as posts from '#contract/session/posts.ts';
import * as session from '#contract/session/session.ts';
import * as tokens from '#contract/session/tokens.ts';
import { permissionsOf } from '#core/access/request/identify.ts';
import { reachesAsFar } from '#domain/access/actor.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { inspectorForm } from '#test/support/scenes/inspector-scene.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';

/**
 * Things that belong to somebody else look as if they did not exist. Every route that names one filing, import, run or
 * county is called by everybody who may use the route at home, with the true identifiers of a neighbour.
 */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await prepareBalance(app.services.pool, app.services.now);
  for (const { id } of [units.licheng, units.fengze]) {
    await app.owner.query(
      `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
       values ($1, 'section', $2, $2, '督导股', '督导股', 'ddg')`,
      [lowerUnitOf(id), id],
    );
  }
  await app.as('cityOfficer').call(periods.open, {
    body: { schoolYear: 2025, opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 5, cityDeadline: '2025-11-10' },
  });
});
afterAll(() => app.close());

/** A body that fits every such route; each route takes the keys that it knows. */
const body = {
  revision: 1,
  reason: '请核对图书册数',
  until: '2025-10-25',
  field: '图书册数',
  body: '请核对',
  changes: [{ field: '图书册数', value: 1, version: 0 }],
  year: 2025,
  standard: 'basic-2012',
  name: '联系人',
  phone: '0595-22000001',
  text: '一、任务',
  level: 'primary',
  indicator: 'composite',
  conclusion: '达到基本均衡',
  documentNumber: null,
  items: [],
  item: {
    ...{ heading: null, number: null, text: '任务', fromDay: null, toDay: null },
    ...{ countyReach: 'none', cityManaged: false, units: [], ties: [] },
  },
  day: '2025-10-15',
  planId: randomUUID(),
  heldOn: '2025-10-15',
  agenda: '',
  minutes: '',
  held: false,
  kind: 'safety',
  title: '通道堆放杂物',
  foundOn: '2025-10-10',
  duty: { type: 'school', id: schools.first.id },
  measures: [{ body: '清理通道' }],
  report: '通道已经清理',
  action: 'check',
  decision: 'granted',
  result: 'held',
};

interface Neighbour {
  readonly schoolId: number;
  readonly countyId: number;
}
const nextDoor: Neighbour = { schoolId: schools.neighbour.id, countyId: units.licheng.id };
const elsewhere: Neighbour = { schoolId: schools.foreign.id, countyId: units.fengze.id };
const athome: Neighbour = { schoolId: schools.first.id, countyId: units.licheng.id };

const visits: ReadonlyArray<readonly [Member, Neighbour]> = [
  ['clerk', nextDoor],
  ['head', nextDoor],
  ['neighbourClerk', athome],
  ['clerk', elsewhere],
  ['head', elsewhere],
  ['countyOfficer', elsewhere],
  ['countyDirector', elsewhere],
  ['otherOfficer', athome],
  ['otherDirector', athome],
  ['foreignHead', athome],
  ['foreignHead', { schoolId: schools.cityManaged.id, countyId: units.fengze.id }],
  ['cityManagedHead', elsewhere],
  // One post of three is at work, and the other two give it no rights: 丰泽 belongs to another of her posts.
  ['threePosts', nextDoor],
  ['threePosts', elsewhere],
  // In the post of the director of 丰泽.
  ['standIn', athome],
  // Schools that are not assigned to her, in counties where other schools are.
  ['inspector', nextDoor],
  ['inspector', { schoolId: schools.cityManaged.id, countyId: units.fengze.id }],
  ['idleInspector', athome],
  // Reaches nothing but one campaign.
  ['expert', athome],
  ['agency', elsewhere],
];

/** The roles of the tests hold few rights, and an inspector sees of a county what its schools see. */
const fromOutside: readonly Member[] = ['inspector', 'idleInspector', 'expert', 'agency'];

/** Names in paths of what lies in one school, and of what lies in a county. */
const inSchools = ['filingId', 'findingId', 'importId', 'schoolId'];
const inCounties = [
  'countyId',
  'drawId',
  'inspectorId',
  'lowerUnitId',
  'runId',
  'unitId',
  'planId',
  'meetingId',
  'trackId',
];
const naming = (names: readonly string[]) => {
  const anyOf = new RegExp(`:(${names.join('|')})`);
  return routes.filter((route) => anyOf.test(route.path));
};
const ofSchools = naming(inSchools);
const ofCounties = naming(inCounties);

/** Names in paths that are tried here, or stand behind one that is tried. */
const tried: readonly string[] = [...inSchools, ...inCounties, 'commentId', 'field', 'itemId', 'attendeeId'];
/** Every other name, with what holds its routes. */
const others: Readonly<Record<string, string>> = {
  code: 'a code of GB/T 2260, the same for everybody',
  edition: 'an edition of the catalogue, which everybody may read',
  key: 'the key of a standard or a framework, which everybody may read who reads balance or frameworks',
  draftId: 'a draft of a framework, which lies at the city: features/frameworks/draft.test.ts',
  kindKey: 'the key of a kind of findings, the same for the whole city',
  periodId: 'the collection of the whole city, which the city alone changes',
  personId: 'people are seen by the administrators of the whole city; the tests of people hold what each may do',
  grantId: 'a post is given away by its holder: below, and with a person before it',
  assignmentId: 'stands behind a person and a post: below',
  changeId: 'a change of a role, which two administrators of the whole city decide',
  requestId: 'a request for an account, which two administrators of the whole city decide',
  setId: 'posts of the whole city, which two administrators decide',
  sessionId: 'a session of the person: below',
  standInId: 'a stand-in of the person: below',
  tokenId: 'a token of the person: below',
  attachmentId: 'the holder of its subject answers for it: below',
  uploadId: 'an upload of the person: test/house/files/attachments.test.ts',
  deliveryId: 'the mail of the installation, which its administrator alone sees',
  letterId: 'a letter of the place: features/official-documents/letter.routes.test.ts',
  receiptId: 'what came to the own unit or school: the same test',
  seriesId: 'a series of the own unit: the same test',
  campaignId: 'a campaign of the city: features/campaigns/campaigns.routes.test.ts, campaign-second-wall.test.ts',
  seatId: 'a seat of a campaign: features/campaigns/seats.routes.test.ts',
  evaluationId: 'an evaluation of the place, or of a seat: features/evaluations/evaluations.routes.test.ts',
  statementId: 'a statement of the evaluation before it in the path: features/evaluations/evaluations.routes.test.ts',
  tieId: 'a ruling of the city: features/evaluations/round/tie.test.ts',
  evidenceId: 'a piece of evidence of the place, or of a seat: features/evaluations/evidence/evidence.routes.test.ts',
  kind: 'a kind of records of the installation, which its administrator alone sees',
  jobId: 'the queue of the installation, which its administrator alone sees',
};

it('every name in a path is tried, or is listed with what holds it', () => {
  const names = new Set(routes.flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)));
  expect([...names].sort()).toEqual([...tried, ...Object.keys(others)].sort());
});

const query = {
  ...{ year: 2025, standard: 'basic-2012', level: 'primary', format: 'xlsx' },
  ...{ first: randomUUID(), second: randomUUID() },
};

/** The 科室 of each county of the tests. */
const lowerUnitOf = (countyId: number) => 100 + countyId;

async function idsOf({ schoolId, countyId }: Neighbour, owner: string): Promise<Record<string, string>> {
  const { rows } = await app.owner.query('select id from filings where school_id = $1', [schoolId]);
  const importId = randomUUID();
  await app.owner.query(
    `insert into imports (place_id, id, kind, school_id, file_name, file_hash, created_by, expires_at, content)
     values ($1, $2, 'filings', $3, '表.xlsx', 'x', $4, $5, '{}')`,
    [countyId, importId, schoolId, owner, new Date(app.clock.now.getTime() + 3_600_000)],
  );
  const [planId, itemId, meetingId] = [randomUUID(), randomUUID(), randomUUID()];
  await app.owner.query(
    `insert into work_plans (place_id, id, kind, year, unit_id, title)
     values ($1, $2, 'county', (select 2000 + count(*) from work_plans), $1, '计划')`,
    [countyId, planId],
  );
  await app.owner.query(
    `insert into work_items (place_id, plan_id, id, position, text) values ($1, $2, $3, 1, '任务')`,
    [countyId, planId, itemId],
  );
  await app.owner.query(
    `insert into meetings (place_id, id, origin_place_id, held_on, title) values ($1, $2, $1, '2025-10-15', '会议')`,
    [countyId, meetingId],
  );
  const noteId = randomUUID();
  await app.owner.query(
    `insert into work_item_notes (place_id, id, item_id, body, day, author_id, author_name, at)
     values ($1, $2, $3, '落实情况', '2025-10-15', $4, '某人', now())`,
    [countyId, noteId, itemId, owner],
  );
  const [findingId, drawId] = [randomUUID(), randomUUID()];
  await app.owner.query(
    `insert into findings (place_id, id, school_id, kind, title, severity, duty_type, opened_by_unit_id, opened_level,
       managed_by, school_year, source_type, source_id, source_key, found_on, entered_by_name, entered_at, updated_at)
     values ($1, $2, $3, 'safety', '通道堆放杂物', 'serious', 'school', $1, 'county', 'county', 2025, 'manual', 'x', $2::uuid::text,
             '2025-10-10', '督导', now(), now())`,
    [countyId, findingId, schoolId],
  );
  await app.owner.query(
    `insert into reproof_draws (place_id, id, closed_from, closed_to, drawn_level, seed, frame_size, frame_hash, size,
       algorithm, drawn_by, drawn_by_name, drawn_at)
     values ($1, $2, '2025-09-01', '2025-10-01', 'county', 's', 1, repeat('a', 64), 1, 'a', 'b', 'c', now())
     on conflict (place_id, closed_from, closed_to, drawn_level) where cancelled_at is null do update set id = excluded.id`,
    [countyId, drawId],
  );
  const inspectorId = randomUUID();
  await app.owner.query(
    `insert into inspectors (place_id, id, kind, name, entered_by_name, entered_at, updated_at)
     values ($1, $2, 'responsible', '某督学', '督导', now(), now())`,
    [countyId, inspectorId],
  );
  const trackId = randomUUID();
  await app.owner.query(
    `insert into balance_tracks (place_id, id, period_id, school_year, standard_key, state, since, opened_by_name, opened_at,
       updated_at)
     values ($1, $2, (select min(id) from periods), 2025, 'basic-2012', 'cancelled', '2025-10-15', '督导', now(), now())`,
    [countyId, trackId],
  );
  return {
    ...{ planId, itemId, noteId, meetingId, trackId, inspectorId },
    filingId: rows[0].id,
    findingId,
    drawId,
    importId,
    countyId: String(countyId),
    unitId: String(countyId),
    lowerUnitId: String(lowerUnitOf(countyId)),
    schoolId: String(schoolId),
    commentId: randomUUID(),
    attendeeId: randomUUID(),
    runId: randomUUID(),
    field: '图书册数',
  };
}

/** What a route calls by the name of something else. */
const own: Readonly<Record<string, object>> = {
  'balance-tracking.saveReport': { measures: '已采取措施' },
  'inspectors.edit': inspectorForm,
  'inspectors.setPhotograph': { uploadId: randomUUID() },
  'inspectors.undo': { action: 'review' },
  ...Object.fromEntries(
    ['publicise', 'appoint', 'renew'].map((act) => [
      `inspectors.${act}`,
      { from: '2025-10-15', to: '2028-10-14', documentNumber: null },
    ]),
  ),
  'inspectors.handPaper': { paper: 'plan', schoolYear: 2025, half: 'autumn', body: '计划' },
  'work-plans.takeParts': { parts: [randomUUID()] },
};

it.each(visits)('%s finds nothing of a neighbour: %o', async (member, neighbour) => {
  const person = app.as(member);
  const { permissions, unit, role } = await person.call(session.read);
  const sees = unit?.id === neighbour.countyId || member === 'inspector';
  const placed = [...ofSchools, ...(sees ? [] : ofCounties)];
  const mine = placed.filter((route) => permissionsOf(route).some((one) => permissions.includes(one)));
  expect(mine.length).toBeGreaterThan(fromOutside.includes(member) ? 3 : 8);
  // This holds even for an import that names the person as its creator: what lies elsewhere no longer belongs to that
  // person.
  const params = await idsOf(neighbour, person.personId);
  const found: string[] = [];
  for (const route of mine as AnyRoute[]) {
    const given = { ...body, ...(own[route.name] ?? {}) };
    const refusal = await person.refused(route, { params, body: given, query } as never);
    // A reach that is too short is refused before anything is looked up, so that the refusal says nothing either.
    const wanted = reachesAsFar(role, route.reach) ? 'thing.notFound' : 'access.reachTooShort';
    if (refusal.code !== wanted) found.push(`${route.name}: ${refusal.status} ${refusal.code}`);
  }
  expect(found).toEqual([]);
});

it.each(visits)('%s finds no file of a neighbour: %o', async (member, neighbour) => {
  const person = app.as(member);
  const { filingId, findingId, noteId, inspectorId } = await idsOf(neighbour, person.personId);
  await app.owner.query(
    `insert into file_contents (hash, size, media_type) values (repeat('b', 64), 1, 'x') on conflict do nothing`,
  );
  const subjects = [
    ['filing', filingId!, neighbour.schoolId],
    ['finding', findingId!, neighbour.schoolId],
    // A note that names the person as its author.
    ['work-item-note', noteId!, null],
    ['inspector', inspectorId!, null],
  ] as const;
  for (const [subjectType, subjectId, schoolId] of subjects) {
    const attachmentId = randomUUID();
    await app.owner.query(
      `insert into attachments (place_id, id, subject_type, subject_id, school_id, file_hash, name, size, media_type, added_by,
         added_by_name, part) values ($1, $2, $3, $4, $5, repeat('b', 64), 'b', 1, 'x', 'd', 'e', $2::uuid::text)`,
      [neighbour.countyId, attachmentId, subjectType, subjectId, schoolId],
    );
    const params = { attachmentId };
    const codes = await Promise.all([
      person.refused(files.address, { params, body: { mode: 'save' } }),
      person.refused(files.preview, { params }),
      person.refused(files.keep, { params, body: { keepUntil: '2026-01-01', read: '2026-01-02' } }),
      person.refused(files.detach, { params }),
      person.refused(files.restore, { params }),
      person.refused(files.list, { query: { subjectType, subjectId } }),
      person.refused(files.attach, { body: { subjectType, subjectId, attachmentId } }),
      person.refused(files.attach, { body: { subjectType, subjectId, uploadId: randomUUID() } }),
    ]);
    // Whoever has no right to attach hears that, and nothing of the subject.
    expect(
      codes.map(({ code }) => (code === 'access.denied' ? 'thing.notFound' : code)),
      subjectType,
    ).toEqual(codes.map(() => 'thing.notFound'));
  }
});

it('nobody gives away, looks into or takes back the post of another', async () => {
  const { grants } = app.as('countyDirector');
  const ofAnother = { params: { grantId: grants[0]! } };
  const until = { personId: app.as('countyOfficer').personId, until: '2025-10-20' };
  const { post } = app.as('standIn');
  for (const member of ['clerk', 'countyOfficer', 'otherDirector', 'cityOfficer', 'systemAdministrator'] as const) {
    const person = app.as(member);
    expect((await person.refused(posts.colleagues, ofAnother)).code).toBe('thing.notFound');
    expect((await person.refused(posts.giveStandIn, { ...ofAnother, body: until })).code).toBe('thing.notFound');
    expect((await person.inPost(post).refused(session.read)).code).toBe('access.postChanged');
    if (member === 'otherDirector') continue;
    const ending = { params: { standInId: post?.standInId ?? '' } };
    expect((await person.refused(posts.endStandIn, ending)).code).toBe('thing.notFound');
  }
});

it('nobody assigns schools to a post under the name of another, nor ends or reads what is assigned to it', async () => {
  const [security, { personId }] = [app.as('securityAdministrator'), app.as('head')];
  const grantId = app.as('inspector').grants[0]!;
  const own = { personId: app.as('inspector').personId, grantId };
  const [given] = (await security.call(assignments.list, { params: own })).rows;
  expect(given).toBeDefined();
  const strangers = [
    { personId, grantId },
    { personId: own.personId, grantId: app.as('head').grants[0]! },
    { personId: app.as('idleInspector').personId, grantId: app.as('idleInspector').grants[0]! },
  ];
  const body = { schoolId: schools.neighbour.id, from: '2025-10-01', to: null };
  for (const params of strangers) {
    const ending = { params: { ...params, assignmentId: given!.id } };
    expect((await security.refused(assignments.end, ending)).code).toBe('thing.notFound');
  }
  for (const params of strangers.slice(0, 2)) {
    expect((await security.refused(assignments.list, { params })).code).toBe('thing.notFound');
    expect((await security.refused(assignments.assign, { params, body })).code).toBe('thing.notFound');
  }
});

it('nobody ends the session or the token of another', async () => {
  const { id } = await app
    .as('clerk')
    .call(tokens.create, { body: { name: 't', permissions: ['filing.read'], days: 1 } });
  const [own] = (await app.as('clerk').call(session.list)).rows;
  for (const member of ['head', 'countyOfficer', 'systemAdministrator'] as const) {
    const person = app.as(member);
    expect((await person.refused(tokens.revoke, { params: { tokenId: id } })).code).toBe('thing.notFound');
    expect((await person.refused(session.end, { params: { sessionId: own!.id } })).code).toBe('thing.notFound');
  }
});

it('what a token did stands in the audit under its id, and only what it was given', async () => {
  const { id, token } = await app
    .as('countyOfficer')
    .call(tokens.create, { body: { name: 't', permissions: ['filing.return'], days: 1 } });
  const contact = routes.find((route) => route.name === 'directory.saveContact')!;
  await app.withToken(token).call(contact, { params: { unitId: units.licheng.id }, body } as never);
  const { rows } = await app.owner.query(
    `select action, actor_id, token_id from audit_events order by id desc limit 1`,
  );
  expect(rows).toEqual([{ action: 'unit.contactSaved', actor_id: app.as('countyOfficer').personId, token_id: id }]);
});
