import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as attachments from '#contract/files/attachments.ts';
import * as home from '#contract/home/home.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import * as notices from '#contract/notices/notices.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as series from '#contract/official-documents/series.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { cast } from '#test/support/cast.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { office } from '#test/support/product/letter-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { inspectorForm, onTheWay, secondDirector } from '#test/support/scenes/inspector-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

describe('an inspector is appointed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());
  const as = (member: keyof typeof cast) => app.as(member);

  it('step by step, by several hands, with the requirements of article 7 shown', async () => {
    const statements = inspectorForm.statements.filter(({ requirement }) => requirement !== 'assessment');
    const publicContact = '责任督学信箱 dudu@licheng.example';
    const at = await as('countyOfficer').call(inspectors.enter, {
      body: { ...inspectorForm, statements, publicContact },
    });
    const params = { inspectorId: at.id };
    const detail = () => as('countyDirector').call(inspectors.read, { params });
    const found = await detail();
    expect(found).toMatchObject({ placeId: units.licheng.id, state: 'draft', employer: schools.junior.name });
    expect(found.publicContact).toBe(publicContact);
    expect(found.requirements.filter(({ standing }) => standing !== 'met').map(({ key }) => key)).toEqual([
      'assessment',
    ]);
    // Of somebody without an account it is recorded where the form on paper lies.
    const unsaid = { params, body: { revision: 1 } };
    expect((await as('countyOfficer').refused(inspectors.recommend, unsaid)).code).toBe('inspector.paperForm');
    const onPaper = { paperForm: '督导室档案 3 号' };
    const recommended = await as('countyOfficer').call(inspectors.recommend, {
      params,
      body: { revision: 1, ...onPaper },
    });
    expect((await detail()).steps.at(-1)!.reason).toBe('没有账号，纸质登记表：督导室档案 3 号');
    const body = { revision: recommended.revision };
    const refused = await as('countyDirector').refused(inspectors.review, { params, body });
    expect(refused.code).toBe('inspector.notEligible');
    expect(refused.sentence).toContain('经教育督导机构考核合格');

    const back = await as('countyDirector').call(inspectors.sendBack, {
      params,
      body: { ...body, reason: '请补考核' },
    });
    const edited = await as('countyOfficer').call(inspectors.edit, {
      params,
      body: { ...inspectorForm, revision: back.revision },
    });
    const again = await as('countyOfficer').call(inspectors.recommend, {
      params,
      body: { revision: edited.revision, ...onPaper },
    });
    const reviewed = await as('countyDirector').call(inspectors.review, { params, body: { revision: again.revision } });
    const second = { params, body: { revision: reviewed.revision } };
    expect((await as('countyDirector').refused(inspectors.confirm, second)).code).toBe('access.sameHand');
    expect((await detail()).can).toMatchObject({ confirm: false, return: true });
    expect((await detail()).signingObstacle).toContain('鲤城主任');
    expect((await detail()).signingObstacle).toContain('可以由市督导复审');
    const confirmed = await as('cityOfficer').call(inspectors.confirm, second);

    const past = { params, body: { revision: confirmed.revision, from: '2025-10-14', to: '2025-10-22' } };
    expect((await as('countyDirector').refused(inspectors.publicise, past)).code).toBe('inspector.publicNoticePast');
    const days = { from: '2025-10-15', to: '2025-10-22' };
    const publicised = await as('countyDirector').call(inspectors.publicise, {
      params,
      body: { revision: confirmed.revision, ...days },
    });
    const term = { from: '2025-10-23', to: '2028-10-22', documentNumber: '泉鲤教督〔2025〕3号' };
    const appointing = { params, body: { revision: publicised.revision, ...term } };
    expect((await as('countyDirector').refused(inspectors.appoint, appointing)).code).toBe(
      'inspector.publicNoticeRunning',
    );
    app.clock.today = '2025-10-23';
    await as('countyDirector').call(inspectors.appoint, appointing);
    app.clock.today = undefined;
    const serving = await detail();
    expect(serving).toMatchObject({ state: 'serving', termFrom: term.from, termTo: term.to, terms: 1 });
    expect(serving.steps.map(({ action }) => action)).toEqual([
      ...['entered', 'recommend', 'return', 'recommend', 'review', 'confirm', 'publicise', 'appoint'],
    ]);
    const { rows } = await app.owner.query(
      `select action from audit_events where object_id = $1 and action like 'inspector.%' order by id`,
      [at.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      ...['entered', 'recommended', 'returned', 'edited', 'recommended', 'reviewed', 'confirmed', 'publicised'].map(
        (done) => `inspector.${done}`,
      ),
      'inspector.appointed',
    ]);
  });

  it('whoever comes with an older form is told who changed it; the same form changes nothing', async () => {
    const { id, revision } = await onTheWay(app, 'draft', { name: '陈督学', certificateNumber: null });
    const params = { inspectorId: id };
    const form = { ...inspectorForm, name: '陈督学', certificateNumber: null };
    const same = { params, body: { ...form, revision } };
    expect((await as('countyOfficer').refused(inspectors.edit, same)).code).toBe('thing.nothingChanges');
    const changed = { params, body: { ...form, post: '校长', revision } };
    await as('countyDirector').call(inspectors.edit, changed);
    const late = await as('countyOfficer').refused(inspectors.edit, changed);
    expect(late.code).toBe('thing.changed');
    expect(late.sentence).toContain('鲤城主任');
  });

  it('a change of somebody in office stands in the history by name, and in the audit with both values', async () => {
    const form = { name: '郑督学', certificateNumber: null };
    const { id, revision } = await onTheWay(app, 'serving', form);
    const params = { inspectorId: id };
    const posts = [
      { body: { written: schools.first.name, unitId: null, schoolId: null }, post: '教师', from: null, leftOn: null },
    ];
    const body = { ...inspectorForm, ...form, post: '校长', posts, revision };
    await as('countyOfficer').call(inspectors.edit, { params, body });
    const { steps } = await as('countyDirector').call(inspectors.read, { params });
    expect(steps.at(-1)).toMatchObject({
      ...{ action: 'edit', title: '修改登记表', from: 'serving', to: 'serving', reason: '职务、任职经历' },
    });
    const { rows } = await app.owner.query(
      `select before, after from audit_events where object_id = $1 and action = 'inspector.edited'`,
      [id],
    );
    expect(rows).toMatchObject([{ before: { officialPost: '副校长' }, after: { officialPost: '校长' } }]);
  });

  it('whoever is in office keeps the kind that was reviewed and announced', async () => {
    const expert = { kind: 'expert' as const, certificateNumber: null, name: '专家督学' };
    const { id, revision } = await onTheWay(app, 'serving', expert);
    const params = { inspectorId: id };
    const body = { ...inspectorForm, ...expert, revision };
    const other = { params, body: { ...body, kind: 'responsible' as const, certificateNumber: '闽督2025055' } };
    expect(await as('countyOfficer').refused(inspectors.edit, other)).toMatchObject({
      ...{ code: 'inspector.kindServing', sentence: expect.stringContaining('先办理离任') },
    });
    await as('countyOfficer').call(inspectors.edit, { params, body: { ...body, post: '教授' } });
    // The way out: the entry begins anew, and the other kind goes all the way.
    const at = (await as('countyDirector').call(inspectors.read, { params })).revision;
    const ended = await as('countyDirector').call(inspectors.end, {
      params,
      body: { revision: at, reason: '改任责任督学' },
    });
    const reason = '按责任督学重新登记';
    const again = await as('countyOfficer').call(inspectors.reopen, {
      params,
      body: { revision: ended.revision, reason },
    });
    const anew = { params, body: { ...other.body, revision: again.revision } };
    expect((await as('countyOfficer').call(inspectors.edit, anew)).state).toBe('draft');
  });

  it('nobody is appointed again against a requirement that is not met; what nobody knows bars nothing', async () => {
    const { id, revision } = await onTheWay(app, 'serving', { certificateNumber: null, name: '续聘督学' });
    const params = { inspectorId: id };
    const statements = inspectorForm.statements.map((one) =>
      one.requirement === 'assessment' ? { ...one, met: false, basis: '2027 年考核不合格' } : one,
    );
    const form = { ...inspectorForm, certificateNumber: null, name: '续聘督学' };
    const failed = await as('countyOfficer').call(inspectors.edit, { params, body: { ...form, statements, revision } });
    const term = { from: '2028-10-15', to: '2031-10-14', documentNumber: null, reason: null };
    const renewing = (at: number) => ({ params, body: { ...term, revision: at } });
    expect(await as('countyDirector').refused(inspectors.renew, renewing(failed.revision))).toMatchObject({
      ...{ code: 'inspector.notRenewable', sentence: expect.stringContaining('经教育督导机构考核合格') },
    });
    // The act is offered, and its refusal says what is lacking.
    expect((await as('countyDirector').call(inspectors.read, { params })).can.renew).toBe(true);
    const unsaid = statements.filter(({ requirement }) => requirement !== 'assessment');
    const unknown = { params, body: { ...form, statements: unsaid, revision: failed.revision } };
    const open = await as('countyOfficer').call(inspectors.edit, unknown);
    await as('countyDirector').call(inspectors.renew, renewing(open.revision));
  });

  it('a certificate number is used once at a place, and a fourth term in a row needs a reason', async () => {
    const certificateNumber = '闽督2025009';
    const { id } = await onTheWay(app, 'serving', { certificateNumber });
    const body = { ...inspectorForm, certificateNumber };
    expect((await as('countyOfficer').refused(inspectors.enter, { body })).code).toBe('inspector.certificateTaken');
    const params = { inspectorId: id };
    const renew = async (from: string, to: string, reason: string | null = null) => {
      const { revision } = await as('countyDirector').call(inspectors.read, { params });
      return { params, body: { revision, from, to, documentNumber: null, reason } };
    };
    const early = await as('countyDirector').refused(inspectors.renew, await renew('2028-10-14', '2031-10-13'));
    expect(early.code).toBe('inspector.termDays');
    const long = await as('countyDirector').refused(inspectors.renew, await renew('2028-10-15', '2031-10-15'));
    expect(long.sentence).toContain('最迟到 2031-10-14');
    await as('countyDirector').call(inspectors.renew, await renew('2028-10-15', '2031-10-14'));
    await as('countyDirector').call(inspectors.renew, await renew('2031-10-15', '2034-10-14'));
    const fourth = await renew('2034-10-15', '2037-10-14');
    expect((await as('countyDirector').refused(inspectors.renew, fourth)).code).toBe('inspector.beyondTerms');
    await as('countyDirector').call(inspectors.renew, await renew('2034-10-15', '2037-10-14', '全县督学紧缺'));
    const { terms, warnings } = await as('countyDirector').call(inspectors.read, { params });
    expect(terms).toBe(4);
    expect(warnings[0]).toContain('超过 3 个任期');
  });

  it('a term without an end is not renewed', async () => {
    const { id, revision } = await onTheWay(app, 'serving', { certificateNumber: null });
    await app.owner.query(`update inspectors set kind = 'full-time' where id = $1`, [id]);
    await app.owner.query(`update inspector_terms set to_day = null where inspector_id = $1`, [id]);
    const params = { inspectorId: id };
    expect((await as('countyDirector').call(inspectors.read, { params })).can.renew).toBe(false);
    const body = { revision, from: '2030-01-01', to: null, documentNumber: null };
    expect((await as('countyDirector').refused(inspectors.renew, { params, body })).code).toBe('inspector.termEndless');
  });

  it('two forms with one certificate that come at once: one is kept, the other is told', async () => {
    const body = { ...inspectorForm, certificateNumber: '闽督2025777' };
    const answers = await Promise.allSettled([1, 2].map(() => as('countyOfficer').call(inspectors.enter, { body })));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await as('countyOfficer').refused(inspectors.enter, { body })).code).toBe('inspector.certificateTaken');
  });

  it('leaves with a reason, and may be entered anew', async () => {
    const { id, revision } = await onTheWay(app, 'serving', { certificateNumber: null });
    const params = { inspectorId: id };
    const ended = await as('countyDirector').call(inspectors.end, { params, body: { revision, reason: '本人申请' } });
    const { termList, can } = await as('countyOfficer').call(inspectors.read, { params });
    expect(termList.map(({ endedOn }) => endedOn)).toEqual(['2025-10-15']);
    expect(can.reopen).toBe(true);
    const again = await as('countyOfficer').call(inspectors.reopen, {
      params,
      body: { revision: ended.revision, reason: '重新聘任' },
    });
    expect(again.state).toBe('draft');
  });

  it('papers come once, and only those that are due', async () => {
    const { id } = await onTheWay(app, 'serving', { certificateNumber: null });
    await app.owner.query(`update inspectors set appointed_on = '2025-09-01' where id = $1`, [id]);
    const params = { inspectorId: id };
    const read = () => as('countyOfficer').call(inspectors.read, { params });
    expect((await read()).papers.map(({ paper, dueOn, handedOn }) => [paper, dueOn, handedOn])).toEqual([
      ['plan', '2025-09-30', null],
    ]);
    const plan = { paper: 'plan' as const, schoolYear: 2025, half: 'autumn' as const, body: '本学期督导计划' };
    const empty = await as('countyOfficer').refused(inspectors.handPaper, { params, body: { ...plan, body: '' } });
    expect(empty.code).toBe('inspector.paperEmpty');
    await as('countyOfficer').call(inspectors.handPaper, { params, body: plan });
    expect((await read()).papers).toMatchObject([{ paper: 'plan', handedOn: '2025-10-15', handedBy: '鲤城督导' }]);
    const twice = await as('countyOfficer').refused(inspectors.handPaper, { params, body: plan });
    expect(twice.code).toBe('inspector.paperHanded');
    const other = await as('countyOfficer').refused(inspectors.handPaper, {
      params,
      body: { ...plan, half: 'spring' as const },
    });
    expect(other.code).toBe('inspector.paperNotDue');
  });

  it('a paper that never came is seen and can come however long ago its day was', async () => {
    const { id } = await onTheWay(app, 'serving', { certificateNumber: null, name: '缺材料督学' });
    await app.owner.query(`update inspectors set appointed_on = '2023-09-01' where id = $1`, [id]);
    const params = { inspectorId: id };
    const missing = async () =>
      (await as('countyOfficer').call(inspectors.read, { params })).papers
        .filter(({ handedOn }) => handedOn === null)
        .map(({ dueOn }) => dueOn);
    const first = '2023-09-30';
    expect(await missing()).toEqual([
      ...[first, '2024-01-31', '2024-03-15', '2024-07-15', '2024-09-30', '2025-01-31', '2025-03-15', '2025-07-15'],
      '2025-09-30',
    ]);
    const late = { paper: 'plan' as const, schoolYear: 2023, half: 'autumn' as const, body: '补交：2023 年秋季计划' };
    await as('countyOfficer').call(inspectors.handPaper, { params, body: late });
    expect(await missing()).not.toContain(first);
    const before = { ...late, schoolYear: 2022 };
    expect((await as('countyOfficer').refused(inspectors.handPaper, { params, body: before })).code).toBe(
      'inspector.paperNotDue',
    );
  });

  it('the person hands in a paper as a file too, wherever the entry lies, and nobody else does', async () => {
    const account = { username: 'citymanagedhead', name: cast.cityManagedHead.name, certificateNumber: null };
    const { id } = await onTheWay(app, 'serving', account);
    await app.owner.query(`update inspectors set appointed_on = '2025-09-01' where id = $1`, [id]);
    const params = { inspectorId: id };
    const person = as('cityManagedHead');
    const plan = { paper: 'plan' as const, schoolYear: 2025, half: 'autumn' as const, body: '' };
    const empty = await person.refused(inspectors.handOwnPaper, { params, body: plan });
    expect(empty.code).toBe('inspector.paperEmpty');
    const brought = async (by: typeof person) =>
      (await bring(app, by, '学期计划.txt', new TextEncoder().encode('第一周入校督导'))).id;
    const foreign = { params, body: { ...plan, uploadId: await brought(as('countyOfficer')) } };
    expect((await person.refused(inspectors.handOwnPaper, foreign)).code).toBe('file.notWhole');
    const own = { params, body: { ...plan, uploadId: await brought(person) } };
    expect((await as('head').refused(inspectors.handOwnPaper, own)).code).toBe('thing.notFound');
    // It finds no room where as many files hang as an entry takes.
    await app.owner.query(
      `insert into attachments (place_id, id, subject_type, subject_id, part, file_hash, name, size, media_type, added_by, added_by_name, position)
       select $2, gen_random_uuid(), 'inspector', $1, 'x' || n, u.hash, 'x', 1, 'text/plain', 'x', 'x', n
         from uploads u, generate_series(1, 200) n where u.id = $3`,
      [id, units.licheng.id, own.body.uploadId],
    );
    expect((await person.refused(inspectors.handOwnPaper, own)).sentence).toContain('附件');
    await app.owner.query(`delete from attachments where subject_id = $1 and name = 'x'`, [id]);
    const handed = await person.call(inspectors.handOwnPaper, own);
    expect(handed.papers[0]).toMatchObject({ handedOn: '2025-10-15', body: '', files: ['学期计划.txt'] });
    // The office opens it among the files of the entry.
    const query = { subjectType: 'inspector', subjectId: id };
    const { rows } = await as('countyOfficer').call(attachments.list, { query });
    expect(rows.map(({ name, part }) => [name, part])).toEqual([['学期计划.txt', 'plan 2025 autumn']]);
    // It is recorded as every file is, and one whose content the night removed is named no more.
    const { rows: kept } = await app.owner.query(
      `select place_id as place, after from audit_events where action = 'attachment.attached' and object_id = $1`,
      [rows[0]!.id],
    );
    const after = { fileName: '学期计划.txt', subjectType: 'inspector', subjectId: id, size: rows[0]!.size };
    expect(kept).toEqual([{ place: units.licheng.id, after }]);
    await app.owner.query(
      `update attachments set sensitive = 'minor', purpose = 'x', keep_until = '2025-10-14', openers = 'reach', period_written_at = now(),
         removed_at = now(), removed_by = 'x' where id = $1`,
      [rows[0]!.id],
    );
    const entry = await as('countyOfficer').call(inspectors.read, { params });
    expect(entry.papers[0]).toMatchObject({ files: [] });
  });

  it('a letter of appointment is drafted once for a term, tied to the inspector', async () => {
    const { id } = await onTheWay(app, 'serving', { certificateNumber: null, name: '聘书督学' });
    const params = { inspectorId: id };
    const { letterId } = await as('countyDirector').call(inspectors.letter, { params });
    await app.runJobs();
    expect(await as('countyDirector').call(inspectors.letter, { params })).toMatchObject({ letterId });
    await app.runJobs();
    const letter = await as('countyDirector').call(letters.read, { params: { letterId } });
    expect(letter).toMatchObject({ kind: 'appointment', title: '聘书（聘书督学）', state: 'draft' });
    expect(JSON.stringify(letter)).toContain('兹聘任聘书督学同志为责任督学，任期自2025年10月15日起至2028年10月14日');
    const { rows } = await as('countyDirector').call(letters.list, {
      query: { search: '聘书（聘书督学）', pageSize: 50 },
    });
    expect(rows).toHaveLength(1);
  });

  it('whoever works full time is appointed by the government and gets no letter of engagement', async () => {
    const form = { kind: 'full-time' as const, certificateNumber: null, name: '专职督学' };
    const { id } = await onTheWay(app, 'serving', form);
    const params = { inspectorId: id };
    expect((await as('countyDirector').call(inspectors.read, { params })).can.letter).toBe(false);
    const refused = await as('countyDirector').refused(inspectors.letter, { params });
    expect(refused).toMatchObject({
      code: 'inspector.letterFullTime',
      sentence: expect.stringContaining('人民政府任命'),
    });
  });

  it('a county with one director finishes the letter: the officer sends it, and all are told by name', async () => {
    const { id } = await onTheWay(app, 'serving', { certificateNumber: null, name: '结尾督学' });
    const params = { inspectorId: id };
    await as('countyDirector').call(series.openSeries, { body: { code: '鲤教督', ...office } });
    const { letterId, way } = await as('countyOfficer').call(inspectors.letter, { params });
    expect(way).toBe(
      '聘书由鲤城督导送审，鲤城主任审核、签发，鲤城督导编号印发；能签发的只有鲤城主任，请鲤城主任不要自己修改或送审。',
    );
    expect((await as('countyDirector').call(inspectors.read, { params })).letterWay).toBe(way);
    expect((await as('cityOfficer').call(inspectors.read, { params })).letterWay).toBeNull();
    await app.runJobs();
    const at = (revision: number) => ({ params: { letterId }, body: { revision } });
    const standing = await as('countyDirector').call(letters.read, { params: { letterId } });
    expect(standing.lostByChange).toEqual(['审核', '签发']);
    const { revision } = await as('countyOfficer').call(letters.read, { params: { letterId } });
    await as('countyOfficer').call(letters.submit, at(revision));
    await as('countyDirector').call(letters.check, at(revision + 1));
    await as('countyDirector').call(letters.sign, at(revision + 2));
    const issued = await as('countyOfficer').call(letters.issue, at(revision + 3));
    expect(issued.state).toBe('issued');
  });
});

