import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as home from '#contract/home/home.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as passing from '#contract/people/pass-work.ts';
import type { RouteOutput } from '#contract/route.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { draftCampaign, layEditions, openCampaign, proposed } from '#test/support/scenes/campaign-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

type Slot = NonNullable<RouteOutput<typeof campaigns.read>['slots']>['rows'][number];

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await layEditions(app);
});
afterAll(() => app.close());
const city = () => app.as('cityOfficer');
const at = (id: string) => ({ campaignId: id });
const lateOfAll = async () =>
  (await city().call(campaigns.list, { query: { pageSize: 100 } })).rows.map(({ late }) => late);
const read = (id: string) => city().call(campaigns.read, { params: at(id) });

describe('a campaign is prepared', () => {
  it('from its kind in one call: edition, days, rules and all counties are filled', async () => {
    const template = await city().call(campaigns.template, { query: { kind: 'county-inspection' } });
    expect(template).toMatchObject({ edition: { key: 'county-inspection-sample' }, subjects: 2 });
    expect(template.form).toMatchObject({ title: '2025 年对县督导', assessmentYear: 2025, leadUnitId: units.city.id });
    const { id } = await city().call(campaigns.create, { body: await proposed(city(), 'county-inspection') });
    const detail = await read(id);
    expect(detail).toMatchObject({ state: 'draft', subjects: 2, obstacles: [], opening: null });
    expect(detail.form.steps).toEqual(template.form.steps);
    expect(detail.history.map(({ action }) => action)).toEqual(['created']);
    expect(detail.can).toMatchObject({
      edit: true,
      subjects: true,
      seats: true,
      open: true,
      extend: false,
      close: false,
    });
    const listed = await city().call(campaigns.list, { query: { search: '对县督导' } });
    expect(listed.rows[0]).toMatchObject({ id, subjects: 2, from: template.form.steps[0]!.from });
  });

  it('schools are chosen by county, type and search, all that are found at once', async () => {
    const { id } = await draftCampaign(app, 'school-evaluation');
    const all = await city().call(campaigns.subjects, { params: at(id), query: {} });
    expect(all).toMatchObject({ total: 6, chosen: 6 });
    const choose = async (body: object) => {
      const { revision } = await read(id);
      const filter = { countyId: null, schoolType: null, search: '', only: null };
      return city().call(campaigns.chooseSubjects, { params: at(id), body: { ...filter, ...body, revision } as never });
    };
    await choose({ add: false, countyId: units.fengze.id });
    await choose({ add: false, schoolType: '311' });
    const chosen = await city().call(campaigns.subjects, { params: at(id), query: { chosen: 'true' } });
    expect(chosen.rows.map(({ schoolId }) => schoolId)).toEqual([schools.neighbour.id, schools.first.id]);
    await choose({ add: true, search: schools.private.name });
    await choose({ add: true, only: [{ countyId: units.fengze.id, schoolId: schools.foreign.id }] });
    expect((await read(id)).subjects).toBe(4);
    await expect(choose({ add: true, search: schools.private.name })).rejects.toThrow('thing.nothingChanges');
  });

  it('those for whom the edition is not meant are listed with the reason, and are not taken in', async () => {
    const { id } = await draftCampaign(app, 'school-evaluation');
    const choose = async (body: object) => {
      const { revision } = await read(id);
      const filter = { add: true, countyId: null, schoolType: null, search: '', only: null };
      return { params: at(id), body: { ...filter, ...body, revision } as never };
    };
    const retype = (type: string) =>
      app.owner.query('update schools set school_type = $2 where id = $1', [schools.private.id, type]);
    const {
      rows: [before],
    } = await app.owner.query('select school_type from schools where id = $1', [schools.private.id]);
    const search = schools.private.name;
    try {
      await retype('218');
      // It was chosen when it still was what the edition is for.
      expect((await read(id)).obstacles.map(({ sentence }) => sentence).join()).toContain(schools.private.name);
      await city().call(campaigns.chooseSubjects, await choose({ add: false, search }));
      const { rows, unfit } = await city().call(campaigns.subjects, { params: at(id), query: {} });
      expect(unfit).toBe(1);
      expect(rows.filter((row) => row.unfit !== null)).toMatchObject([
        { schoolId: schools.private.id, chosen: false, unfit: expect.stringContaining('不在指标体系的适用范围') },
      ]);
      const refused = await city().refused(campaigns.chooseSubjects, await choose({ search }));
      expect(refused).toMatchObject({
        code: 'campaign.subjectsUnfit',
        sentence: expect.stringContaining(schools.private.name),
      });
      const other = await draftCampaign(app, 'school-evaluation');
      expect((await read(other.id)).subjects).toBe(5);
    } finally {
      await retype(before.school_type);
    }
  });

  it('a draft takes another edition of its kind, but none that lacks the branches of its panel', async () => {
    const { id } = await draftCampaign(app);
    const change = async (key: string) => {
      const { form, revision } = await read(id);
      return { params: at(id), body: { ...form, revision, edition: { key, revision: 1 } } };
    };
    const school = await city().refused(campaigns.edit, await change('quality-school-sample'));
    expect(school).toMatchObject({ code: 'campaign.editionUnfit', sentence: expect.stringContaining('不是评估县') });
    const own = await city().refused(campaigns.edit, await change('county-inspection-sample'));
    expect(own.code).toBe('thing.nothingChanges');
    await city().call(campaigns.edit, await change('preschool-pjph-shenyang-2021'));
    expect((await read(id)).edition).toMatchObject({ key: 'preschool-pjph-shenyang-2021', revision: 1 });

    await city().call(campaigns.edit, await change('county-inspection-sample'));
    const seat = { part: 'member' as const, evaluationIds: null, from: '2025-10-15', to: '2026-06-30' };
    await city().call(campaigns.giveSeat, {
      params: at(id),
      body: { ...seat, nodes: ['A8'], personId: app.as('sectionOfficer').personId, inspectorId: null },
    });
    const refused = await city().refused(campaigns.edit, await change('preschool-pjph-shenyang-2021'));
    expect(refused).toMatchObject({ code: 'campaign.editionUnfit', sentence: expect.stringContaining('A8') });
  });

  it('an edition with open places is offered with their number', async () => {
    const { editions } = await city().call(campaigns.template, { query: { kind: 'county-inspection' } });
    const { rows } = await app.owner.query<{ key: string; open: number }>(
      'select key, jsonb_array_length(open_codes) as open from framework_editions where revision = 1',
    );
    const openOf = new Map(rows.map(({ key, open }) => [key, open]));
    expect(editions.some(({ open }) => open > 0)).toBe(true);
    expect(editions.map(({ key, open }) => [key, open])).toEqual(editions.map(({ key }) => [key, openOf.get(key)]));
  });

  it('an edition whose conclusions ask what no campaign knows is not offered, not taken and not opened', async () => {
    const key = 'visit-eight-matters-sample';
    const { editions } = await city().call(campaigns.template, { query: { kind: 'school-evaluation' } });
    expect(editions.map((one) => one.key)).toContain('quality-school-sample');
    expect(editions.map((one) => one.key)).not.toContain(key);
    const body = await proposed(city(), 'school-evaluation');
    const refused = await city().refused(campaigns.create, { body: { ...body, editionKey: key, editionRevision: 1 } });
    expect(refused).toMatchObject({
      code: 'campaign.editionUnfit',
      sentence: expect.stringMatching(/连续判否次数.*评估项目中没有这些信息，请选用其他指标体系/),
    });
    // One that was drafted before editions were looked through.
    const { id } = await draftCampaign(app, 'school-evaluation');
    await app.owner.query(
      `update campaigns c set framework_key = e.key, framework_revision = e.revision, framework_hash = e.hash
         from framework_editions e where e.key = $2 and e.revision = 1 and c.id = $1`,
      [id, key],
    );
    const { obstacles, revision } = await read(id);
    expect(JSON.stringify(obstacles)).toContain('指标体系的结论要看');
    const opening = await city().refused(campaigns.open, { params: at(id), body: { revision } });
    expect(opening).toMatchObject({ code: 'campaign.notReady', sentence: expect.stringContaining('连续判否次数') });
  });

  it('whoever comes with an older state is told who changed it; the same form changes nothing', async () => {
    const { id, revision } = await draftCampaign(app);
    const { form } = await read(id);
    const same = { params: at(id), body: { ...form, revision } };
    expect((await city().refused(campaigns.edit, same)).code).toBe('thing.nothingChanges');
    const edited = { params: at(id), body: { ...form, title: '另一个名称', revision } };
    await city().call(campaigns.edit, edited);
    const late = await city().refused(campaigns.edit, { ...edited, body: { ...edited.body, title: '又一个' } });
    expect(late.code).toBe('campaign.changed');
    expect(late.sentence).toContain('您');
  });

  it('days that overlap, an edition of other subjects and foreign units are refused', async () => {
    const body = await proposed(city(), 'county-inspection');
    const [first, second, ...rest] = body.steps;
    const overlapping = [first!, { ...second!, from: first!.from }, ...rest];
    const refused = await city().refused(campaigns.create, { body: { ...body, steps: overlapping } });
    expect(refused.code).toBe('campaign.timetable');
    expect(refused.sentence).toContain('重叠');
    const other = { ...body, editionKey: 'quality-school-sample', editionRevision: 1 };
    expect((await city().refused(campaigns.create, { body: other })).code).toBe('campaign.editionUnfit');
    const foreign = { ...body, leadUnitId: units.licheng.id };
    expect((await city().refused(campaigns.create, { body: foreign })).code).toBe('thing.notFound');
  });

  it('numbers and rules that cannot be are refused in words, and a choice that is not means not', async () => {
    const body = await proposed(city(), 'county-inspection');
    const { rules } = body;
    for (const change of [
      { rules: { ...rules, reviewersPerLeaf: 1, blind: true } },
      { rules: { ...rules, reviewersPerLeaf: 2, combine: 'trimmed' as const } },
      { decisionYear: body.assessmentYear - 1 },
    ]) {
      const refused = await city().refused(campaigns.create, { body: { ...body, ...change } });
      expect(refused.status).toBe(400);
    }
    for (const year of [1, 99999]) {
      const query = { kind: 'county-inspection' as const, year };
      expect((await city().refused(campaigns.template, { query })).status).toBe(400);
    }
    const { id } = await draftCampaign(app);
    const listed = await city().call(campaigns.subjects, { params: at(id), query: { chosen: 'false' } });
    expect(listed.rows).toEqual([]);
  });

  it('counts its burden before it opens', async () => {
    const { id } = await draftCampaign(app);
    const burden = await city().call(campaigns.burdenOf, { params: at(id) });
    expect(burden.subjects).toBe(2);
    expect(burden.leaves).toBeGreaterThan(burden.selfFilled);
    expect(Number(burden.panelHours)).toBeGreaterThan(0);
  });

  it('a county, a school and an expert read none, and nobody below the city creates one', async () => {
    const { id } = await draftCampaign(app);
    expect((await app.as('countyDirector').call(campaigns.list, {})).rows).toEqual([]);
    expect((await app.as('countyDirector').refused(campaigns.read, { params: at(id) })).code).toBe('thing.notFound');
    for (const member of ['head', 'expert'] as const) {
      expect((await app.as(member).refused(campaigns.read, { params: at(id) })).status).toBe(403);
    }
    const body = await proposed(city(), 'county-inspection');
    expect((await app.as('sectionOfficer').refused(campaigns.create, { body })).status).toBe(403);
  });
});

