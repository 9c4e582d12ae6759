import { digestOf } from '#core/evidence/digest.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import type { LetterFigure } from '#domain/letter/figure.shape.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import { letterNumberText } from '#domain/letter/number-text.ts';
import { officeOf } from '#domain/letter/office.ts';
import type { LetterState } from '#domain/letter/state.ts';
import { momentOn } from '../calendar.ts';
import { Hanging } from '../files.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SamplePerson, SampleUnit } from '../model.ts';
import type { Laying, SampleJob, SampleRows } from '../part.ts';
import { Table } from '../table.ts';
import { type SampleLetter, sampleLetters } from './letters.shape.ts';

/** The acts on the way to a state, and who does each: who drafts, who checks, who signs. */
const ways: Readonly<Record<LetterState, readonly (readonly [action: string, to: LetterState, by: 0 | 1 | 2])[]>> = {
  draft: [],
  submitted: [['submit', 'submitted', 0]],
  checked: [
    ['submit', 'submitted', 0],
    ['check', 'checked', 1],
  ],
  signed: [
    ['submit', 'submitted', 0],
    ['check', 'checked', 0],
    ['sign', 'signed', 1],
  ],
  issued: [
    ['submit', 'submitted', 0],
    ['check', 'checked', 1],
    ['sign', 'signed', 2],
    ['issue', 'issued', 0],
  ],
  withdrawn: [
    ['submit', 'submitted', 0],
    ['check', 'checked', 1],
    ['sign', 'signed', 2],
    ['issue', 'issued', 0],
    ['withdraw', 'withdrawn', 0],
  ],
  cancelled: [['cancel', 'cancelled', 0]],
};

type Hand = Pick<SamplePerson, 'id' | 'name' | 'role'>;

interface Office {
  readonly unit: SampleUnit;
  readonly seriesId: string;
  readonly code: string;
  readonly name: string;
  readonly hands: readonly [Hand, Hand, Hand];
}

interface Sent {
  readonly state: LetterState;
  readonly daysAgo: number;
  readonly to: readonly SampleUnit[];
  readonly addressees: readonly string[];
  /** How many of the addressees have received it. */
  readonly received?: number;
  readonly replyTo?: { readonly placeId: number; readonly id: string };
}

/**
 * The rows of letters; the same city and day give the same rows. What is issued is printed by the job that prints every
 * letter, so that the loading waits for no press.
 */
