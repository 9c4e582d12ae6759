import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import * as session from '#contract/session/session.ts';
import * as items from '#contract/work-plans/items.ts';
import * as plans from '#contract/work-plans/plans.ts';
import type { TrackAction } from '#domain/balance-tracking/flow.ts';
import type { TrackStanding } from '#domain/balance-tracking/state.ts';
import type { LetterAction } from '#domain/letter/flow.ts';
import type { LetterTurn } from '#domain/letter/state.ts';
import type { FindingAction } from '#domain/rectification/flow.ts';
import type { WaitingKind } from '#domain/rectification/waiting.ts';
import type { TestPerson } from '#test/support/app.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import type { Member } from '#test/support/cast.ts';
import { at as atLetter, LetterScene, ofUnit } from '#test/support/product/letter-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { openEvaluationScene, schoolSubject } from '#test/support/scenes/evaluation-scene.ts';
import { measures, newFinding, ofSchool, report } from '#test/support/scenes/ledger-scene.ts';
import { desks } from '#web/desk/desks.ts';
import { evaluationListSearch, queryOf as evaluationQuery } from '#web/features/evaluations/evaluation.search.ts';
import { findingListSearch, queryOf } from '#web/features/rectifications/finding.search.ts';
import { deskWords, here, provideDesks } from '#web/shared/desk/registry.ts';
import { features as allFeatures } from '../../../src/server/app/features.ts';
import { balanceTrackingFeature } from '../../../src/server/features/balance-tracking/balance-tracking.feature.ts';
import { officialDocumentsFeature } from '../../../src/server/features/official-documents/official-documents.feature.ts';
import { rectificationFeature } from '../../../src/server/features/rectifications/rectification.feature.ts';
import { workPlansFeature } from '../../../src/server/features/work-plans/work-plans.feature.ts';

let tracks: Awaited<ReturnType<typeof openTrackScene>>;
let office: LetterScene;
beforeAll(async () => {
  tracks = await openTrackScene();
  office = await LetterScene.open(tracks.app);
});
afterAll(() => tracks?.app.close());

const year = 2025;
const as = (member: Member) => tracks.app.as(member);

/** What a line of work promises: what its list shows, and whether the person may do its act with one of them now. */
interface Kept {
  shown(person: TestPerson): Promise<readonly string[]>;
  may(person: TestPerson, id: string): Promise<boolean>;
}

const letter = (waiting: LetterTurn, act: LetterAction): Kept => ({
  async shown(person) {
    const { rows } = await person.call(letters.list, { query: { waiting, pageSize: 100 } });
    return rows.map(({ id }) => id);
  },
  may: async (person, letterId) => (await person.call(letters.read, { params: { letterId } })).can[act] === true,
});

const finding = (waiting: WaitingKind, ...acts: readonly FindingAction[]): Kept => ({
  async shown(person) {
    const { rows } = await person.call(rectifications.list, { query: { waiting, pageSize: 100 } });
    return rows.map(({ id }) => id);
  },
  async may(person, findingId) {
    const { can, children } = await person.call(rectifications.read, { params: { findingId } });
    // The button is there while parts are open, and says so; the act is refused.
    const whole = children.every(({ state }) => state === 'closed' || state === 'cancelled');
    return acts.some((act) => can[act] === true && (act !== 'close' || whole));
  },
});

const proof: Kept = {
  shown: finding('prove').shown,
  async may(person, findingId) {
    const { rows: draws } = await person.call(rectifications.reproofDraws, { query: {} });
    for (const { id: drawId } of draws) {
      const { rows } = await person.call(rectifications.readReproofDraw, { params: { drawId } });
      if (rows.some((row) => row.findingId === findingId && row.result === null && row.obstacle === null)) return true;
    }
    return false;
  },
};

const track = (standing: TrackStanding, act: TrackAction): Kept => ({
  async shown(person) {
    const { rows } = await person.call(tracking.overview, { query: { year, standing } });
    return rows.map((row) => row.track!.id);
  },
  async may(person, trackId) {
    const detail = await person.call(tracking.read, { params: { trackId } });
    return detail.can[act] === true && (act !== 'confirm' || detail.ledger.settled === detail.ledger.raised);
  },
});