it('the list as a workbook has the rows of its filter in its order, each with the mark of its edition', async () => {
  const { id } = await draftCampaign(app);
  await draftCampaign(app, 'school-evaluation');
  const query = { kind: 'county-inspection' as const, sort: 'title' };
  const book = await city().call(campaigns.workbook, { query });
  const sheet = (await loadBook(book.body)).worksheets[0]!;
  const { rows } = await city().call(campaigns.list, { query: { ...query, pageSize: 200 } });
  const textOf = (row: number, column: number) => sheet.getRow(row).getCell(column).text;
  const titles = Array.from({ length: 15 }, (_, at) => textOf(2, at + 1));
  const at = (title: string) => titles.indexOf(title) + 1;
  expect(rows.map((_, row) => textOf(row + 3, at('项目')))).toEqual(rows.map(({ title }) => title));
  expect(textOf(rows.length + 3, at('项目'))).toBe('');
  const own = rows.findIndex((row) => row.id === id) + 3;
  expect(textOf(own, at('指标体系'))).toContain('（第 1 版）');
  expect(textOf(own, at('指标体系性质'))).toBe('样本，非官方文本');
  expect(textOf(own, at('状态'))).toBe('草稿');
  // A draft has confirmed nothing yet: that is no zero.
  expect(textOf(own, at('已确认'))).toBe('');
  await expect(app.as('head').call(campaigns.workbook, { query: {} })).rejects.toThrow('403');
});

