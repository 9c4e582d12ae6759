import { digestOf } from '#core/evidence/digest.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import type { Letter } from '#domain/letter/letter.shape.ts';
import { letterNumberText } from '#domain/letter/number-text.ts';
import { officeOf } from '#domain/letter/office.ts';
import type { LetterKind, LetterState } from '#domain/letter/state.ts';
import { momentOn } from '../calendar.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SamplePerson, SampleUnit } from '../model.ts';
import type { Laying, SampleHand, SampleJob, SampleRecipient, SampleSent, SampleSeries, SampleText } from '../part.ts';
import { Table } from '../table.ts';

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

/** A unit that writes letters in a series of its own. */
interface Office {
  readonly unit: SampleUnit;
  readonly seriesId: string;
  readonly code: string;
  readonly name: string;
  readonly hands: SampleSeries['hands'];
}

/** How far a letter has come, and where it went. */
export interface Sent extends SampleSent {
  readonly state: LetterState;
  /** How many of the addressees have received it. */
  readonly received?: number;
  readonly replyTo?: { readonly placeId: number; readonly id: string };
}

/**
 * The letters of one part of the sample, as offices write, check, sign and issue them. What is issued is printed by the job
 * that prints every letter, so that the loading waits for no press.
 */
export class LetterDesk {
  readonly jobs: SampleJob[] = [];
  readonly #series = new Table('letter_series', 'place_id id code kind head signer printed_by', true);
  readonly #counters = new Table('letter_counters', 'place_id series_id year first last last_issued_on', true);
  readonly #letters = new Table(
    'letters',
    `place_id id series_id kind title model model_hash state revision year number number_text signed_on issued_on withdrawn_on reason \
reply_to_place_id reply_to_id source_type source_id source_label drafted_by drafted_by_name written_by drafted_at updated_at \
cosigner_unit_id cosigned_by_name cosigned_at`,
    true,
  );
  readonly #recipients = new Table(
    'letter_recipients',
    'place_id letter_id id unit_id school_id position received_at received_by_name',
    true,
  );
  readonly #receipts = new Table(
    'letter_receipts',
    `place_id id school_id letter_place_id letter_id kind number_text title issued_on signer model_hash withdrawn_on reason \
received_by received_by_name received_at`,
    true,
  );
  readonly #ties = new Table('letter_ties', 'place_id letter_id subject_type subject_place_id subject_id title', true);
  readonly #texts = new Table('letter_texts', 'place_id digest model', true);
  readonly #steps = new Table(
    'steps',
    'place_id id subject_type subject_id action from_state to_state actor_id actor_name actor_role at reason',
    true,
  );
  /** The last number of each year and its day, by series. */
  readonly #given = new Map<string, { readonly office: Office; readonly year: number; last: number; day: Day }>();
  readonly #laidTexts = new Set<string>();
  readonly #city: SampleCity;
  readonly #now: Date;
  readonly #ids: ReturnType<typeof sampleIds>;

  constructor(city: SampleCity, { now }: Pick<Laying, 'now'>, part: string, since: string) {
    this.#city = city;
    this.#now = now;
    this.#ids = sampleIds(generator(`${city.seed} ${part}`), since);
  }

  /** Opens a series of a unit. `kind`: the one kind for which it is; null: all kinds. */
  open(unit: SampleUnit, code: string, hands: Office['hands'], kind: LetterKind | null = null): Office {
    const office = { unit, seriesId: this.#ids.next(), code, name: officeOf(unit.name), hands };
    this.#series.add(unit.id, office.seriesId, code, kind, `${office.name}文件`, office.name, office.name);
    return office;
  }

  /** Lays a letter with the steps of its way; issued ones of a series come in the order of their days. */
  add(office: Office, written: SampleText, sent: Sent): { placeId: number; id: string } {
    const { unit } = office;
    const { hands = office.hands, cosigner } = sent;
    const id = sent.id ?? this.#ids.next();
    const begun = sent.on;
    const way = ways[sent.state];
    const isNumbered = sent.state === 'issued' || sent.state === 'withdrawn';
    const issuedOn = isNumbered ? begun : null;
    const signedOn = isNumbered || sent.state === 'signed' ? begun : null;
    const year = Number(begun.slice(0, 4));
    const ordinal = isNumbered ? this.#numberOf(office, year, begun) : null;
    const model: Letter = {
      head: `${office.name}文件`,
      number: { code: office.code, year, ordinal },
      title: written.title,
      addressees: [...sent.addressees],
      body: [...written.body],
      attachments: [],
      signer: office.name,
      ...(cosigner === undefined ? {} : { jointSigner: cosigner.unitName }),
      sealed: true,
      date: issuedOn === null ? null : signedOn,
      copyTo: [],
      printedBy: office.name,
      printedOn: issuedOn,
      ...(written.figures === undefined ? {} : { figures: [...written.figures] }),
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
    this.#letters.add(
      ...[unit.id, id, office.seriesId, written.kind, written.title, JSON.stringify(model), digest, sent.state],
      ...[way.length + 1, isNumbered ? year : null, ordinal, number, signedOn, issuedOn, withdrawnOn, reason],
      ...[sent.replyTo?.placeId ?? null, sent.replyTo?.id ?? null],
      ...[sent.source?.type ?? null, sent.source?.id ?? null, sent.source?.label ?? ''],
      ...[hands[0].id, hands[0].name, [hands[0].id]],
      ...[this.#moment(begun, 0), this.#moment(begun, way.length * 20)],
      ...[cosigner?.unitId ?? null, cosigner?.by?.name ?? null, cosigner?.by ? this.#moment(begun, 70) : null],
    );
    const { about } = sent;
    if (about !== undefined) this.#ties.add(unit.id, id, about.type, about.placeId, about.id, about.title);
    const step = (action: string, from: string, to: string, by: SampleHand, at: number, why: string | null) =>
      this.#steps.add(
        ...[unit.id, this.#ids.next(), 'letter', id, action, from, to, by.id, by.name, by.role],
        ...[this.#moment(begun, at), why],
      );
    if (isNumbered) {
      const data = { placeId: unit.id, letterId: id, places: [unit.id, ...sent.to.map((to) => to.unit.id)] };
      this.jobs.push({ name: 'official-documents.print', key: id, data, personId: hands[0].id });
    }
    step('drafted', 'draft', 'draft', hands[0], 0, null);
    let from: LetterState = 'draft';
    for (const [at, [action, to, by]] of way.entries()) {
      // What only waits for its number was checked by somebody who may no more be asked: the one who issues it is free.
      const hand = sent.state === 'signed' && action === 'check' ? hands[2] : hands[by];
      step(action, from, to, hand, (at + 1) * 20, action === 'withdraw' || action === 'cancel' ? reason : null);
      from = to;
      if (action === 'sign' && cosigner?.by) step('cosign', from, from, cosigner.by, 70, null);
    }
    for (const [at, to] of sent.to.entries()) {
      const isReceived = at < (sent.received ?? 0);
      const by = this.#receiverOf(to);
      const receivedAt = isReceived ? this.#moment(begun, 200 + at) : null;
      const receivedByName = isReceived ? by.name : null;
      const place = to.unit.id;
      this.#recipients.add(...[unit.id, id, this.#ids.next(), place, to.schoolId, at + 1, receivedAt, receivedByName]);
      if (!isNumbered) continue;
      const text = `${place} ${digest}`;
      if (!this.#laidTexts.has(text)) this.#texts.add(place, digest!, JSON.stringify(model));
      this.#laidTexts.add(text);
      this.#receipts.add(
        ...[place, this.#ids.next(), to.schoolId, unit.id, id, written.kind, number!, written.title, issuedOn],
        ...[model.signer, digest!, withdrawnOn, withdrawnOn === null ? null : reason],
        ...[isReceived ? by.id : null, receivedByName, receivedAt],
      );
    }
    return { placeId: unit.id, id };
  }

  /** The tables, with the last number of every series. */
  tables(): Table[] {
    for (const { office, year, last, day } of this.#given.values()) {
      this.#counters.add(office.unit.id, office.seriesId, year, 1, last, day);
    }
    return [
      ...[this.#series, this.#counters, this.#letters, this.#ties, this.#recipients, this.#texts, this.#receipts],
      this.#steps,
    ];
  }

  #moment(day: Day, minutes: number): Date {
    return momentOn(day, minutes, this.#now);
  }

  #numberOf(office: Office, year: number, day: Day): number {
    const key = `${office.seriesId} ${year}`;
    const last = (this.#given.get(key)?.last ?? 0) + 1;
    this.#given.set(key, { office, year, last, day });
    return last;
  }

  #receiverOf({ unit, schoolId }: SampleRecipient): SamplePerson {
    const { people } = this.#city;
    const ofSchool = schoolId === null ? undefined : people.find((one) => one.schoolId === schoolId);
    const role = unit.adminLevel === 'city' ? 'city-officer' : 'county-officer';
    return ofSchool ?? people.find((one) => one.role === role && one.unitId === unit.id)!;
  }
}