/** Every kind of line of these features, with the act that it promises. */
const promises: Readonly<Record<string, Kept>> = {
  'official-documents.issue': letter('issue', 'issue'),
  'official-documents.sign': letter('sign', 'sign'),
  'official-documents.cosign': letter('cosign', 'cosign'),
  'official-documents.check': letter('check', 'check'),
  'official-documents.returned': letter('returned', 'submit'),
  'official-documents.draft': letter('draft', 'submit'),
  'official-documents.receive': {
    async shown(person) {
      const { rows } = await person.call(receipts.receipts, { query: { state: 'waiting', pageSize: 100 } });
      return rows.map(({ id }) => id);
    },
    may: async (person, receiptId) => (await person.call(receipts.readReceipt, { params: { receiptId } })).can.receive,
  },
  'rectifications.urgent': finding('urgent', 'acknowledge'),
  // Whoever is over the late duty body moves it, or gives it to another.
  'rectifications.raised': finding('raised', 'handOver', 'cancel'),
  'rectifications.notice': finding('notice', 'notice'),
  'rectifications.overdue': finding('overdue', 'plan', 'report'),
  'rectifications.plan': finding('plan', 'plan'),
  'rectifications.report': finding('report', 'report'),
  'rectifications.decide': finding('decide', 'decide'),
  'rectifications.check': finding('check', 'check'),
  'rectifications.close': finding('close', 'close'),
  'rectifications.prove': proof,
  'balance-tracking.figures': track('opened', 'record'),
  'balance-tracking.request': track('data-received', 'request'),
  'balance-tracking.review': track('submitted', 'accept'),
  'balance-tracking.list': track('city-reviewed', 'list'),
  'balance-tracking.confirm': track('rectified', 'confirm'),
  'balance-tracking.close': track('rectified-confirmed', 'close'),
  'balance-tracking.revise': track('returned', 'fill'),
  'balance-tracking.report': track('self-report-due', 'fill'),
  'balance-tracking.submit': track('prepared', 'submit'),
  'work-plans.unplanned': {
    async shown(person) {
      const { parts } = await person.call(plans.list, { query: { year } });
      return parts.filter((part) => part.named && part.state === 'standing' && part.items === 0).map(({ id }) => id);
    },
    async may(person) {
      const { mayCreate, mayTake, rows } = await person.call(plans.list, { query: { year } });
      const hasPlan = rows.some(({ kind, state }) => kind === 'county' && state !== 'cancelled');
      return hasPlan ? mayTake !== null : mayCreate.includes('county');
    },
  },
  'work-plans.overdue': {
    async shown(person) {
      const { unit } = await person.call(session.read);
      const { rows } = await person.call(plans.list, { query: { year } });
      const found: string[] = [];
      // A plan belongs to its place: those of the counties wait for nobody of the city.
      for (const { id: planId } of rows.filter((row) => row.state === 'issued' && row.placeId === unit?.id)) {
        const { items } = await person.call(plans.read, { params: { planId } });
        found.push(...items.filter(({ standing }) => standing === 'overdue').map(() => planId));
      }
      return found;
    },
    may: async (person, planId) => (await person.call(plans.read, { params: { planId } })).can.note,
  },
};

/** The people of a place by name; who has several posts stands there in each of them. */
const peopleOf = {
  city: () => ({
    ...{ cityOfficer: as('cityOfficer'), sectionOfficer: as('sectionOfficer') },
    ...{ signer: office.signer, issuer: office.issuer },
  }),
  licheng: () => ({
    ...{ countyDirector: as('countyDirector'), countyOfficer: as('countyOfficer') },
    ...{ head: as('head'), clerk: as('clerk'), neighbourClerk: as('neighbourClerk') },
    inThirdPost: as('threePosts'),
  }),
  fengze: () => ({
    ...{ otherDirector: as('otherDirector'), otherOfficer: as('otherOfficer'), standIn: as('standIn') },
    standInInOwnPost: as('standIn').inPost({ grantId: as('standIn').grants[0]!, standInId: null }),
    officerInSecondPost: as('threePosts').inPost({ grantId: as('threePosts').grants[1]!, standInId: null }),
  }),
};

const seen = new Set<string>();