describe('a campaign opens', () => {
  it('and writes an evaluation for each subject at its own place, once', async () => {
    const { id } = await draftCampaign(app);
    await openCampaign(app, id);
    const detail = await read(id);
    expect(detail).toMatchObject({ state: 'open', opening: null });
    const { rows } = await city().call(campaigns.matrix, { params: at(id), query: {} });
    expect(rows.map(({ countyId }) => countyId).sort()).toEqual([units.licheng.id, units.fengze.id]);
    expect(rows[0]).toMatchObject({ state: 'notice', returned: false, total: null, selfTotal: null });
    // While leaves have no points, the total of the self-evaluation lies between two ends.
    const between = { from: '64.82', to: '88.56' };
    await app.owner.query(
      `insert into evaluation_totals (place_id, evaluation_id, layer, subject_place_id, total, still_between, certificate, written_at)
       select place_id, id, 'self', place_id, '64.82', $2, '{}', now() from evaluations where id = $1
       on conflict (place_id, evaluation_id, layer) do update set still_between = excluded.still_between`,
      [rows[0]!.evaluationId, JSON.stringify(between)],
    );
    const own = await city().call(campaigns.matrix, { params: at(id), query: {} });
    expect(own.rows[0]).toMatchObject({ selfTotal: null, selfBetween: between });
    expect(rows[0]!.steps.map(({ step }) => step)).toEqual(detail.form.steps.map(({ step }) => step));
    const book = await city().call(campaigns.matrixWorkbook, { params: at(id), query: {} });
    const sheet = (await loadBook(book.body)).worksheets[0]!;
    expect(sheet.getRow(2).getCell(1).value).toMatch(/^指标体系：.*（第 \d+ 版，样本，非官方文本）$/);
    expect(sheet.getRow(4).getCell(2).value).toBe('鲤城区');
  });

  it('the letter of notice is wanted with it, and its number is known', async () => {
    const { id, revision } = await draftCampaign(app);
    await city().call(campaigns.open, { params: at(id), body: { revision } });
    const { noticeLetterId } = await read(id);
    expect(noticeLetterId).not.toBeNull();
    await app.runJobs();
    const { rows } = await app.owner.query('select kind, title, model::text as model from letters where id = $1', [
      noticeLetterId,
    ]);
    expect(rows).toMatchObject([{ kind: 'notice', title: '关于开展2025 年对县督导的通知' }]);
    // A sample is not cited as an issued document.
    expect(rows[0]!.model).toMatch(/按《[^》]*》（样本，非官方文本）对/);
  });

  it('the letter of notice says that its days have changed after an extension, and takes the new ones', async () => {
    const { id, revision } = await draftCampaign(app);
    await city().call(campaigns.open, { params: at(id), body: { revision } });
    const { noticeLetterId, form } = await read(id);
    await app.runJobs();
    const params = { letterId: noticeLetterId! };
    const written = await city().call(letters.read, { params });
    expect(written.figures).toMatchObject([{ changed: null }]);
    const { step, to } = form.steps.find((one) => one.step === 'selfEvaluation')!;
    const body = { step, to: addDays(to, 14), reason: '受台风影响', evaluationIds: null };
    await city().call(campaigns.extend, { params: at(id), body: { ...body, revision: (await read(id)).revision } });
    const later = await city().call(letters.read, { params });
    const [year, month, day] = addDays(to, 14).split('-').map(Number);
    expect(later.figures[0]!.changed!.now).toContain(`${year}年${month}月${day}日`);
    const taken = await city().call(letters.takeFigures, { params, body: { revision: later.revision, keys: [1] } });
    expect(taken.state).toBe('draft');
    expect((await city().call(letters.read, { params })).figures).toMatchObject([{ changed: null }]);
  });

  it('lays the own days of each subject, those that the office gave and those that are proposed', async () => {
    const { id } = await draftCampaign(app);
    const { slots, form } = await read(id);
    const [first, second] = slots!.rows as [Slot, Slot];
    const visit = form.steps.find(({ step }) => step === 'siteVisit')!;
    // One panel goes from one to the other, and a new round has room for both.
    expect([first.from >= visit.from, second.from > first.to, second.to]).toEqual([true, true, visit.to]);
    const given = { subjectId: first.subjectId, from: visit.from, to: addDays(visit.from, 1) };
    const put = async (own: object) => ({
      params: at(id),
      body: { ...form, slots: [{ ...given, ...own }], revision: (await read(id)).revision },
    });
    const outside = await city().refused(campaigns.edit, await put({ to: addDays(visit.to, 1) }));
    expect(outside.message).toContain(`${first.name}的日期不在“实地督导”的 ${visit.from} 至 ${visit.to} 以内`);
    expect((await city().refused(campaigns.edit, await put({ subjectId: randomUUID() }))).code).toBe('thing.notFound');
    await city().call(campaigns.edit, await put({}));
    await expect(city().call(campaigns.edit, await put({}))).rejects.toThrow('thing.nothingChanges');
    const kept = (await read(id)).slots!.rows as [Slot, Slot];
    expect(kept[0]).toEqual({ ...given, name: first.name });
    const opening = { revision: (await read(id)).revision };
    let { revision } = await city().call(campaigns.open, { params: at(id), body: opening });
    await app.runJobs();
    const laid = async () => {
      const { rows } = await city().call(campaigns.matrix, { params: at(id), query: {} });
      const own = new Map(rows.map((row) => [row.evaluationId, row.steps.find(({ step }) => step === 'siteVisit')!]));
      return kept.map(({ subjectId }) => [own.get(subjectId)!.from, own.get(subjectId)!.to]);
    };
    expect(await laid()).toEqual(kept.map(({ from, to }) => [from, to]));
    expect((await read(id)).slots).toBeNull();
    const { noticeLetterId } = await read(id);
    const letter = async () => city().call(letters.read, { params: { letterId: noticeLetterId! } });
    const { rows: written } = await app.owner.query('select model::text as model from letters where id = $1', [
      noticeLetterId,
    ]);
    for (const { name } of kept) expect(written[0]!.model).toContain(`实地督导：${name}`);
    expect((await letter()).figures).toMatchObject([{ changed: null }]);

    // Later one gets other days, and the letter says that they changed.
    const body = { revision, step: 'siteVisit' as const, reason: '与市里会议冲突', evaluationIds: [first.subjectId] };
    const [from, to] = [addDays(visit.from, 2), addDays(visit.from, 4)];
    const early = { ...body, from, to: visit.from };
    expect((await city().refused(campaigns.extend, { params: at(id), body: early })).code).toBe('campaign.timetable');
    const other = { ...body, from, to, step: 'statement' as const };
    expect((await city().refused(campaigns.extend, { params: at(id), body: other })).code).toBe('campaign.timetable');
    ({ revision } = await city().call(campaigns.extend, { params: at(id), body: { ...body, from, to } }));
    await app.runJobs();
    expect((await laid())[0]).toEqual([from, to]);
    expect((await letter()).figures[0]!.changed).not.toBeNull();

    // A longer step of all leaves the days of each, and an earlier one takes them with it.
    const longer = { revision, reason: '增加一个县', evaluationIds: null };
    const end = addDays(visit.to, 7);
    const wider = { ...longer, step: 'siteVisit' as const, to: end };
    ({ revision } = await city().call(campaigns.extend, { params: at(id), body: wider }));
    await app.runJobs();
    expect((await laid())[0]).toEqual([from, to]);
    const self = form.steps.find(({ step }) => step === 'selfEvaluation')!;
    const later = { ...longer, revision, step: 'selfEvaluation' as const, to: addDays(self.to, 7) };
    await city().call(campaigns.extend, { params: at(id), body: later });
    await app.runJobs();
    expect((await laid())[0]).toEqual([addDays(from, 7), addDays(to, 7)]);
  });

  it('not without subjects, and says so', async () => {
    const { id, revision } = await draftCampaign(app);
    const body = { add: false, countyId: null, schoolType: null, search: '', only: null, revision };
    const { revision: next } = await city().call(campaigns.chooseSubjects, { params: at(id), body });
    expect((await read(id)).obstacles[0]!.sentence).toContain('还没有评估对象');
    const refused = await city().refused(campaigns.open, { params: at(id), body: { revision: next } });
    expect(refused.code).toBe('campaign.notReady');
  });

  it('a school that was closed since the draft is left out with the reason', async () => {
    const { id } = await draftCampaign(app, 'school-evaluation');
    await app.owner.query(`update schools set status = 'closed', closed_on = '2025-09-01' where id = $1`, [
      schools.private.id,
    ]);
    await openCampaign(app, id);
    expect((await read(id)).subjects).toBe(5);
    const { rows } = await app.owner.query(
      'select left_out from campaign_subjects where campaign_id = $1 and school_id = $2',
      [id, schools.private.id],
    );
    expect(rows).toEqual([{ left_out: '学校已经停办' }]);
    await app.owner.query(`update schools set status = 'open', closed_on = null where id = $1`, [schools.private.id]);
  });
});