describe('what can be taken back', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());
  const stateOf = async (id: string) => {
    const params = { inspectorId: id };
    return app.as('countyDirector').call(inspectors.read, { params });
  };

  it('a review, a return and the end of an appointment that was not announced: by the same hand, and once', async () => {
    const { id, revision } = await onTheWay(app, 'recommended', { name: '撤销督学', certificateNumber: null });
    const params = { inspectorId: id };
    const director = app.as('countyDirector');
    const undo = (action: 'review' | 'return' | 'withdraw') => ({ params, body: { action } });
    const reviewed = await director.call(inspectors.review, { params, body: { revision } });
    expect((await app.as('countyOfficer').refused(inspectors.undo, undo('review'))).code).toBe('access.denied');
    expect((await (await secondDirector(app)).refused(inspectors.undo, undo('review'))).code).toBe('undo.notYours');
    const back = await director.call(inspectors.undo, undo('review'));
    expect(back).toMatchObject({ state: 'recommended', revision: reviewed.revision + 1 });
    expect((await director.refused(inspectors.undo, undo('review'))).code).toBe('undo.overtaken');
    // What was taken back signs nothing: the same hand reviews.
    const again = await director.call(inspectors.review, { params, body: { revision: back.revision } });
    await director.call(inspectors.undo, undo('review'));
    const reason = '条件没有核实';
    await director.call(inspectors.withdraw, { params, body: { revision: again.revision + 1, reason } });
    await director.call(inspectors.undo, undo('withdraw'));
    const standing = await stateOf(id);
    expect(standing).toMatchObject({ state: 'recommended', reason: null });
    expect(standing.steps.at(-1)!.title).toBe('撤销“撤销”');
    app.clock.now = new Date(app.clock.now.getTime() + 120_000);
    await director.call(inspectors.sendBack, { params, body: { revision: standing.revision, reason } });
    app.clock.now = new Date(app.clock.now.getTime() + 120_000);
    expect((await director.refused(inspectors.undo, undo('return'))).code).toBe('undo.tooLate');
  });

  it('a return brings the days of the public notice back, and the person is told', async () => {
    const account = { username: 'foreignhead', name: cast.foreignHead.name, certificateNumber: null };
    const { id, revision } = await onTheWay(app, 'publicised', account);
    const params = { inspectorId: id };
    const director = app.as('countyDirector');
    await director.call(inspectors.sendBack, { params, body: { revision, reason: '公示期间有异议' } });
    expect((await stateOf(id)).publicNoticeTo).toBeNull();
    await director.call(inspectors.undo, { params, body: { action: 'return' } });
    expect(await stateOf(id)).toMatchObject({ state: 'publicised', publicNoticeTo: '2025-10-08' });
    const { rows } = await app.as('foreignHead').call(notices.list, { query: {} });
    expect(rows.map(({ kind }) => kind)).toContain('inspector.returnUndone');
  });
});

