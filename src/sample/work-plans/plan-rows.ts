import { generator } from '#domain/kit/generator.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { countyNames, type KnownUnit } from '#domain/work-plan/named-units.ts';
import { type RecognisedItem, recognisePlan, understand } from '#domain/work-plan/recognise.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import plans from '../../../reference/sample/work-plans.json' with { type: 'json' };
import { momentOn, samplePeriods } from '../calendar.ts';
import { Hanging } from '../files.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleUnit } from '../model.ts';
import type { Laying } from '../part.ts';
import { Table } from '../table.ts';
import { samplePlansShape } from './plans.shape.ts';

const told = readDefinition(samplePlansShape, plans, '示例工作计划');

/** An item on its way into the tables. */
interface LaidItem extends RecognisedItem {
  readonly id: string;
  readonly partId: string | null;
  readonly meetingId: string | null;
}

/** Rows of the plans, read from their texts as a pasted plan is. */
export function planRows(city: SampleCity, { today, standing, files }: Laying): CopyTable[] {
  const ids = sampleIds(generator(`${city.seed} plans`), '2017-04-01T08:00:00+08:00');
  const cityUnit = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const counties = city.units.filter(({ adminLevel }) => adminLevel === 'county');
  const known = counties.map(
    ({ id, name, shortName }): KnownUnit => ({
      id,
      kind: 'county',
      names: countyNames([name, shortName], cityUnit.shortName),
    }),
  );
  const officer = city.people.find(({ role }) => role === 'city-officer')!;
  const year = Number(today.slice(0, 4));
  const dated = (text: string) => text.replaceAll('{year}', String(year));
  // What lies ahead of the sample's day has not happened; the plan of a year that has just begun came before its meeting.
  const past = (day: Day) => (dated(day) > today ? today : dated(day));
  const tables = new PlanTables();
  const hanging = new Hanging(city, files, 'plans');
  const period = samplePeriods(today).at(-1)!.id;
  const meetingId = ids.next();

  for (const plan of told.plans) {
    const [planId, ofYear] = [ids.next(), plan.year ?? year];
    const state = plan.closedOn === null ? 'issued' : 'closed';
    const text = dated(plan.text);
    const [issuedOn, title, documentNumber] = [past(plan.issuedOn), dated(plan.title), dated(plan.documentNumber)];
    tables.plans.add(
      ...[cityUnit.id, planId, 'city', ofYear, cityUnit.id, title, documentNumber, state, text, 2],
      ...[issuedOn, plan.closedOn],
    );
    const isCurrent = plan.year === null;
    const items = recognisePlan(text, ofYear, known).items.map(
      (item): LaidItem => ({ ...item, id: ids.next(), partId: null, meetingId: null }),
    );
    if (isCurrent) {
      const { decision } = told.meeting;
      const decided = { heading: null, number: null, text: decision, ...understand(decision, ofYear, known) };
      items.push({ ...decided, id: ids.next(), partId: null, meetingId });
    }
    const settled = new Set(plan.notes.flatMap(({ number, settles }) => (settles ? [number] : [])));
    const isSettled = ({ number }: LaidItem) => number !== null && settled.has(number);
    tables.addItems(cityUnit.id, planId, items, (item) => (isSettled(item) ? 'settled' : 'open'));
    for (const { number, kind } of plan.ties) {
      for (const item of items.filter((one) => one.number === number)) {
        tables.ties.add(cityUnit.id, item.id, ids.next(), kind, period);
      }
    }
    for (const note of plan.notes) {
      for (const item of items.filter((one) => one.number === note.number)) {
        const day = past(note.day);
        const at = momentOn(day, 60, standing);
        const noteId = ids.next();
        const subject = { type: 'work-item-note' as const, placeId: cityUnit.id, id: noteId, schoolId: null };
        hanging.add(subject, 'reportInPdf', '工作报告', officer, at);
        tables.notes.add(cityUnit.id, noteId, item.id, note.body, day, note.settles, officer.id, officer.name, at);
      }
    }
    if (isCurrent) addCounties({ counties, items, planId, issuedOn, title, documentNumber });
  }
  addMeeting();
  return [...tables.all, hanging.table];

  /** The copies at the counties, and the plans that two of them have made. */
  function addCounties(issued: {
    counties: readonly SampleUnit[];
    items: readonly LaidItem[];
    planId: string;
    issuedOn: Day;
    title: string;
    documentNumber: string;
  }): void {
    for (const county of issued.counties) {
      const taken: LaidItem[] = [];
      issued.items.forEach((item, at) => {
        const isNamed = item.units.some(({ part, unitId }) => part === 'named' && unitId === county.id);
        if (item.countyReach === 'none' || (item.countyReach === 'named' && !isNamed)) return;
        const partId = ids.next();
        tables.parts.add(
          ...[
            county.id,
            partId,
            cityUnit.id,
            issued.planId,
            item.id,
            year,
            issued.title,
            issued.documentNumber,
            at + 1,
          ],
          ...[item.heading, item.number, item.text, item.fromDay, item.toDay],
          ...[isNamed || item.countyReach === 'all', issued.issuedOn],
        );
        taken.push({
          ...item,
          id: ids.next(),
          partId,
          meetingId: null,
          countyReach: 'none',
          cityManaged: false,
          units: [],
        });
      });
      const plan = told.counties.find(({ unitCode }) => unitCode === county.unitCode);
      if (!plan) continue;
      const planId = ids.next();
      const issuedOn = plan.state === 'issued' ? past(`${year}-02-16`) : null;
      tables.plans.add(
        ...[county.id, planId, 'county', year, county.id, dated(plan.title), null, plan.state, '', 1, issuedOn, null],
      );
      const own = { heading: null, number: null, text: plan.own, ...understand(plan.own, year, known) };
      const items = [...taken, { ...own, id: ids.next(), partId: null, meetingId: null }];
      tables.addItems(county.id, planId, items, () => 'open');
    }
  }

  /** The meeting at the city, its copies at the counties, and those who signed in. */
  function addMeeting(): void {
    const { title, agenda, minutes } = told.meeting;
    const heldOn = past(told.meeting.heldOn);
    const places = [cityUnit.id, ...counties.map(({ id }) => id)];
    for (const placeId of places) {
      const isOrigin = placeId === cityUnit.id;
      tables.meetings.add(placeId, meetingId, cityUnit.id, heldOn, title, agenda, isOrigin ? minutes : '', 'held');
    }
    const attending = city.people.filter(({ role }) => role === 'county-director' || role === 'city-officer');
    attending.forEach((person, at) => {
      const signedAt = momentOn(heldOn, at, standing);
      tables.attendees.add(person.unitId!, meetingId, ids.next(), person.id, person.name, person.unitId!, signedAt);
    });
  }
}