/** The lines of the people of these places that promise more than their list shows or than the flow gives. */
async function broken(...places: (keyof typeof peopleOf)[]): Promise<string[]> {
  const faults: string[] = [];
  const people: Record<string, TestPerson> = Object.assign({}, ...places.map((place) => peopleOf[place]()));
  for (const [name, person] of Object.entries(people)) {
    const { work } = await person.call(home.overview, { query: { year } });
    for (const { kind, count, subject } of work.flatMap(({ parts, ...line }) => [line, ...parts])) {
      const kept = promises[kind];
      if (kept === undefined) continue;
      seen.add(kind);
      const ids = await kept.shown(person);
      if (ids.length !== count) faults.push(`${name} ${kind}: counts ${count}, lists ${ids.length}`);
      if (subject !== null && !ids.includes(subject)) faults.push(`${name} ${kind}: opens what its list does not show`);
      for (const id of new Set(ids))
        if (!(await kept.may(person, id))) faults.push(`${name} ${kind}: may not at ${id}`);
    }
  }
  return faults;
}

/** Whether the person has such a line now. */
async function waits(person: TestPerson, kind: string): Promise<boolean> {
  const { work } = await person.call(home.overview, { query: { year } });
  return work.some((line) => line.kind === kind);
}

describe('a line of work is an act that would succeed now', () => {
  it('of letters, from the draft to the receipt', async () => {
    const { id: seriesId } = await office.openSeries('cityOfficer', '泉轮');
    const { params, revision } = await office.drafted(seriesId);
    expect(await broken('city')).toEqual([]);
    await as('sectionOfficer').call(letters.submit, atLetter(params, revision));
    expect(await broken('city')).toEqual([]);
    await as('cityOfficer').call(letters.check, atLetter(params, revision + 1));
    await office.signer.call(letters.sign, atLetter(params, revision + 2));
    expect(await broken('city')).toEqual([]);
    await office.issuer.call(letters.issue, atLetter(params, revision + 3));
    expect(await broken('city', 'licheng', 'fengze')).toEqual([]);

    const back = await office.drafted(seriesId, { recipients: [] });
    await as('sectionOfficer').call(letters.submit, atLetter(back.params, back.revision));
    await as('cityOfficer').call(letters.check, atLetter(back.params, back.revision + 1));
    // A section leads, so the office of the city signs beside it.
    await office.app.owner.query('update letters set cosigner_unit_id = $2 where id = $1', [
      ...[back.params.letterId, units.city.id],
    ]);
    expect(await broken('city')).toEqual([]);
    const reason = { reason: '请写明时间' };
    await office.signer.call(letters.sendBack, atLetter(back.params, back.revision + 2, reason));
    expect(await broken('city')).toEqual([]);
  });

  it('of letters that a stand-in wrote: neither she nor whom she stands in for judges them', async () => {
    const { id: seriesId } = await office.openSeries('otherDirector', '泉丰');
    const recipients = [ofUnit(units.city.id)];
    const { params, revision } = await office.drafted(seriesId, { by: as('standIn'), recipients });
    await as('standIn').call(letters.submit, atLetter(params, revision));
    expect(await waits(as('otherDirector'), 'official-documents.check')).toBe(false);
    expect(await waits(as('standIn'), 'official-documents.check')).toBe(false);
    expect(await waits(as('otherOfficer'), 'official-documents.check')).toBe(true);
    expect(await broken('fengze')).toEqual([]);
  });

  const read = (findingId: string) => as('cityOfficer').call(rectifications.read, { params: { findingId } });
  const at = async (id: string, body: object = {}) => ({
    params: { findingId: id },
    body: { revision: (await read(id)).revision, ...body } as never,
  });
  const enter = async (member: Member, more: object = {}) =>
    (await as(member).call(rectifications.enter, { body: { ...newFinding, ...more } })).id;
  const ask = (until: string, id: string) => ({
    params: { findingId: id },
    body: { until, reason: '工程招标需要时间' },
  });

  it('of findings, from the notice to the proof', async () => {
    const id = await enter('countyOfficer');
    expect(await broken('city', 'licheng')).toEqual([]);
    await as('countyOfficer').call(rectifications.notice, await at(id));
    await as('head').call(rectifications.ask, ask('2025-11-20', id));
    expect(await broken('city', 'licheng')).toEqual([]);
    await as('head').call(rectifications.plan, await at(id, { measures }));
    expect(await broken('city', 'licheng')).toEqual([]);
    await as('head').call(rectifications.report, await at(id, { report }));
    const part = await enter('countyOfficer', { parentId: id, title: '疏散标志缺失' });
    await as('countyOfficer').call(rectifications.check, await at(id));
    expect(await waits(as('countyDirector'), 'rectifications.close'), 'a part is open').toBe(false);
    expect(await broken('city', 'licheng')).toEqual([]);
    await as('countyOfficer').call(rectifications.cancel, await at(part, { reason: '并入原问题' }));
    expect(await waits(as('countyDirector'), 'rectifications.close')).toBe(true);
    expect(await broken('city', 'licheng')).toEqual([]);
    await as('countyDirector').call(rectifications.close, await at(id));
    const days = { unitId: units.licheng.id, closedFrom: '2025-10-01', closedTo: '2025-10-31' };
    await as('countyDirector').call(rectifications.drawReproof, { body: days });
    expect(await waits(as('countyOfficer'), 'rectifications.prove'), 'the own hand checked').toBe(false);
    await as('cityOfficer').call(rectifications.drawReproof, { body: { ...days, closedFrom: '2025-10-02' } });
    expect(await broken('city', 'licheng')).toEqual([]);
  });

  it('of findings of bodies whose own people ask for time and report', async () => {
    // Nobody of this school can sign in, so its county acts for it.
    const id = await enter('countyOfficer', { duty: ofSchool(schools.junior.id) });
    await as('countyOfficer').call(rectifications.notice, await at(id));
    await as('countyOfficer').call(rectifications.ask, ask('2025-11-20', id));
    expect(await waits(as('countyOfficer'), 'rectifications.decide')).toBe(false);
    expect(await waits(as('countyDirector'), 'rectifications.decide')).toBe(true);
    expect(await broken('licheng')).toEqual([]);
    await as('countyOfficer').call(rectifications.plan, await at(id, { measures }));
    await as('countyOfficer').call(rectifications.report, await at(id, { report }));
    expect(await broken('licheng')).toEqual([]);

    const duty = { type: 'unit', id: units.fengze.id };
    const other = await enter('otherOfficer', { duty, kind: 'duty', title: '督导经费没有单列' });
    await as('otherOfficer').call(rectifications.notice, await at(other));
    await as('standIn').call(rectifications.ask, ask('2026-06-30', other));
    expect(await waits(as('otherDirector'), 'rectifications.decide'), 'asked in the own name').toBe(false);
    expect(await broken('fengze')).toEqual([]);
  });

  it('of findings that are late, dangerous, or of a school that was merged', async () => {
    const job = (name: string) => rectificationFeature.jobs!.find((one) => one.name === name)!;
    await enter('countyOfficer', { severity: 'urgent', title: '围墙倾斜' });
    const late = await enter('countyOfficer', { title: '护栏松动' });
    await as('countyOfficer').call(rectifications.notice, await at(late));
    const merged = await enter('countyOfficer', { title: '校舍裂缝', duty: ofSchool(schools.neighbour.id) });
    await as('countyOfficer').call(rectifications.notice, await at(merged));
    await job('rectifications.danger').run(tracks.app.services, { places: [] });
    tracks.app.clock.today = '2025-11-10';
    await job('rectifications.overdue').run(tracks.app.services, { places: [] });
    expect(await broken('city', 'licheng')).toEqual([]);
    tracks.app.clock.today = undefined;

    // Nobody of the guest can sign in any more; its host has people, who have the duty now.
    await tracks.app.owner.query('update grants set revoked_at = now() where school_id = $1', [schools.neighbour.id]);
    const { rows } = await tracks.app.owner.query('select id, revision from schools where id = any($1)', [[101, 102]]);
    const revisionOf = (schoolId: number) => rows.find((row) => row.id === schoolId).revision;
    await as('cityOfficer').call(schoolChanges.mergeSchools, {
      params: { schoolId: schools.first.id },
      body: {
        ...{ revision: revisionOf(101), day: '2025-10-14', document: '泉教〔2025〕9号' },
        guests: [{ id: schools.neighbour.id, revision: revisionOf(102) }],
      } as never,
    });
    expect(await broken('city', 'licheng')).toEqual([]);
  });

  it('of the tracking of balance, from the figures to the end of the year', async () => {
    const one = await tracks.of();
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.enter();
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.city.call(tracking.request, await one.at());
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.write({ measures: '新建校舍两处', conclusion: '达到基本均衡' });
    await as('countyDirector').call(tracking.prepare, await one.at());
    expect(await waits(as('countyDirector'), 'balance-tracking.submit'), 'the own hand prepared it').toBe(false);
    expect(await broken('city', 'licheng')).toEqual([]);
    await as('countyDirector').call(tracking.withdraw, await one.at());
    await one.filler.call(tracking.prepare, await one.at());
    expect(await waits(as('countyDirector'), 'balance-tracking.submit')).toBe(true);
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.director.call(tracking.submit, await one.at());
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.city.call(tracking.sendBack, await one.at({ reason: '措施请写明时间', parts: ['measures'] }));
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.filler.call(tracking.prepare, await one.at());
    await one.director.call(tracking.submit, await one.at());
    await one.city.call(tracking.accept, await one.at());
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.city.call(tracking.listIssues, await one.at({ keys: [] }));
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.city.call(tracking.confirm, await one.at());
    expect(await broken('city', 'licheng')).toEqual([]);
    await one.city.call(tracking.close, await one.at());

    const other = await tracks.of(units.fengze.id);
    await other.enter();
    await other.city.call(tracking.request, await other.at());
    await other.write({ measures: '新建校舍两处', conclusion: '达到基本均衡' });
    await as('standIn').call(tracking.prepare, await other.at());
    expect(await waits(as('otherDirector'), 'balance-tracking.submit'), 'prepared in the own name').toBe(false);
    expect(await broken('fengze')).toEqual([]);
  });

  it('of plans: what the city issued is taken up, and what is late is noted', async () => {
    const city = as('cityOfficer');
    const text = '一、督政\n1.各县（市、区）完成年度自评，2025年9月底前完成。\n2.鲤城区、丰泽区落实督导经费。';
    const { id: planId } = await city.call(plans.create, { body: { kind: 'city', year, text } });
    await city.call(plans.issue, { params: { planId }, body: { revision: 1 } });
    expect(await waits(as('countyOfficer'), 'work-plans.unplanned')).toBe(true);
    expect(await waits(city, 'work-plans.overdue')).toBe(true);
    expect(await broken('city', 'licheng')).toEqual([]);
    const own = await as('countyOfficer').call(plans.create, { body: { kind: 'county', year, fromParts: true } });
    expect(await waits(as('countyOfficer'), 'work-plans.unplanned')).toBe(false);
    await as('countyDirector').call(plans.issue, { params: { planId: own.id }, body: { revision: 1 } });
    expect(await waits(as('countyOfficer'), 'work-plans.overdue')).toBe(true);
    expect(await broken('city', 'licheng')).toEqual([]);
  });

  it('of every kind of these features one was seen', () => {
    const features = [
      officialDocumentsFeature(() => []),
      rectificationFeature,
      balanceTrackingFeature,
      workPlansFeature(() => []),
    ];
    const kinds = features.flatMap(({ work }) => work?.kinds ?? []);
    expect(Object.keys(promises).toSorted()).toEqual(kinds.toSorted());
    expect([...seen].toSorted()).toEqual(kinds.toSorted());
  });
});

