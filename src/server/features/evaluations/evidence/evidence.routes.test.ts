import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as files from '#contract/files/attachments.ts';
import { provedText } from '#domain/evaluation/proved-leaves.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type EvaluationScene, openEvaluationScene, schoolSubject } from '#test/support/scenes/evaluation-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let app: TestApp;
let scene: EvaluationScene;
let id: string;
let codes: string[];
beforeAll(async () => {
  app = await openTestApp();
  scene = await openEvaluationScene(app);
  id = scene.subjects[0]!.id;
  await scene.moveOn('notice');
  const { nodes } = await app.as('countyOfficer').call(evaluations.read, { params: { evaluationId: id } });
  codes = nodes.filter(({ isLeaf, origin }) => isLeaf && origin === 'person').map(({ code }) => code);
});
afterAll(() => app.close());

const piece = (more: object = {}) => ({
  ...{ id: randomUUID(), title: '教育经费决算表', aboutDay: '2025-03-01', receivedOn: null, catalogueNumber: 'A2-3' },
  ...{ boxNumber: '12', confidentiality: 'open' as const, expiresOn: null, replacesId: null, link: null },
  ...more,
});
/** What a change of a piece says of it. */
const formOf = (more: object) => {
  const { id: _, replacesId: __, link: ___, ...form } = piece(more);
  return form;
};
/** Hangs a file on a piece, as its page does. */
async function hang(at: TestApp, person: TestPerson, evidenceId: string, name: string, text: string) {
  const upload = await bring(at, person, name, new TextEncoder().encode(text));
  await person.call(files.attach, { body: { subjectType: 'evidence', subjectId: evidenceId, uploadId: upload.id } });
}
const add = (more: object = {}, who: 'countyOfficer' | 'otherOfficer' | 'clerk' = 'countyOfficer') =>
  app.as(who).call(evaluations.addEvidence, { body: piece(more) });
const read = (evidenceId: string, who: 'countyOfficer' | 'cityOfficer' = 'countyOfficer') =>
  app.as(who).call(evaluations.readEvidence, { params: { evidenceId } });
const leafAt = (code: string) => ({ evaluationId: id, code });

it('a piece is entered once, proves several leaves, and its file hangs on it', async () => {
  const body = piece({ link: leafAt(codes[0]!) });
  const made = await app.as('countyOfficer').call(evaluations.addEvidence, { body });
  expect(await app.as('countyOfficer').call(evaluations.addEvidence, { body })).toEqual(made);
  await app.as('countyOfficer').call(evaluations.linkEvidence, {
    params: leafAt(codes[1]!),
    body: { evidenceId: made.id, linked: true, pageNote: '第 3 页' },
  });
  const missingCodes = async () => {
    const { rows } = await app.as('countyOfficer').call(evaluations.missingEvidence, { params: { evaluationId: id } });
    return rows.map(({ code }) => code);
  };
  // A name without a file proves nothing.
  expect(await missingCodes()).toContain(codes[0]);
  await hang(app, app.as('countyOfficer'), made.id, '决算表.txt', '2025 年决算');
  const shown = await read(made.id);
  expect(shown).toMatchObject({
    title: '教育经费决算表',
    leaves: 2,
    version: 1,
    fileName: '决算表.txt',
    receivedOn: '2025-10-15',
  });
  expect(shown.links.map(({ code, pageNote }) => [code, pageNote])).toEqual(
    [
      [codes[0], null],
      [codes[1], '第 3 页'],
    ].sort(),
  );
  const leaf = await app.as('cityOfficer').call(evaluations.leaf, { params: leafAt(codes[1]!) });
  expect(leaf.evidence.map(({ id: one, pageNote }) => [one, pageNote])).toEqual([[made.id, '第 3 页']]);
  const missing = await missingCodes();
  expect(missing).not.toContain(codes[0]);
  expect(missing).toContain(codes[2]);
});