class PlanTables {
  readonly plans = new Table(
    'work_plans',
    'place_id id kind year unit_id title document_number state source_text revision issued_on closed_on',
    true,
  );
  readonly items = new Table(
    'work_items',
    'place_id plan_id id position heading number text from_day to_day county_reach city_managed state meeting_id part_id',
    true,
  );
  readonly units = new Table('work_item_units', 'place_id item_id position part written unit_id', true);
  readonly ties = new Table('work_item_ties', 'place_id item_id id kind period_id', true);
  readonly notes = new Table('work_item_notes', 'place_id id item_id body day settles author_id author_name at', true);
  readonly parts = new Table(
    'work_item_parts',
    'place_id id plan_place_id plan_id item_id year plan_title document_number position heading number text from_day to_day named issued_on',
    true,
  );
  readonly meetings = new Table('meetings', 'place_id id origin_place_id held_on title agenda minutes state', true);
  readonly attendees = new Table('meeting_attendees', 'place_id meeting_id id person_id name unit_id signed_at', true);

  addItems(placeId: number, planId: string, items: readonly LaidItem[], stateOf: (item: LaidItem) => string): void {
    items.forEach((item, at) => {
      this.items.add(
        ...[placeId, planId, item.id, at + 1, item.heading, item.number, item.text, item.fromDay, item.toDay],
        ...[item.countyReach, item.cityManaged, stateOf(item), item.meetingId, item.partId],
      );
      item.units.forEach(({ part, written, unitId }, index) => {
        this.units.add(placeId, item.id, index + 1, part, written, unitId);
      });
    });
  }

  get all(): CopyTable[] {
    const { plans: ofPlans, items, units, ties, notes, parts, meetings, attendees } = this;
    return [ofPlans, items, units, ties, notes, parts, meetings, attendees];
  }
}