describe('a campaign runs', () => {
  let id: string;
  let revision: number;
  beforeAll(async () => {
    ({ id } = await draftCampaign(app));
    revision = await openCampaign(app, id);
  });

  it('a step is made longer with a reason, and the later ones move', async () => {
    const before = (await read(id)).form.steps;
    const to = '2026-02-28';
    const body = { revision, step: 'selfEvaluation' as const, to, reason: '春节顺延', evaluationIds: null };
    const shorter = { ...body, to: before[1]!.to };
    expect((await city().refused(campaigns.extend, { params: at(id), body: shorter })).code).toBe('campaign.notLonger');
    ({ revision } = await city().call(campaigns.extend, { params: at(id), body }));
    await app.runJobs();
    const after = (await read(id)).form.steps;
    expect(after[1]!.to).toBe(to);
    expect(after[2]!.from).toBe('2026-03-01');
    const { rows } = await city().call(campaigns.matrix, { params: at(id), query: {} });
    expect(rows.map(({ steps }) => steps[1]!.to)).toEqual([to, to]);
    expect(rows[0]!.steps[1]!.extended).toBe(true);
  });

  it('some subjects alone get another day; a foreign evaluation is as one that is not there', async () => {
    const { rows } = await city().call(campaigns.matrix, { params: at(id), query: {} });
    const one = rows[0]!.evaluationId;
    const body = { revision, step: 'selfEvaluation' as const, to: '2026-03-31', reason: '补充材料' };
    const foreign = { params: at(id), body: { ...body, evaluationIds: [randomUUID()] } };
    expect((await city().refused(campaigns.extend, foreign)).code).toBe('thing.notFound');
    ({ revision } = await city().call(campaigns.extend, { params: at(id), body: { ...body, evaluationIds: [one] } }));
    await app.runJobs();
    const after = await city().call(campaigns.matrix, { params: at(id), query: {} });
    expect(after.rows.map(({ steps }) => steps[1]!.to)).toEqual(['2026-03-31', '2026-02-28']);
    expect((await read(id)).form.steps[1]!.to).toBe('2026-02-28');
  });

  it('it moves its evaluations on and reminds them; what bars one is told to the office', async () => {
    expect((await read(id)).movable).toBe(2);
    ({ revision } = await city().call(campaigns.moveOn, {
      params: at(id),
      body: { revision, step: 'notice', evaluationIds: null },
    }));
    await app.runJobs();
    const { rows } = await app.owner.query(
      `select note from notices where subject_id = $1 and kind = 'evaluation.notMovedOn'`,
      [id],
    );
    expect(rows[0]!.note).toContain('督导通知还没有印发');
    ({ revision } = await city().call(campaigns.moveOn, {
      params: at(id),
      body: { revision, step: 'notice', evaluationIds: null, reason: '泉教督〔2025〕9号' },
    }));
    await app.runJobs();
    const moved = await city().call(campaigns.matrix, { params: at(id), query: { step: 'selfEvaluation' } });
    expect(moved.total).toBe(2);
    // The self-evaluations are taken in one by one.
    expect((await read(id)).movable).toBe(0);
    ({ revision } = await city().call(campaigns.remind, { params: at(id), body: { revision, evaluationIds: null } }));
    await app.runJobs();
  });

  it('late ones are counted by the day, and the heat of a branch that nobody judged is empty', async () => {
    app.clock.today = '2026-06-01';
    const late = await city().call(campaigns.matrix, { params: at(id), query: { late: 'true' } });
    expect(late.total).toBe(2);
    expect(late.rows[0]!.lateDays).toBeGreaterThan(30);
    const found = (await city().call(campaigns.list, {})).rows.find((row) => row.id === id)!;
    expect(found.late).toBe(2);
    await draftCampaign(app);
    const overview = await city().call(home.overview, { query: {} });
    const line = (kind: string) => overview.work.find((one) => one.kind === kind);
    expect(line('campaigns.late')).toMatchObject({ count: (await lateOfAll()).reduce((all, n) => all + n, 0) });
    expect(line('campaigns.draft')!.count).toBeGreaterThan(0);
    expect(overview.figures.find(({ key }) => key === 'campaigns.open')!.count).toBeGreaterThan(0);
    // The line opens the same list, also where the person looks at one county alone.
    const lateAt = async (unitId?: number) => {
      const query = unitId === undefined ? {} : { unitId };
      const { work } = await city().call(home.overview, { query });
      const narrowed = { late: 'true', ...(unitId === undefined ? {} : { countyId: unitId }) } as const;
      const { total } = await city().call(evaluations.list, { query: narrowed });
      return { line: work.find(({ kind }) => kind === 'campaigns.late'), total };
    };
    const everywhere = await lateAt();
    expect(everywhere.line!.count).toBe(everywhere.total);
    const ofOne = await lateAt(units.licheng.id);
    expect(ofOne.line).toMatchObject({ count: ofOne.total, subject: null });
    expect(ofOne.total).toBeLessThan(everywhere.total);
    app.clock.today = '2025-10-16';
    const soon = await city().call(home.overview, { query: {} });
    const due = soon.deadlines.filter(({ kind }) => kind === 'campaigns.step').map(({ name }) => name);
    // The next step of each campaign alone: those that come after would hide it.
    expect([...new Set(due.filter((name) => name.startsWith('2025 年对县督导')))]).toEqual([
      '2025 年对县督导：下发通知',
    ]);
    expect(
      (await app.as('countyDirector').call(home.overview, { query: {} })).work.map(({ kind }) => kind),
    ).not.toContain('campaigns.late');
    app.clock.today = undefined;
    const { branches, rows } = await city().call(campaigns.heat, { params: at(id), query: {} });
    expect(branches.length).toBeGreaterThan(1);
    expect(rows[0]!.cells.every(({ points }) => points === null)).toBe(true);
  });

  it('it is not closed while evaluations run, and cancelled with a reason', async () => {
    const close = { params: at(id), body: { revision } };
    expect((await city().refused(campaigns.close, close)).code).toBe('campaign.unfinished');
    const seat = { ...{ inspectorId: null, part: 'member' as const, nodes: ['*'], evaluationIds: null } };
    const days = { from: '2025-10-15', to: '2026-06-30' };
    await city().call(campaigns.giveSeat, {
      params: at(id),
      body: { ...seat, ...days, personId: app.as('sectionOfficer').personId },
    });
    const cancel = { params: at(id), body: { revision, reason: '上级统一安排' } };
    const decide = (on: string | null) =>
      app.owner.query(
        'update evaluations set decided_on = $2, released_at = $2::date where campaign_id = $1 and place_id = $3',
        [...[id, on, units.fengze.id]],
      );
    await decide('2025-10-20');
    expect(await city().refused(campaigns.cancel, cancel)).toMatchObject({ code: 'campaign.resultsStand' });
    await decide(null);
    const cancelled = await city().call(campaigns.cancel, cancel);
    expect(cancelled.state).toBe('cancelled');
    await app.runJobs();
    const { rows } = await city().call(campaigns.matrix, { params: at(id), query: {} });
    expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    // The subjects are told with the reason, and so is whoever has a seat.
    const told = await app.owner.query(
      `select kind, place_id as place, person_id as person, note from notices
        where kind in ('evaluation.cancelled', 'campaign.cancelled') and subject_id = any($1) order by kind, place_id`,
      [[id, ...rows.map(({ evaluationId }) => evaluationId)]],
    );
    expect(told.rows).toEqual([
      {
        kind: 'campaign.cancelled',
        place: units.city.id,
        person: app.as('sectionOfficer').personId,
        note: '上级统一安排',
      },
      ...[units.licheng.id, units.fengze.id].map((place) => ({
        ...{ kind: 'evaluation.cancelled', place, person: null, note: '上级统一安排' },
      })),
    ]);
    const again = { params: at(id), body: { revision: cancelled.revision, evaluationIds: null } };
    expect((await city().refused(campaigns.remind, again)).code).toBe('flow.notInState');
  });

  it('home names those whose evaluations have all ended, and the line opens the same list', async () => {
    const ended = async () => {
      const { work } = await city().call(home.overview, { query: {} });
      const { rows } = await city().call(campaigns.list, { query: { ended: 'true', pageSize: 100 } });
      const line = work.find(({ kind }) => kind === 'campaigns.ended');
      expect(line?.count ?? 0).toBe(rows.length);
      return rows.map((row) => row.id);
    };
    const [{ id: done }, { id: running }] = [await draftCampaign(app), await draftCampaign(app)];
    for (const one of [done, running]) await openCampaign(app, one);
    await app.owner.query(`update evaluations set state = 'closed' where campaign_id = $1`, [done]);
    expect(await ended()).toContain(done);
    expect(await ended()).not.toContain(running);
    const others = await city().call(campaigns.list, { query: { ended: 'false', pageSize: 100 } });
    const ids = others.rows.map((row) => row.id);
    expect(ids).toContain(running);
    expect(ids).not.toContain(done);
  });

  it('a new one takes after an earlier one, its days a year later', async () => {
    const template = await city().call(campaigns.template, {
      query: { kind: 'county-inspection', earlierId: (await draftCampaign(app)).id, year: 2026 },
    });
    expect(template.form).toMatchObject({ title: '2026 年对县督导', assessmentYear: 2026 });
    expect(template.form.steps[0]!.from.slice(0, 4)).toBe('2026');
    expect(template.subjects).toBe(2);
  });

  it('fulfils an item of the work plan: of each county, how many results are confirmed', async () => {
    await app.owner.query(
      `insert into periods (kind, year, name, starts_on, ends_on)
       values ('school-year', 2025, '2025—2026 学年', '2025-09-01', '2026-08-31') on conflict do nothing`,
    );
    const { id: counted } = await draftCampaign(app);
    await openCampaign(app, counted);
    const plan = await city().call(plans.create, { body: { kind: 'city', year: 2025, text: '1.开展对县督导。' } });
    const params = { planId: plan.id };
    const { plan: head, items } = await city().call(plans.read, { params });
    const item = { ...items[0]!, ties: [{ kind: 'campaigns.county-inspection', year: 2025 }] };
    await city().call(plans.save, {
      params,
      body: { title: head.title, documentNumber: null, items: [item], revision: head.revision } as never,
    });
    const tied = async () => (await city().call(plans.read, { params })).items[0]!.ties[0]!.units;
    const before = (await tied()).find(({ unitId }) => unitId === units.licheng.id)!;
    await app.owner.query(
      `update evaluations set step = 'rectification', released_at = now(), decided_on = '2025-12-01' where campaign_id = $1`,
      [counted],
    );
    const after = (await tied()).find(({ unitId }) => unitId === units.licheng.id)!;
    expect(after).toMatchObject({ total: before.total, done: before.done + 1 });
  });

  it('passes to another of the office when its organiser leaves, with both names', async () => {
    const { id: passed } = await draftCampaign(app);
    const [other, grantId] = [randomUUID(), randomUUID()];
    await app.owner.query(
      `insert into people (id, name, username, email, password_changed_at) values ($1, '市督导乙', 'second', $2, now())`,
      [other, `${other}@dudao.invalid`],
    );
    await app.owner.query(`insert into grants (id, person_id, role_key, unit_id) values ($3, $1, 'city-officer', $2)`, [
      other,
      units.city.id,
      grantId,
    ]);
    const { personId, grants } = city();
    const of = { params: { personId, grantId: grants[0]! } };
    const { rows } = await app.as('securityAdministrator').call(passing.openWork, of);
    expect(rows.find(({ kind }) => kind === 'campaigns.organised')!.count).toBeGreaterThan(0);
    await app.as('securityAdministrator').call(passing.passWork, {
      ...of,
      body: { to: grantId, kinds: ['campaigns.organised'] },
    });
    await app.runJobs();
    const detail = await read(passed);
    expect(detail.createdBy).toBe('市督导乙');
    expect(detail.history[0]!.reason).toBe('经办人由市督导改为市督导乙');
  });
});