it('says at which page and where on it the proof stands, and of its file who brought it, its receipt and its digest', async () => {
  const { id: made } = await add({ title: '会议纪要', link: leafAt(codes[0]!) });
  const params = leafAt(codes[0]!);
  const region = { left: 0.1, top: 0.25, width: 0.5, height: 0.2 };
  const body = { evidenceId: made, linked: true, pageNote: '表 2', page: 3, region };
  const { evidence } = await app.as('countyOfficer').call(evaluations.linkEvidence, { params, body });
  expect(evidence.find((one) => one.id === made)).toMatchObject({ pageNote: '表 2', page: 3, region });
  const again = await app.as('countyOfficer').refused(evaluations.linkEvidence, { params, body });
  expect(again.code).toBe('thing.nothingChanges');
  const judged = await app.as('cityOfficer').call(evaluations.leaf, { params });
  expect(judged.evidence.find((one) => one.id === made)).toMatchObject({ page: 3, region });
  for (const wrong of [
    { page: null },
    { region: { ...region, left: 0.6 } },
    { region: { ...region, width: 0 } },
    { page: 0, region: null },
  ]) {
    const refused = { params, body: { ...body, ...wrong } };
    expect((await app.as('countyOfficer').refused(evaluations.linkEvidence, refused)).status).toBe(400);
  }
  const bytes = new TextEncoder().encode('会议纪要全文');
  const upload = await bring(app, app.as('countyOfficer'), '纪要.txt', bytes);
  const subject = { subjectType: 'evidence', subjectId: made };
  const { id: fileId } = await app
    .as('countyOfficer')
    .call(files.attach, { body: { ...subject, uploadId: upload.id } });
  const { rows } = await app.as('cityOfficer').call(files.list, { query: subject });
  expect(rows).toMatchObject([
    {
      addedByName: '鲤城督导',
      receipt: expect.stringMatching(new RegExp(`^\\d{8}-${fileId.slice(-8).toUpperCase()}$`)),
      digest: createHash('sha256').update(bytes).digest('hex'),
    },
  ]);
  await app.as('countyOfficer').call(evaluations.linkEvidence, {
    params,
    body: { evidenceId: made, linked: false, pageNote: null },
  });
  await app.owner.query(`update evidence_items set state = 'withdrawn', reason = '试完' where id = $1`, [made]);
});

it('the library is searched, filtered and printed; another county reads nothing of it', async () => {
  const { id: other } = await add({ title: '督导责任区制度', catalogueNumber: 'B1', boxNumber: '7' });
  const list = (query: object) => app.as('countyOfficer').call(evaluations.listEvidence, { query });
  expect((await list({ search: '责任区' })).rows.map(({ id: one }) => one)).toEqual([other]);
  expect((await list({ search: '责任区' })).rows[0]!.unitName).toBe(units.licheng.name);
  const leaves = codes.slice(0, 2).sort();
  const ofCity = (query: object) => app.as('cityOfficer').call(evaluations.listEvidence, { query });
  const all = await ofCity({});
  expect((await ofCity({ unit: '鲤城' })).total).toBe(all.total);
  expect((await ofCity({ unit: units.fengze.name })).total).toBe(0);
  expect((await ofCity({ sort: 'unit' })).total).toBe(all.total);
  expect((await list({ boxNumber: '7' })).rows.map(({ id: one }) => one)).toEqual([other]);
  expect((await list({ unlinked: 'true' })).rows.map(({ id: one }) => one)).toEqual([other]);
  expect((await list({ evaluationId: id })).total).toBe(1);
  expect((await list({ year: 2025 })).total).toBe(2);
  expect((await list({})).can.add).toBe(true);
  const book = await app.as('countyOfficer').call(evaluations.evidenceWorkbook, { query: {} });
  expect(book.fileName).toMatch(/^证据材料目录_/);
  // Codes are told with the framework and the year that they belong to.
  const proves = all.rows.find(({ id: one }) => one !== other)!.proves;
  expect(proves).toEqual([{ year: 2025, edition: expect.objectContaining({ authority: 'sample' }), codes: leaves }]);
  expect((await list({ search: '责任区' })).rows[0]!.proves).toEqual([]);
  const said = (await loadBook(book.body)).worksheets[0]!.getColumn(12).values.map(String);
  expect(said).toContain(provedText(proves));
  expect(provedText(proves)).toContain(`2025 年（样本，非官方文本）${leaves.join('、')}`);
  expect((await app.as('otherOfficer').call(evaluations.listEvidence, { query: {} })).total).toBe(0);
  expect((await app.as('otherOfficer').refused(evaluations.readEvidence, { params: { evidenceId: other } })).code).toBe(
    'thing.notFound',
  );
  const city = await app.as('cityOfficer').refused(evaluations.addEvidence, { body: piece() });
  expect(city.code).toBe('evidence.noLibrary');
});