type Query = Readonly<Record<string, unknown>>;
type Place = Query & { readonly unit: number; readonly year: number };
type Counted = Readonly<Record<'done' | 'total', number>>;

/** What was cancelled is listed and not counted: nobody owes it. */
async function ofEvaluations(person: TestPerson, { unit: countyId, year, ...rest }: Place): Promise<Counted> {
  const query = evaluationQuery(evaluationListSearch.parse(rest), { countyId, year });
  const { rows } = await person.call(evaluations.list, { query: { ...query, pageSize: 200 } as never });
  const counted = rows.filter(({ state }) => state !== 'cancelled');
  return {
    done: counted.filter(({ state }) => state === 'rectification' || state === 'closed').length,
    total: counted.length,
  };
}

/** What the page of a link lists for the person, counted as the plan counts it. */
const listed: Readonly<Record<string, (person: TestPerson, search: Place) => Promise<Counted>>> = {
  async 'filings.collection'(person, { unit: unitId, ...rest }) {
    const { rows } = await person.call(filings.list, { query: { ...rest, unitId, pageSize: 200 } as never });
    return { done: Number(rows.every(({ state }) => state === 'accepted')), total: 1 };
  },
  async 'balance.run'(person, { unit: unitId, year, ...rest }) {
    const { rows } = await person.call(balance.runs, {
      query: { ...rest, current: String(rest.current ?? false), year, unitId, pageSize: 200 } as never,
    });
    return { done: Number(rows.every(({ verdict }) => verdict === 'pass' || verdict === 'fail')), total: 1 };
  },
  async 'balance-tracking.year'(person, { unit: unitId, ...rest }) {
    const { rows } = await person.call(tracking.overview, { query: { ...rest, unitId } as never });
    return { done: rows.filter((row) => row.track?.state === 'closed').length, total: rows.length };
  },
  'campaigns.county-inspection': ofEvaluations,
  'campaigns.school-evaluation': ofEvaluations,
  async 'rectifications.ledger'(person, { unit: unitId, year, ...rest }) {
    const query = queryOf(findingListSearch.parse(rest), { unitId, year });
    const { rows, total } = await person.call(rectifications.list, { query: { ...query, pageSize: 200 } as never });
    return { done: rows.filter(({ state }) => state === 'closed').length, total };
  },
};

