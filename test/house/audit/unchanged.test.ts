import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as changes from '#contract/directory/changes.ts';
import * as unitChanges from '#contract/directory/unit-changes.ts';
import * as unitRoutes from '#contract/directory/units.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as periods from '#contract/filings/periods.ts';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import { readMapping, writeMapping } from '#contract/frameworks/mappings.ts';
import { routes } from '#contract/index.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import * as noticeMail from '#contract/notices/mail.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as letterSeries from '#contract/official-documents/series.ts';
import * as people from '#contract/people/people.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import type { AnyRoute } from '#contract/route.ts';
import * as ownData from '#contract/session/own-data.ts';
import * as retention from '#contract/settings/retention.ts';
import * as settings from '#contract/settings/settings.ts';
import * as workItems from '#contract/work-plans/items.ts';
import * as meetings from '#contract/work-plans/meetings.ts';
import * as workPlans from '#contract/work-plans/plans.ts';
import { openTestApp, type Refusal, type TestApp, type TestPerson } from '#test/support/app.ts';
import { cast } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { draftCampaign } from '#test/support/scenes/campaign-scene.ts';
import { openEvaluationScene } from '#test/support/scenes/evaluation-scene.ts';
import { inspectorForm } from '#test/support/scenes/inspector-scene.ts';
import { layJudging } from '#test/support/scenes/judging-scene.ts';
import { prepareFrameworks } from '../../../src/server/features/frameworks/shipped-editions.act.ts';

/**
 * A change that changes nothing is refused with a sentence and leaves no row in the audit: nobody shall read “saved” where
 * nothing was.
 */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z'), sample: true });
});
afterAll(() => app.close());

/** Changes of which the second is no repetition of the first. */
const others: Readonly<Record<string, string>> = {
  'filings.saveCells': 'unsent copies are sent again; each cell answers with its version',
  'evaluations.answerLeaf': 'unsent answers are sent again; a leaf answers with its version',
  'evaluations.objectToLeaf': 'unsent objections are sent again; a leaf answers with its version',
  'session.choosePost': 'chooses where the session works, and stores nothing of anybody',
  'session.askMobile': 'asks for the password; held by features/session/mobile.test.ts',
  'session.changePassword': 'a password that was used before is refused',
  'session.confirmSecondFactor': 'a code counts once',
  'people.grantRole': 'a post that the person holds is refused',
};

const isChange = (route: AnyRoute) => (route.method === 'PATCH' || route.method === 'PUT') && !(route.name in others);
const audited = async () =>
  (await app.owner.query<{ rows: number }>('select count(*)::int as rows from audit_events')).rows[0]!.rows;

async function twice<R extends AnyRoute>(person: TestPerson, route: R, given: () => Promise<object> | object) {
  const call = person.call as (route: AnyRoute, input: object) => Promise<unknown>;
  const refused = person.refused as (route: AnyRoute, input: object) => Promise<Refusal>;
  await call(route, await given());
  const before = await audited();
  const refusal = await refused(route, await given());
  expect(refusal.status, route.name).toBeGreaterThanOrEqual(400);
  expect(refusal.code, route.name).toMatch(/^(thing|school)\.nothingChanges$/);
  expect(await audited(), route.name).toBe(before);
  return route.name;
}