it('a newer version takes the place of an older one at its leaves', async () => {
  const { id: first } = await add({ title: '实施方案', link: leafAt(codes[3]!) });
  const { id: second } = await add({ title: '实施方案（修订）', replacesId: first });
  const shown = await read(second);
  expect(shown).toMatchObject({ version: 2, leaves: 1 });
  expect(shown.versions.map(({ id: one, version }) => [one, version])).toEqual([
    [second, 2],
    [first, 1],
  ]);
  expect((await read(first)).replacedBy).toBe(second);
  const again = await app.as('countyOfficer').refused(evaluations.addEvidence, { body: piece({ replacesId: first }) });
  expect(again.sentence).toBe('材料“实施方案”已移出材料库，或已有新版本：请刷新后使用现在的材料。');
});

it('it is edited by its revision, and taken out only where it proves nothing', async () => {
  const { id: one, revision } = await add({ title: '会议纪要', link: leafAt(codes[4]!) });
  const params = { evidenceId: one };
  const form = formOf({ title: '会议纪要（定稿）' });
  const edited = await app.as('countyOfficer').call(evaluations.editEvidence, { params, body: { ...form, revision } });
  const late = await app
    .as('countyDirector')
    .refused(evaluations.editEvidence, { params, body: { ...form, revision } });
  expect(late.code).toBe('thing.changed');
  expect(late.sentence).toContain('鲤城督导');
  const body = { revision: edited.revision };
  expect((await app.as('countyOfficer').refused(evaluations.removeEvidence, { params, body })).sentence).toBe(
    '材料“会议纪要（定稿）”还对应着 1 项指标，不能移出：请先取消对应，或登记新版本代替它。',
  );
  await app.as('countyOfficer').call(evaluations.linkEvidence, {
    params: leafAt(codes[4]!),
    body: { evidenceId: one, linked: false, pageNote: null },
  });
  await app.as('countyOfficer').call(evaluations.removeEvidence, { params, body });
  const { rows } = await app.as('countyOfficer').call(evaluations.listEvidence, { query: { search: '定稿' } });
  expect(rows).toEqual([]);
});

it('what lies in the library of another unit does not prove a leaf', async () => {
  const { id: foreign } = await add({}, 'otherOfficer');
  const body = { evidenceId: foreign, linked: true, pageNote: null };
  expect(
    (await app.as('countyOfficer').refused(evaluations.linkEvidence, { params: leafAt(codes[0]!), body })).code,
  ).toBe('thing.notFound');
  const { id: ofSchool } = await add({ title: '校本材料' }, 'clerk');
  const school = { evidenceId: ofSchool, linked: true, pageNote: null };
  expect(
    (await app.as('countyOfficer').refused(evaluations.linkEvidence, { params: leafAt(codes[0]!), body: school }))
      .sentence,
  ).toBe('这份材料不在本评估对象的材料库中，不能对应到它的指标：请先登记到该单位的材料库。');
});

it('the same file at another unit is a hint, and the seats of a leaf read its evidence', async () => {
  const made: string[] = [];
  for (const [who, at] of [
    ['countyOfficer', leafAt(codes[5]!)],
    ['otherOfficer', { evaluationId: scene.subjects[1]!.id, code: codes[5]! }],
  ] as const) {
    const { id: one } = await add({ title: '相同材料', link: at }, who);
    await hang(app, app.as(who), one, '材料.txt', '同一份材料');
    made.push(one);
  }
  await app.runJobs();
  const { resemblances } = await read(made[0]!, 'cityOfficer');
  expect(resemblances).toMatchObject([
    {
      kind: 'same-file',
      evidenceId: made[1],
      title: '相同材料',
      unitName: units.fengze.name,
      year: 2025,
      closeness: '1',
    },
  ]);
  // The subject is told nothing of others.
  expect((await read(made[0]!)).resemblances).toEqual([]);
});