describe('the records behind the count of a plan', () => {
  it('are what the link of each kind lists', async () => {
    provideDesks(desks);
    await deskWords.load();
    const links = here(deskWords).fulfilLinks;
    const kinds = allFeatures.flatMap(({ fulfils }) => Object.keys(fulfils?.kinds ?? {})).sort();
    expect([Object.keys(links).sort(), Object.keys(listed).sort()]).toEqual([kinds, kinds]);
    // Accepted are the filings of the county; that of the 市直 school at the same place is reviewed by the city.
    await tracks.app.owner.query(
      `update filings set state = 'accepted', filled = required, submitted_at = now(), first_submitted_on = '2025-10-14',
              approved_at = now(), accepted_at = now(), approved = coalesce(approved, '{}'), content_hash = 'x'
        where place_id = $1 and managed_by = 'county'`,
      [units.fengze.id],
    );
    await openEvaluationScene(tracks.app);
    const { rows: some } = await tracks.app.owner.query<{ id: number; county: number; name: string }>(
      `select distinct on (county_id) id, county_id as county, name from schools
        where status = 'open' and county_id = any($1) order by county_id, id`,
      [[units.licheng.id, units.fengze.id]],
    );
    await openEvaluationScene(tracks.app, {
      kind: 'school-evaluation',
      subjects: some.map(schoolSubject),
    });
    const city = as('cityOfficer');
    const { rows } = await city.call(plans.list, { query: { year } });
    const params = { planId: rows.find(({ kind }) => kind === 'city')!.id };
    const { plan, items: found } = await city.call(plans.read, { params });
    const item = { ...found.at(-1)!, ties: kinds.map((kind) => ({ kind, year })) };
    const body = { revision: plan.revision, reason: '关联进度', item };
    await city.call(items.change, { params: { ...params, itemId: item.id }, body });
    const read = await city.call(plans.read, { params });
    const said = read.items
      .at(-1)!
      .ties.flatMap(({ kind, units: counted }) =>
        counted.map(({ unitId, done, total }) => ({ kind, unitId, done, total })),
      );
    expect(said).toHaveLength(2 * kinds.length);
    for (const { kind, unitId, ...count } of said) {
      const { search } = links[kind]!(unitId, year) as { search: Query };
      expect(search, kind).toMatchObject({ unit: unitId, year });
      const shown = await listed[kind]!(city, search as Place);
      expect(shown, `${kind} of ${unitId}`).toEqual(count);
    }
    const doneOf = (kind: string) =>
      said
        .filter((one) => one.kind === kind)
        .map(({ done }) => done)
        .sort();
    expect(doneOf('filings.collection')).toEqual([0, 1]);
    expect(doneOf('rectifications.ledger')).not.toEqual([0, 0]);
  });
});