describe('the register of a place', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
    await onTheWay(app, 'serving', { name: '张一', certificateNumber: '001' });
    await onTheWay(app, 'reviewed', { name: '李二', certificateNumber: '002', kind: 'specially-invited' });
    await app.as('otherDirector').call(inspectors.enter, { body: { ...inspectorForm, name: '王三' } });
    await app.as('cityOfficer').call(inspectors.enter, { body: { ...inspectorForm, name: '赵专', kind: 'expert' } });
  });
  afterAll(() => app.close());
  const names = async (member: keyof typeof cast, query: object = {}) =>
    (await app.as(member).call(inspectors.list, { query })).rows.map(({ name }) => name);

  it('is read by its place and the city, filtered, searched and sorted', async () => {
    expect(await names('cityOfficer')).toEqual(['赵专', '李二', '张一', '王三']);
    expect(await names('countyOfficer')).toEqual(['李二', '张一']);
    expect(await names('otherOfficer')).toEqual(['王三']);
    expect(await names('sectionOfficer', { kind: 'expert' })).toEqual(['赵专']);
    expect(await names('cityOfficer', { unitId: units.licheng.id, sort: '-name' })).toEqual(['张一', '李二']);
    expect(await names('cityOfficer', { search: 'zhangyi' })).toEqual(['张一']);
    expect(await names('cityOfficer', { state: 'serving' })).toEqual(['张一']);
    for (const member of ['head', 'inspector', 'expert', 'roleless'] as const) {
      expect((await app.as(member).refused(inspectors.list)).code).toMatch(/^access\./);
    }
  });

  it('is narrowed by how the term stands and whether there is a certificate, in the list and in the file', async () => {
    const term = (to: string) =>
      app.owner.query(
        `update inspector_terms t set to_day = $1 from inspectors i where i.id = t.inspector_id and i.name = '张一'`,
        [to],
      );
    expect(await names('countyOfficer', { term: 'running' })).toEqual(['张一']);
    expect(await names('countyOfficer', { term: 'expiring' })).toEqual([]);
    await term('2025-11-01');
    expect(await names('countyOfficer', { term: 'expiring' })).toEqual(['张一']);
    await term('2025-10-15');
    expect(await names('countyOfficer', { term: 'expiring' })).toEqual(['张一']);
    await app.owner.query(`update inspector_terms set from_day = '2024-01-01', to_day = '2025-10-14'`);
    expect(await names('countyOfficer', { term: 'expired' })).toEqual(['张一']);
    const file = await app.as('countyOfficer').call(inspectors.workbook, { query: { term: 'expired' } });
    const sheet = (await loadBook(file.body)).worksheets[0]!;
    expect(sheet.getRow(3).values).toContain('任期已满');
    await app.owner.query(`update inspector_terms set from_day = '2025-10-15', to_day = '2028-10-14'`);
    expect(await names('countyOfficer', { certificate: 'without' })).toEqual([]);
    expect(await names('countyOfficer', { certificate: 'with' })).toEqual(['李二', '张一']);
  });

  it('goes into a workbook as the list shows it', async () => {
    const file = await app.as('cityOfficer').call(inspectors.workbook, { query: { sort: '-name', search: '鲤城' } });
    const none = await loadBook(file.body);
    expect(none.worksheets[0]!.rowCount).toBe(2);
    const all = await app.as('countyOfficer').call(inspectors.workbook, { query: { sort: '-name' } });
    const sheet = (await loadBook(all.body)).worksheets[0]!;
    expect([3, 4].map((row) => sheet.getRow(row).getCell(2).value)).toEqual(['张一', '李二']);
  });

  it('what keeps somebody away is read by whoever keeps the register, here or at the city, and is in no audit row', async () => {
    const relations = [
      {
        ...{ relative: 'child' as const, tie: 'studies' as const, post: '', note: '', until: null },
        body: { written: schools.first.name, unitId: null, schoolId: null },
      },
    ];
    const named = { relations: [{ ...relations[0]!, note: '三年级二班 张小某' }] };
    const refused = await app.as('countyOfficer').refused(inspectors.enter, { body: { ...inspectorForm, ...named } });
    expect(refused.code).toBe('inspector.childPost');
    const place = { written: '女儿林小丫，三年级2班', unitId: null, schoolId: null };
    const nowhere = { ...inspectorForm, relations: [{ ...relations[0]!, body: place }] };
    expect((await app.as('countyOfficer').refused(inspectors.enter, { body: nowhere })).code).toBe(
      'inspector.childPost',
    );
    const { id, revision } = await onTheWay(app, 'draft', { name: '孙四', certificateNumber: null, relations });
    const params = { inspectorId: id };
    const sealed = async (member: keyof typeof cast) =>
      (await app.as(member).call(inspectors.read, { params })).relations;
    expect((await sealed('countyOfficer'))?.[0]?.body.schoolId).toBe(schools.first.id);
    expect(await sealed('cityOfficer')).toHaveLength(1);
    expect(await sealed('sectionOfficer')).toBeNull();
    const query = { schoolId: schools.first.id };
    const { grounds } = await app.as('cityOfficer').call(inspectors.avoidance, { params, query });
    expect(grounds).toMatchObject([{ case: 'family', effect: 'block', reason: '子女在此就读：示例第一小学' }]);
    expect((await app.as('sectionOfficer').refused(inspectors.avoidance, { params, query })).code).toBe(
      'access.denied',
    );
    const body = { ...inspectorForm, name: '孙四', certificateNumber: null, revision };
    await app.as('countyOfficer').call(inspectors.edit, { params, body });
    const { rows } = await app.owner.query(
      `select fields, before::text || after::text as said from audit_events where object_id = $1`,
      [id],
    );
    expect(rows.some(({ fields }) => fields.includes('relations'))).toBe(true);
    expect(rows.filter(({ said }) => said?.includes(schools.first.name))).toEqual([]);
  });

  it('a chosen body bears the name of the register, and one that stands in none is to be looked at', async () => {
    const works = { relative: 'spouse' as const, tie: 'works' as const, post: '', note: '', until: null };
    const relations = [
      { ...works, body: { written: schools.first.name, unitId: null, schoolId: schools.junior.id } },
      { ...works, body: { written: '某某培训中心', unitId: null, schoolId: null } },
    ];
    const employer = { written: '', unitId: null, schoolId: null };
    const form = { name: '钱五', certificateNumber: null, relations, employer };
    const { id } = await onTheWay(app, 'draft', form);
    const params = { inspectorId: id };
    const found = await app.as('countyOfficer').call(inspectors.read, { params });
    expect(found.relations?.map(({ body }) => body.written)).toEqual([schools.junior.name, '某某培训中心']);
    const query = { schoolId: schools.first.id };
    const checked = await app.as('countyOfficer').call(inspectors.avoidance, { params, query });
    expect(checked).toMatchObject({ unlinked: ['某某培训中心'], grounds: [] });
    await app.owner.query(`update inspectors set state = 'withdrawn', reason = '测试' where id = $1`, [id]);
  });

  it('lines of work lead to lists of as many, and whoever signed before has none', async () => {
    const lines = async (person: { call: TestApp['stranger']['call'] }) =>
      Object.fromEntries(
        (await person.call(home.overview, { query: {} })).work
          .filter(({ kind }) => kind.startsWith('inspectors.'))
          .map(({ kind, count }) => [kind.slice(11), count]),
      );
    expect(await lines(app.as('cityOfficer'))).toEqual({ recommend: 1, confirm: 1 });
    expect(await lines(app.as('countyDirector'))).toEqual({ recommend: 1 });
    expect(await lines(await secondDirector(app))).toEqual({ recommend: 1, confirm: 1 });
    expect(await names('cityOfficer', { waiting: 'confirm' })).toEqual(['李二']);
    expect(await lines(app.as('sectionOfficer'))).toEqual({});
  });
});