it('what has expired proves nothing, and is found by that', async () => {
  const { id: one, revision } = await add({ title: '消防验收意见', link: leafAt(codes[6]!) });
  await hang(app, app.as('countyOfficer'), one, '意见.txt', '验收合格');
  const params = { evidenceId: one };
  const form = formOf({ title: '消防验收意见' });
  let at = revision;
  const validUntil = async (expiresOn: string) => {
    const body = { ...form, expiresOn, revision: at };
    at = (await app.as('countyOfficer').call(evaluations.editEvidence, { params, body })).revision;
    const { rows: lacks } = await app
      .as('countyOfficer')
      .call(evaluations.missingEvidence, { params: { evaluationId: id } });
    const found = async (expired: 'true' | 'false') =>
      (await app.as('countyOfficer').call(evaluations.listEvidence, { query: { expired } })).rows.some(
        (row) => row.id === one,
      );
    return {
      lacks: lacks.some(({ code }) => code === codes[6]),
      expired: await found('true'),
      valid: await found('false'),
    };
  };
  // Its last day is today.
  expect(await validUntil('2025-10-15')).toEqual({ lacks: false, expired: false, valid: true });
  expect(await validUntil('2025-10-14')).toEqual({ lacks: true, expired: true, valid: false });
});

it('what is sealed is read by no seat, from the moment that it is sealed', async () => {
  const { id: one, revision } = await add({ title: '信访记录', link: leafAt(codes[7]!) });
  await hang(app, app.as('countyOfficer'), one, '信访.txt', '信访');
  const seat = randomUUID();
  await app.owner.query(
    'update evaluation_leaves set seats = array[$3]::uuid[] where evaluation_id = $1 and code = $2',
    [id, codes[7], seat],
  );
  const form = formOf({ title: '信访记录' });
  let at = revision;
  /** Who reads the piece, its link and its file once it has this level. */
  const readersAt = async (confidentiality: 'open' | 'internal' | 'sealed') => {
    const body = { ...form, confidentiality, revision: at };
    const params = { evidenceId: one };
    at = (await app.as('countyOfficer').call(evaluations.editEvidence, { params, body })).revision;
    const { rows } = await app.owner.query(
      `select i.seats as piece, k.seats as link, a.seats as file from evidence_items i
         join evidence_links k on k.evidence_id = i.id
         join attachments a on a.subject_type = 'evidence' and a.subject_id = i.id where i.id = $1`,
      [one],
    );
    return rows;
  };
  const [all, none] = [[seat], []];
  expect(await readersAt('internal')).toEqual([{ piece: all, link: all, file: all }]);
  expect(await readersAt('sealed')).toEqual([{ piece: none, link: none, file: none }]);
  expect(await readersAt('open')).toEqual([{ piece: all, link: all, file: all }]);
  await app.owner.query(`update evaluation_leaves set seats = '{}' where evaluation_id = $1 and code = $2`, [
    id,
    codes[7],
  ]);
});

it('what was handed in stays as it is', async () => {
  await scene.fill(id);
  const params = { evaluationId: id };
  const revision = async () => (await app.as('countyOfficer').call(evaluations.read, { params })).revision;
  await app.as('countyOfficer').call(evaluations.submit, { params, body: { revision: await revision() } });
  const { rows } = await app.as('countyOfficer').call(evaluations.listEvidence, { query: { search: '决算' } });
  const [handedIn] = rows;
  const early = await bring(app, app.as('countyOfficer'), '确认前.txt', new TextEncoder().encode('确认前'));
  const change = { body: { subjectType: 'evidence', subjectId: handedIn!.id, uploadId: early.id } };
  expect((await app.as('countyOfficer').refused(files.attach, change)).code).toBe('evidence.handedIn');
  await app.as('countyDirector').call(evaluations.confirmSelf, { params, body: { revision: await revision() } });
  const form = formOf({ title: '换个名字' });
  const body = { ...form, revision: handedIn!.revision };
  const refused = await app
    .as('countyOfficer')
    .refused(evaluations.editEvidence, { params: { evidenceId: handedIn!.id }, body });
  expect(refused.sentence).toContain('已随自评报送，不能再改');
  const upload = await bring(app, app.as('countyOfficer'), '再传.txt', new TextEncoder().encode('再传'));
  const attach = { body: { subjectType: 'evidence', subjectId: handedIn!.id, uploadId: upload.id } };
  expect((await app.as('countyOfficer').refused(files.attach, attach)).code).toBe('evidence.handedIn');
});