it('every change that is sent a second time says that nothing changes', async () => {
  const [city, system] = [app.as('cityOfficer'), app.as('systemAdministrator')];
  const dates = { deadline: '2025-10-30', graceDays: 5, cityDeadline: '2025-11-20' };
  const { period } = await city.call(periods.open, { body: { schoolYear: 2025, opensOn: '2025-10-01', ...dates } });
  const personOf = async () =>
    (await system.call(people.read, { params: { personId: app.as('clerk').personId } })).revision;
  const params = { personId: app.as('clerk').personId };
  const revisionOf = async () =>
    (await app.owner.query('select revision from schools where id = $1', [schools.first.id])).rows[0].revision;
  const sectionId = 71;
  await app.owner.query(
    `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
     values ($1, 'section', $2, $2, '督导科', '督导科', 'dd')`,
    [sectionId, units.city.id],
  );
  const seen = await Promise.all([
    twice(city, periods.change, () => ({ params: { periodId: period.id }, body: { ...dates, graceDays: 9 } })),
  ]);
  const duty = { type: 'school' as const, id: schools.first.id };
  const found = { kind: 'safety', title: '通道堆放杂物', foundOn: '2025-10-10', duty };
  const finding = { findingId: (await city.call(rectifications.enter, { body: found })).id };
  seen.push(
    await twice(city, unitRoutes.saveContact, () => ({
      params: { unitId: units.licheng.id },
      body: { name: '林老师', phone: '0595-1234567' },
    })),
    await twice(city, unitChanges.arrangeUnits, () => ({
      body: { tiles: [{ unitId: units.fengze.id, column: 3, row: 4 }] },
    })),
    await twice(city, changes.correctSchool, async () => ({
      params: { schoolId: schools.first.id },
      body: { revision: await revisionOf(), note: '登记时写错', foundedYear: 1998 },
    })),
    await twice(system, people.update, async () => ({
      params,
      body: { name: '王填报', phone: '13800000000', revision: await personOf() },
    })),
    await twice(app.as('securityAdministrator'), people.setSection, () => ({
      params: { personId: app.as('sectionOfficer').personId, grantId: app.as('sectionOfficer').grants[0]! },
      body: { sectionId },
    })),
    await twice(app.as('securityAdministrator'), people.setMobile, () => ({ params, body: { mobile: '13800001234' } })),
    await twice(system, people.setStatus, () => ({ params, body: { status: 'disabled' } })),
    await twice(city, rectifications.edit, async () => {
      const { revision } = await city.call(rectifications.read, { params: finding });
      return { params: finding, body: { ...found, title: '通道仍堆放杂物', revision } };
    }),
    await twice(city, rectifications.changeKind, async () => {
      const { kinds } = await city.call(rectifications.kinds);
      const { key, ...kind } = kinds.find((one) => one.key === 'other')!;
      return { params: { kindKey: key }, body: { ...kind, dueDays: 25 } };
    }),
    await twice(system, settings.update, async () => {
      const { access, revision } = await system.call(settings.read);
      return { body: { access: { ...access, idleMinutes: 20 }, revision } };
    }),
    await twice(system, retention.changeTerm, async () => {
      const { rows } = await system.call(retention.listRetention);
      const { key, revision } = rows[0]!;
      return { params: { kind: key }, body: { years: 6, basis: '本机关期限表第 3 条', revision } };
    }),
    await twice(system, ownData.correctOwn, async () => {
      const { revision } = await system.call(ownData.readOwn);
      return { body: { phone: '12345', revision } };
    }),
  );
  seen.push(
    await twice(city, noticeMail.chooseMail, () => ({
      body: { quiet: null, digestAt: 480, refused: ['filing.reminder'] },
    })),
  );
  await city.call(tracking.open, { body: { year: 2025 } });
  const published = {
    ...{ countyId: units.licheng.id, year: 2025, documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01' },
    ...{ source: '附件 2', figures: [{ level: 'primary' as const, indicator: 'composite', value: '0.5' }] },
  };
  await city.call(tracking.recordFigures, { body: published });
  const { rows } = await city.call(tracking.overview, { query: { year: 2025, unitId: units.licheng.id } });
  const track = { trackId: rows[0]!.track!.id };
  await city.call(tracking.request, { params: track, body: { revision: 2 } });
  const clerk = app.as('countyOfficer');
  seen.push(
    await twice(clerk, tracking.saveReport, async () => {
      const { report } = await clerk.call(tracking.read, { params: track });
      return { params: track, body: { revision: report?.revision ?? 0, measures: '已采取措施', conclusion: '达到' } };
    }),
  );
  const { id: planId } = await city.call(workPlans.create, { body: { kind: 'city', year: 2025, text: '1.任务。' } });
  const planOf = () => city.call(workPlans.read, { params: { planId } });
  seen.push(
    await twice(city, workPlans.save, async () => {
      const { plan, items } = await planOf();
      return { params: { planId }, body: { revision: plan.revision, title: '改名', documentNumber: null, items } };
    }),
  );
  await city.call(workPlans.issue, { params: { planId }, body: { revision: 2 } });
  const { id: meetingId } = await city.call(meetings.call, {
    body: { heldOn: '2025-10-20', title: '例会', agenda: '', invited: [] },
  });
  seen.push(
    await twice(city, workItems.change, async () => {
      const { plan, items } = await planOf();
      const body = { revision: plan.revision, reason: '调整内容', item: { ...items[0]!, text: '改后的任务' } };
      return { params: { planId, itemId: items[0]!.id }, body };
    }),
    await twice(city, meetings.change, async () => {
      const { revision } = await city.call(meetings.read, { params: { meetingId } });
      const body = { revision, heldOn: '2025-10-21', title: '例会', agenda: '', minutes: '', held: false };
      return { params: { meetingId }, body };
    }),
  );
  await prepareFrameworks(app.services.pool, app.services.now);
  const draft = await city.call(frameworks.copy, { body: { key: 'principal-sample', revision: 1 } });
  seen.push(
    await twice(city, frameworks.writeCells, async () => {
      const at = { params: { draftId: draft.id } };
      const { definition, versions } = await city.call(frameworks.readDraft, at);
      const { code } = definition.indicators[0]!;
      const version = versions[`${code}.title`] ?? 0;
      return { ...at, body: { cells: [{ code, field: 'title' as const, value: '改名', version }] } };
    }),
  );
  seen.push(
    await twice(city, writeMapping, async () => {
      const [from, to] = ['inspector-appraisal-sample', 'city-school-inspector-appraisal-sample'] as const;
      const { revision, rows } = await city.call(readMapping, { query: { from, to } });
      const pairs = [{ to: rows[0]!.to.code, from: null }];
      return { body: { from, fromRevision: 1, to, toRevision: 1, revision, pairs } };
    }),
  );
  const office = { head: '市督导室文件', signer: '市督导室', printedBy: '市教育局' };
  const { id: seriesId } = await city.call(letterSeries.openSeries, { body: { code: '市政教督', ...office } });
  const { id: letterId } = await city.call(letters.draft, { body: { kind: 'notice' } });
  const letterOf = () => city.call(letters.read, { params: { letterId } });
  seen.push(
    await twice(city, letterSeries.changeSeries, async () => {
      const { rows } = await city.call(letterSeries.series, {});
      const { revision } = rows.find(({ id }) => id === seriesId)!;
      return { params: { seriesId }, body: { ...office, signer: '市教育督导室', active: true, revision } };
    }),
    await twice(city, letters.save, async () => {
      const { revision, content } = await letterOf();
      return { params: { letterId }, body: { ...content!, title: '改名的通知', recipients: [], revision } };
    }),
  );
  const account = { username: 'foreignhead', name: cast.foreignHead.name };
  const inspector = {
    inspectorId: (await city.call(inspectors.enter, { body: { ...inspectorForm, ...account } })).id,
  };
  const own = app.as('foreignHead');
  const {
    kind: _,
    name: __,
    certificateNumber: ___,
    recommendedBy: ____,
    statements: _____,
    ...filled
  } = inspectorForm;
  const { username: ______, ...ownForm } = filled;
  seen.push(
    await twice(city, inspectors.edit, async () => {
      const { revision } = await city.call(inspectors.read, { params: inspector });
      return { params: inspector, body: { ...inspectorForm, ...account, post: '校长', revision } };
    }),
    await twice(own, inspectors.fill, async () => {
      const { revision } = await own.call(inspectors.own, { params: inspector });
      return { params: inspector, body: { ...ownForm, post: '副校长', revision } };
    }),
  );
  const drafted = { campaignId: (await draftCampaign(app)).id };
  const campaignOf = () => city.call(campaigns.read, { params: drafted });
  const reach = { part: 'member' as const, nodes: ['*'], evaluationIds: null, from: '2025-10-15', to: '2026-06-30' };
  await city.call(campaigns.giveSeat, {
    params: drafted,
    body: { ...reach, personId: app.as('sectionOfficer').personId, inspectorId: null },
  });
  seen.push(
    await twice(city, campaigns.edit, async () => {
      const { form, revision } = await campaignOf();
      return { params: drafted, body: { ...form, title: '改名的项目', revision } };
    }),
    await twice(city, campaigns.chooseSubjects, async () => {
      const { revision } = await campaignOf();
      const all = { countyId: null, schoolType: null, search: '', only: null };
      return { params: drafted, body: { ...all, add: false, revision } };
    }),
    await twice(city, campaigns.changeSeat, async () => {
      const { rows } = await city.call(campaigns.seats, { params: drafted });
      const seat = rows.find(({ endedOn }) => endedOn === null)!;
      return { params: { ...drafted, seatId: seat.id }, body: { ...reach, nodes: ['A1'], revision: seat.revision } };
    }),
  );
  const opened = await openEvaluationScene(app);
  await opened.moveOn('notice');
  const officer = app.as('countyOfficer');
  const subjectOf = { params: { evaluationId: opened.subjects[0]!.id } };
  const { nodes: tree } = await officer.call(evaluations.read, subjectOf);
  const personal = tree.find(({ isLeaf, origin }) => isLeaf && origin === 'person')!.code;
  const { rows: questions } = await officer.call(evaluations.questions, subjectOf);
  const fact = questions.find(({ type }) => type === 'number')!;
  const form = {
    ...{ title: '经费决算表', aboutDay: null, receivedOn: '2025-10-01', catalogueNumber: null, boxNumber: null },
    ...{ confidentiality: 'open' as const, expiresOn: null },
  };
  const evidenceId = randomUUID();
  await officer.call(evaluations.addEvidence, { body: { ...form, id: evidenceId, replacesId: null, link: null } });
  seen.push(
    await twice(officer, evaluations.assignLeaves, () => ({
      ...subjectOf,
      body: { codes: [personal], personId: app.as('countyDirector').personId },
    })),
    await twice(officer, evaluations.enterFact, async () => {
      const { rows } = await officer.call(evaluations.questions, subjectOf);
      const now = rows.find(({ name, yearsBack }) => name === fact.name && yearsBack === fact.yearsBack)!;
      const grounds = { document: '决算表', asOf: '2025-09-30', replaces: now.answer?.id ?? null };
      return { ...subjectOf, body: { fact: fact.name, yearsBack: fact.yearsBack, value: 5, ...grounds } };
    }),
    await twice(app.as('cityOfficer'), evaluations.enterProvince, async () => {
      const { province } = await app.as('cityOfficer').call(evaluations.read, subjectOf);
      const replaces = province.find(({ replacedAt }) => replacedAt === null)?.id ?? null;
      const grounds = { document: '省政府教育督导室关于督导结果的通报', on: '2025-10-14', reason: '', words: null };
      return { ...subjectOf, body: { ...grounds, code: null, points: 88.5, replaces, withdraws: false } };
    }),
    await twice(app.as('countyDirector'), evaluations.linkEvidence, () => ({
      params: { ...subjectOf.params, code: personal },
      body: { evidenceId, linked: true, pageNote: '第 2 页' },
    })),
    await twice(officer, evaluations.editEvidence, async () => {
      const { revision } = await officer.call(evaluations.readEvidence, { params: { evidenceId } });
      return { params: { evidenceId }, body: { ...form, title: '经费决算表（定稿）', revision } };
    }),
  );
  const judging = await layJudging(app, { blind: false, reviewersPerLeaf: 1 });
  const reviewer = await judging.officer('审评员', ['*']);
  const judgedLeaf = { params: { ...judging.params, code: judging.leaves[0]!.code } };
  const comments = [{ kind: 'strength' as const, code: null, text: '经费投入稳步增长' }];
  seen.push(
    await twice(reviewer.person, evaluations.score, async () => {
      const { scores, version } = await reviewer.person.call(evaluations.leaf, judgedLeaf);
      const own = scores.find((one) => one.own && one.voidedAt === null)?.version ?? 0;
      return { ...judgedLeaf, body: { version: own, leafVersion: version, answer: { points: 1 }, reason: '材料不足' } };
    }),
    await twice(city, evaluations.saveOpinion, async () => {
      const { revision } = await city.call(evaluations.opinion, { params: judging.params });
      return { params: judging.params, body: { revision, comments, findings: [] } };
    }),
  );
  expect(seen.sort()).toEqual(
    routes
      .filter(isChange)
      .map(({ name }) => name)
      .sort(),
  );
});