describe('the own form', () => {
  let app: TestApp;
  let id: string;
  beforeAll(async () => {
    app = await openTestApp();
    const account = { username: 'foreignhead', name: cast.foreignHead.name };
    ({ id } = await onTheWay(app, 'draft', account));
  });
  afterAll(() => app.close());
  const {
    kind: _,
    name: __,
    certificateNumber: ___,
    recommendedBy: ____,
    statements: _____,
    username: ______,
    ...ownForm
  } = inspectorForm;

  it('is filled by whoever bears the account and the name, at whatever place, and by nobody else', async () => {
    const params = { inspectorId: id };
    const person = app.as('foreignHead');
    const { rows } = await person.call(notices.list, { query: {} });
    expect(rows.map(({ kind }) => kind)).toContain('inspector.formAsked');
    const { work } = await person.call(home.overview, { query: {} });
    expect(work.find(({ kind }) => kind === 'inspectors.form')).toMatchObject({ count: 1, subject: id });
    const own = await person.call(inspectors.own, { params });
    const found = await person.call(inspectors.ownBodies, { params, query: { search: schools.first.name } });
    expect(found.rows[0]).toMatchObject({ written: schools.first.name, schoolId: schools.first.id });
    const others = { params, query: { search: '' } };
    expect((await app.as('head').refused(inspectors.ownBodies, others)).code).toBe('thing.notFound');
    const { figures } = await person.call(home.overview, { query: {} });
    expect(figures).toContainEqual({ key: 'inspectors.own', count: 1 });
    expect((await person.call(inspectors.mine)).rows.map((row) => row.id)).toEqual([id]);
    // Of several the line opens the list of the own entries, and none of them.
    const account = { username: 'foreignhead', name: cast.foreignHead.name, kind: 'expert' as const };
    const atCity = await app.as('cityOfficer').call(inspectors.enter, { body: { ...inspectorForm, ...account } });
    const both = (await person.call(home.overview, { query: {} })).work.find(({ kind }) => kind === 'inspectors.form');
    expect(both).toMatchObject({ count: 2, subject: null });
    const { rows: listed } = await person.call(inspectors.mine);
    expect(listed.map((row) => row.id).sort()).toEqual([id, atCity.id].sort());
    await app.owner.query('delete from inspectors where id = $1', [atCity.id]);
    expect((await app.as('head').call(inspectors.mine)).rows).toEqual([]);
    expect(own).toMatchObject({ mayFill: true, placeId: units.licheng.id });
    // Nobody is recommended before he has filled in his own form.
    const early = { params, body: { revision: own.revision } };
    const refused = await app.as('countyOfficer').refused(inspectors.recommend, early);
    expect(refused).toMatchObject({ code: 'inspector.notFilled', sentence: expect.stringContaining(own.name) });
    const body = { ...ownForm, post: '校长', revision: own.revision };
    const filled = await person.call(inspectors.fill, { params, body });
    expect(filled).toMatchObject({ post: '校长', filledOn: '2025-10-15' });
    for (const member of ['head', 'cityOfficer', 'roleless'] as const) {
      expect((await app.as(member).refused(inspectors.own, { params })).code).toBe('thing.notFound');
      expect((await app.as(member).refused(inspectors.fill, { params, body })).code).toBe('thing.notFound');
    }
    const { revision } = await app.as('countyOfficer').call(inspectors.read, { params });
    await app.as('countyOfficer').call(inspectors.recommend, { params, body: { revision } });
    const late = await person.refused(inspectors.fill, { params, body: { ...body, revision: revision + 1 } });
    expect(late.code).toBe('inspector.formClosed');
    expect((await person.refused(inspectors.ownBodies, others)).code).toBe('inspector.formClosed');
  });

  it('is asked again of the person when the office changes what the person filled in, or links another', async () => {
    const account = { username: 'citymanagedhead', name: cast.cityManagedHead.name, certificateNumber: null };
    const entry = await onTheWay(app, 'draft', account);
    const params = { inspectorId: entry.id };
    const officer = app.as('countyOfficer');
    const read = () => officer.call(inspectors.read, { params });
    const fills = async (person: keyof typeof cast) =>
      app.as(person).call(inspectors.fill, { params, body: { ...ownForm, revision: (await read()).revision } });
    const edits = async (change: object) => {
      const { revision } = await read();
      return officer.call(inspectors.edit, { params, body: { ...inspectorForm, ...account, ...change, revision } });
    };
    await fills('cityManagedHead');
    // What the office alone fills in stands in the history, and the form stays as the person filled it.
    await edits({ recommendedBy: '鲤城区政府' });
    expect(await read()).toMatchObject({ filledOn: '2025-10-15' });
    expect((await read()).steps.at(-1)).toMatchObject({
      action: 'edit',
      from: 'draft',
      to: 'draft',
      reason: '推荐单位',
    });
    await edits({ recommendedBy: '鲤城区政府', educationYears: 31 });
    const changed = await read();
    expect(changed).toMatchObject({ filledOn: null, educationYears: 31 });
    expect(changed.steps.at(-1)).toMatchObject({ action: 'edit', reason: '教育工作年限' });
    const { rows } = await app.as('cityManagedHead').call(notices.list, { query: {} });
    expect(rows.filter(({ kind }) => kind === 'inspector.formAsked')).toHaveLength(2);
    const early = { params, body: { revision: changed.revision } };
    expect((await officer.refused(inspectors.recommend, early)).code).toBe('inspector.notFilled');
    // The same form, saved again by the person, is the person's word.
    const own = await app.as('cityManagedHead').call(inspectors.own, { params });
    expect(own.educationYears).toBe(31);
    const same = { ...ownForm, educationYears: 31, revision: own.revision };
    expect((await app.as('cityManagedHead').call(inspectors.fill, { params, body: same })).filledOn).toBe('2025-10-15');
    // Another person has filled in nothing.
    await edits({ username: 'head', name: cast.head.name, recommendedBy: '鲤城区政府', educationYears: 31 });
    const relinked = await read();
    expect(relinked).toMatchObject({ filledOn: null });
    const late = { params, body: { revision: relinked.revision } };
    expect((await officer.refused(inspectors.recommend, late)).code).toBe('inspector.notFilled');
  });

  it('whoever is in office declares what keeps him away since; the office is told, and no older form takes it back', async () => {
    const person = app.as('cityManagedHead');
    await app.owner.query(`update inspectors set state = 'withdrawn', reason = 'x' where person_id = $1`, [
      person.personId,
    ]);
    const form = { username: 'citymanagedhead', name: cast.cityManagedHead.name, certificateNumber: null };
    const entry = await onTheWay(app, 'serving', form);
    const params = { inspectorId: entry.id };
    const declared = {
      ...{ relative: 'child' as const, tie: 'studies' as const, post: '', note: '', until: null },
      body: { written: schools.first.name, unitId: null, schoolId: null },
    };
    expect((await app.as('head').refused(inspectors.declare, { params, body: declared })).code).toBe('thing.notFound');
    const named = { ...declared, note: '三年级' };
    expect((await person.refused(inspectors.declare, { params, body: named })).code).toBe('inspector.childPost');
    const found = await person.call(inspectors.ownBodies, { params, query: { search: schools.first.name } });
    expect(found.rows[0]).toMatchObject({ schoolId: schools.first.id });
    const own = await person.call(inspectors.declare, { params, body: declared });
    expect(own.relations).toMatchObject([{ relative: 'child', body: { schoolId: schools.first.id } }]);
    const conflict = { relative: 'self' as const, tie: 'conflict' as const, post: '', note: '合作办学', until: null };
    const body = { written: '某某培训中心', unitId: null, schoolId: null };
    const again = await person.call(inspectors.declare, { params, body: { ...conflict, body } });
    expect(again.relations).toHaveLength(2);
    const officer = app.as('countyOfficer');
    const query = { schoolId: schools.first.id };
    const { grounds } = await officer.call(inspectors.avoidance, { params, query });
    expect(grounds).toMatchObject([{ case: 'family', effect: 'block' }]);
    const { rows } = await officer.call(notices.list, { query: {} });
    expect(rows.filter(({ kind }) => kind === 'inspector.declared')).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(schools.first.name);
    const { rows: kept } = await app.owner.query(
      `select fields, after::text as said from audit_events where object_id = $1 and action = 'inspector.declared'`,
      [entry.id],
    );
    expect(kept.map(({ fields }) => fields)).toEqual([['relations'], ['relations']]);
    expect(kept.filter(({ said }) => said.includes(schools.first.name))).toEqual([]);
    // The office had the form open before: it is told who changed it since.
    const older = { params, body: { ...inspectorForm, ...form, post: '主任', revision: entry.revision } };
    expect(await officer.refused(inspectors.edit, older)).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringContaining(cast.cityManagedHead.name) },
    });
    await app.owner.query(`update inspectors set state = 'draft' where id = $1`, [entry.id]);
    expect((await person.refused(inspectors.declare, { params, body: declared })).code).toBe('inspector.declareClosed');
  });

  it('who is entered anew fills the form again', async () => {
    const account = { username: 'cityofficer', name: cast.cityOfficer.name, certificateNumber: null };
    const { id, revision } = await onTheWay(app, 'draft', account);
    const params = { inspectorId: id };
    await app.as('cityOfficer').call(inspectors.fill, { params, body: { ...ownForm, post: '科长', revision } });
    const read = () => app.as('countyOfficer').call(inspectors.read, { params });
    const left = { params, body: { revision: (await read()).revision, reason: '本人申请' } };
    const gone = await app.as('countyOfficer').call(inspectors.withdraw, left);
    const again = { params, body: { revision: gone.revision, reason: '重新推荐' } };
    await app.as('countyOfficer').call(inspectors.reopen, again);
    expect(await read()).toMatchObject({ state: 'draft', filledOn: null });
  });

  it('holds forty relations and no more', async () => {
    const person = app.as('cityManagedHead');
    await app.owner.query(`delete from inspector_relations where person_id = $1`, [person.personId]);
    const { rows } = await app.owner.query(
      `update inspectors set state = 'serving' where person_id = $1 and state = 'draft' returning id`,
      [person.personId],
    );
    const params = { inspectorId: rows[0].id };
    await app.owner.query(
      `insert into inspector_relations (place_id, inspector_id, id, person_id, position, relative, tie, employer)
       select $1, $2, gen_random_uuid(), $3, n, 'other', 'works', '某校' from generate_series(1, 40) n`,
      [units.licheng.id, params.inspectorId, person.personId],
    );
    const body = { written: '某某培训中心', unitId: null, schoolId: null };
    const one = { relative: 'other' as const, tie: 'works' as const, post: '', note: '', until: null, body };
    expect((await person.refused(inspectors.declare, { params, body: one })).code).toBe('inspector.relationsFull');
  });

  it('an account is found by user name and name together', async () => {
    const body = { ...inspectorForm, certificateNumber: null, username: 'foreignhead', name: '别人' };
    expect((await app.as('countyOfficer').refused(inspectors.enter, { body })).code).toBe('inspector.accountUnknown');
    const again = { ...body, name: cast.foreignHead.name };
    expect((await app.as('countyOfficer').refused(inspectors.enter, { body: again })).code).toBe(
      'inspector.accountTaken',
    );
  });
});