it('whoever comes to judge reads what was linked before, and its files', async () => {
  const seat = randomUUID();
  await app.owner.query(
    `insert into evaluation_reviewers (place_id, evaluation_id, seat_id, subject_place_id, person_id, name, outside, part,
       scores, nodes)
     values ($1, $2, $3, $4, $5, '专家', true, 'expert', true, '{*}')`,
    [units.city.id, id, seat, units.licheng.id, randomUUID()],
  );
  const params = { evaluationId: id };
  const { revision } = await app.as('cityOfficer').call(evaluations.read, { params });
  await app.as('cityOfficer').call(evaluations.receive, { params, body: { revision } });
  const { rows } = await app.owner.query(
    `select count(*)::int as n, count(*) filter (where i.seats @> array[$2]::uuid[] and a.seats @> array[$2]::uuid[])::int as read
       from evidence_links k
       join evidence_items i on i.place_id = k.evidence_place_id and i.id = k.evidence_id
       join attachments a on a.place_id = i.place_id and a.subject_type = 'evidence' and a.subject_id = i.id
      where k.evaluation_id = $1`,
    [id, seat],
  );
  expect(rows[0].n).toBeGreaterThan(0);
  expect(rows[0].read).toBe(rows[0].n);
});

it('after the evaluation was cancelled no seat reads its evidence, its links or its files', async () => {
  const read = async () =>
    (
      await app.owner.query(
        `select count(*) filter (where l.seats <> '{}')::int as leaves, count(*) filter (where k.seats <> '{}')::int as links,
                count(*) filter (where i.seats <> '{}')::int as items, count(*) filter (where a.seats <> '{}')::int as files
           from evidence_links k
           join evaluation_leaves l on l.place_id = k.place_id and l.evaluation_id = k.evaluation_id and l.code = k.code
           join evidence_items i on i.place_id = k.evidence_place_id and i.id = k.evidence_id
           join attachments a on a.place_id = i.place_id and a.subject_type = 'evidence' and a.subject_id = i.id
          where k.evaluation_id = $1`,
        [id],
      )
    ).rows[0];
  expect((await read()).files).toBeGreaterThan(0);
  const campaign = { placeId: units.city.id, id: scene.campaignId };
  await scene.run('evaluations.cancel', { campaign, reason: '今年不办了' });
  expect(await read()).toEqual({ leaves: 0, links: 0, items: 0, files: 0 });
});