export function letterRows(city: SampleCity, { today, now, files }: Laying): SampleRows {
  const ids = sampleIds(generator(`${city.seed} letters`), '2024-01-02T08:00:00+08:00');
  const jobs: SampleJob[] = [];
  const series = new Table('letter_series', 'place_id id code kind head signer printed_by', true);
  const counters = new Table('letter_counters', 'place_id series_id year first last last_issued_on', true);
  const letters = new Table(
    'letters',
    `place_id id series_id kind title model model_hash state revision year number number_text signed_on issued_on withdrawn_on reason \
reply_to_place_id reply_to_id drafted_by drafted_by_name written_by drafted_at updated_at`,
    true,
  );
  const recipients = new Table(
    'letter_recipients',
    'place_id letter_id id unit_id position received_at received_by_name',
    true,
  );
  const receipts = new Table(
    'letter_receipts',
    `place_id id letter_place_id letter_id kind number_text title issued_on signer model_hash withdrawn_on reason \
received_by received_by_name received_at`,
    true,
  );
  const texts = new Table('letter_texts', 'place_id digest model', true);
  const steps = new Table(
    'steps',
    'place_id id subject_type subject_id action from_state to_state actor_id actor_name actor_role at reason',
    true,
  );
  /** The last number of each year and its day; only the city has issued any. */
  const given = new Map<number, { readonly last: number; readonly day: Day }>();
  const person = (role: string, unitId: number) =>
    city.people.find((one) => one.role === role && one.unitId === unitId)!;
  const moment = (day: Day, minutes: number) => momentOn(day, minutes, now);

  const open = (unit: SampleUnit, code: string, hands: Office['hands']): Office => {
    const office = { unit, seriesId: ids.next(), code, name: officeOf(unit.name), hands };
    series.add(unit.id, office.seriesId, code, null, `${office.name}文件`, office.name, office.name);
    return office;
  };

  const add = (office: Office, written: SampleLetter, sent: Sent): { placeId: number; id: string } => {
    const { unit, hands } = office;
    const id = ids.next();
    const begun = addDays(today, -sent.daysAgo);
    const way = ways[sent.state];
    const isNumbered = sent.state === 'issued' || sent.state === 'withdrawn';
    const issuedOn = isNumbered ? begun : null;
    const signedOn = isNumbered || sent.state === 'signed' ? begun : null;
    const year = Number(begun.slice(0, 4));
    const ordinal = isNumbered ? (given.get(year)?.last ?? 0) + 1 : null;
    if (ordinal !== null) given.set(year, { last: ordinal, day: begun });
    const model: Letter = {
      head: `${office.name}文件`,
      number: { code: office.code, year, ordinal },
      title: written.title,
      addressees: [...sent.addressees],
      body: written.text.map((text) => ({ kind: 'paragraph' as const, text })),
      attachments: [],
      signer: office.name,
      sealed: true,
      date: issuedOn === null ? null : signedOn,
      copyTo: [],
      printedBy: office.name,
      printedOn: issuedOn,
      ...(written.openFindings === undefined
        ? {}
        : { figures: [openFindings(unit, written.openFindings, moment(begun, 0))] }),
    };
    const digest = isNumbered ? digestOf(model) : null;
    const number = isNumbered ? letterNumberText(model.number) : null;
    const reason =
      sent.state === 'withdrawn'
        ? '统计口径有误，另行印发'
        : sent.state === 'cancelled'
          ? '会议与培训合并，不再印发'
          : null;
    const withdrawnOn = sent.state === 'withdrawn' ? addDays(begun, 1) : null;
    letters.add(
      ...[unit.id, id, office.seriesId, written.kind, written.title, JSON.stringify(model), digest, sent.state],
      ...[way.length + 1, isNumbered ? year : null, ordinal, number, signedOn, issuedOn, withdrawnOn, reason],
      ...[sent.replyTo?.placeId ?? null, sent.replyTo?.id ?? null, hands[0].id, hands[0].name, [hands[0].id]],
      ...[moment(begun, 0), moment(begun, way.length * 20)],
    );
    const step = (action: string, from: string, to: string, by: Hand, at: number, why: string | null) =>
      steps.add(
        ...[unit.id, ids.next(), 'letter', id, action, from, to, by.id, by.name, by.role, moment(begun, at), why],
      );
    if (isNumbered) {
      const data = { placeId: unit.id, letterId: id, places: [unit.id, ...sent.to.map((to) => to.id)] };
      jobs.push({ name: 'official-documents.print', key: id, data, personId: hands[0].id });
    }
    step('drafted', 'draft', 'draft', hands[0], 0, null);
    let from: LetterState = 'draft';
    for (const [at, [action, to, by]] of way.entries()) {
      // What only waits for its number was checked by somebody who may no more be asked: the one who issues it is free.
      const hand = sent.state === 'signed' && action === 'check' ? hands[2] : hands[by];
      step(action, from, to, hand, (at + 1) * 20, action === 'withdraw' || action === 'cancel' ? reason : null);
      from = to;
    }
    for (const [at, to] of sent.to.entries()) {
      const isReceived = at < (sent.received ?? 0);
      const by = to.adminLevel === 'city' ? person('city-officer', to.id) : person('county-officer', to.id);
      const receivedAt = isReceived ? moment(begun, 200 + at) : null;
      const receivedByName = isReceived ? by.name : null;
      recipients.add(unit.id, id, ids.next(), to.id, at + 1, receivedAt, receivedByName);
      if (!isNumbered) continue;
      texts.add(to.id, digest!, JSON.stringify(model));
      receipts.add(
        ...[to.id, ids.next(), unit.id, id, written.kind, number!, written.title, issuedOn, model.signer, digest!],
        ...[withdrawnOn, withdrawnOn === null ? null : reason, isReceived ? by.id : null, receivedByName, receivedAt],
      );
    }
    return { placeId: unit.id, id };
  };

  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  const section = person('section-officer', cityUnit.id);
  const colleague =
    city.people.find(({ further }) => further.some(({ role }) => role === 'section-officer')) ?? section;
  const second = { id: colleague.id, name: colleague.name, role: 'section-officer' };
  const office = open(cityUnit, sampleLetters.series.city, [section, second, person('city-officer', cityUnit.id)]);
  const everybody = { to: counties, addressees: ['各县（市、区）人民政府'] };
  const [notice, rectification, bulletin, opinion, review, posting, asking, meeting] = sampleLetters.city;
  add(office, notice, { ...everybody, state: 'issued', daysAgo: 40, received: counties.length });
  const asked = add(office, rectification, { ...everybody, state: 'issued', daysAgo: 20, received: 4 });
  add(office, bulletin, { ...everybody, state: 'withdrawn', daysAgo: 12, received: 2 });
  add(office, opinion, { ...everybody, state: 'checked', daysAgo: 3 });
  add(office, review, { to: counties.slice(0, 1), addressees: [counties[0]!.name], state: 'signed', daysAgo: 2 });
  const posted = add(office, posting, { ...everybody, state: 'submitted', daysAgo: 1 });
  const wanted = add(office, asking, { to: [], addressees: ['市财政局'], state: 'draft', daysAgo: 1 });
  add(office, meeting, { ...everybody, state: 'cancelled', daysAgo: 6 });
  const hanging = new Hanging(city, files, 'letters');
  for (const { placeId, id } of [posted, wanted]) {
    const subject = { type: 'letter' as const, placeId, id, schoolId: null };
    hanging.add(subject, 'equipment', '设备经费明细', section, moment(addDays(today, -1), 5));
    hanging.add(subject, 'reportInPdf', '情况说明', section, moment(addDays(today, -1), 6));
  }
  for (const [year, { last, day }] of given) counters.add(cityUnit.id, office.seriesId, year, 1, last, day);
  const [county] = counties;
  if (county) {
    const officer = person('county-officer', county.id);
    const director = person('county-director', county.id);
    const own = open(county, sampleLetters.series.county, [officer, director, director]);
    add(own, sampleLetters.county, {
      ...{ state: 'checked', daysAgo: 1, to: [cityUnit], addressees: [officeOf(cityUnit.name)] },
      replyTo: asked,
    });
  }
  return { tables: [series, counters, letters, recipients, texts, receipts, steps, hanging.table], jobs };
}

/** The number of open findings as a letter holds it, from a list of before. */
function openFindings({ id, name }: SampleUnit, value: string, readAt: Date): LetterFigure {
  const asked = { query: 'rectifications.count', unitId: id, year: 2025, choice: 'open' } as const;
  return {
    ...{ key: 1, asked, title: '整改台账：问题数', label: `${name} 2025 学年未销号问题数`, value },
    readAt: readAt.toISOString(),
    certificate: [{ item: '清单校验码', value: digestOf({ asked, value }).slice(0, 32) }],
  };
}