describe('a school without an account', () => {
  let own: TestApp;
  let ofSchools: EvaluationScene;
  beforeAll(async () => {
    own = await openTestApp();
    await own.owner.query('update grants set revoked_at = now() where school_id = $1', [schools.neighbour.id]);
    ofSchools = await openEvaluationScene(own, {
      kind: 'school-evaluation',
      subjects: [schoolSubject(schools.junior), schoolSubject(schools.cityManaged), schoolSubject(schools.neighbour)],
    });
    await ofSchools.moveOn('notice');
  });
  afterAll(() => own.close());

  /** The leaves of an evaluation that ask for evidence and have none. */
  async function missingAt(who: 'countyOfficer' | 'cityOfficer', evaluationId: string) {
    const { rows } = await own.as(who).call(evaluations.missingEvidence, { params: { evaluationId } });
    return rows.map(({ code }) => code);
  }

  it.each([
    ['countyOfficer', 0, schools.junior],
    ['cityOfficer', 1, schools.cityManaged],
  ] as const)('has its evidence from the level that runs it: %s', async (who, at, school) => {
    const evaluationId = ofSchools.subjects[at]!.id;
    const person = own.as(who);
    const [code, next] = await missingAt(who, evaluationId);
    const params = { evaluationId, code: code! };
    expect((await person.call(evaluations.leaf, { params })).can.evidence).toBe(true);
    const body = piece({ title: '章程', link: params });
    const { id: made } = await person.call(evaluations.addEvidence, { body });
    await hang(own, person, made, '章程.txt', '学校章程');
    const shown = await person.call(evaluations.readEvidence, { params: { evidenceId: made } });
    expect(shown).toMatchObject({ unitName: school.name, can: { edit: true, attach: true, replace: true } });
    expect(await missingAt(who, evaluationId)).not.toContain(code);
    // The same piece proves another leaf, and is chosen from the library of this school alone.
    const ofLibrary = { query: { libraryOf: evaluationId } };
    expect((await person.call(evaluations.listEvidence, ofLibrary)).rows.map((row) => row.id)).toEqual([made]);
    const link = { evidenceId: made, linked: true, pageNote: null };
    await person.call(evaluations.linkEvidence, { params: { evaluationId, code: next! }, body: link });
    const newer = piece({ title: '章程（修订）', replacesId: made });
    const { id: second } = await person.call(evaluations.addEvidence, { body: newer });
    const { unitName } = await person.call(evaluations.readEvidence, { params: { evidenceId: second } });
    expect(unitName).toBe(school.name);
    const other = who === 'cityOfficer' ? 'otherOfficer' : 'cityOfficer';
    const refused = await own
      .as(other)
      .refused(evaluations.addEvidence, { body: piece({ link: { evaluationId, code: next! } }) });
    expect(refused).toMatchObject({ status: 403, code: 'flow.notYours' });
    const replaced = await own.as(other).refused(evaluations.addEvidence, { body: piece({ replacesId: second }) });
    expect(replaced.code).toBe('evidence.notYours');
  });

  it('keeps a newer version in the library of the older one, also where somebody keeps several', async () => {
    const [at, elsewhere] = [ofSchools.subjects[0]!.id, ofSchools.subjects[2]!.id];
    const [code] = await missingAt('countyOfficer', at);
    const [far] = await missingAt('countyOfficer', elsewhere);
    const officer = own.as('countyOfficer');
    const link = { evaluationId: at, code: code! };
    const { id: made } = await officer.call(evaluations.addEvidence, { body: piece({ link }) });
    const newer = piece({ replacesId: made, link: { evaluationId: elsewhere, code: far! } });
    expect((await officer.refused(evaluations.addEvidence, { body: newer })).code).toBe('evidence.ofAnother');
    const still = await officer.call(evaluations.readEvidence, { params: { evidenceId: made } });
    expect(still).toMatchObject({ unitName: schools.junior.name, replacedBy: null, leaves: 1 });
  });

  it('has it from its own people once it has some', async () => {
    const evaluationId = ofSchools.subjects[0]!.id;
    const [code] = await missingAt('countyOfficer', evaluationId);
    const params = { evaluationId, code: code! };
    const { id: made } = await own.as('countyOfficer').call(evaluations.addEvidence, { body: piece({ link: params }) });
    await own.owner.query(
      `insert into grants (id, person_id, role_key, school_id)
       select gen_random_uuid(), person_id, role_key, $1 from grants where role_key = 'school-clerk' limit 1`,
      [schools.junior.id],
    );
    const officer = own.as('countyOfficer');
    expect((await officer.call(evaluations.leaf, { params })).can.evidence).toBe(false);
    const body = piece({ link: params });
    expect((await officer.refused(evaluations.addEvidence, { body })).status).toBe(403);
    const form = formOf({ title: '改名' });
    const edit = { params: { evidenceId: made }, body: { ...form, revision: 1 } };
    expect((await officer.refused(evaluations.editEvidence, edit)).code).toBe('evidence.notYours');
    const shown = await officer.call(evaluations.readEvidence, { params: { evidenceId: made } });
    expect(shown.can).toEqual({ edit: false, attach: false, replace: false, remove: false });
    const upload = await bring(own, officer, '再传.txt', new TextEncoder().encode('再传'));
    const attach = { body: { subjectType: 'evidence', subjectId: made, uploadId: upload.id } };
    expect((await officer.refused(files.attach, attach)).code).toBe('evidence.notYours');
  });
});
