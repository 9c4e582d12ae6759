import { digestOf } from '#core/evidence/digest.ts';
import { collectionName } from '#domain/collection/collection.ts';
import { valuesOf } from '#domain/filing/cells.ts';
import { countFilled } from '#domain/filing/check.ts';
import { signedContent } from '#domain/filing/content.ts';
import { medians, type PeerMedians, peersOf } from '#domain/filing/peers.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, dayInChina } from '#domain/kit/school-year.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import { momentOn, type SamplePeriod } from '../calendar.ts';
import { Hanging } from '../files.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity } from '../model.ts';
import type { Laying } from '../part.ts';
import { nameMaker } from '../plan/names.ts';
import { Table } from '../table.ts';
import { type SampleFiling, sampleCatalogue } from './filings.ts';

/** Filings that are still in progress have the medians of similar schools beside them. */
const lastYear = 2025;

type Hand = { readonly id: string | null; readonly name: string; readonly role: string };

/** Turns filings into rows with the steps that led to their state. */
export class Course {
  readonly #filings = new Table(
    'filings',
    'place_id id collection_id subject_type subject_id code name initials school_type managing_unit_id managed_by state revision cells reference peers approved changed_fields open_fields return_reason returned_at deadline_extension first_submitted_on filled required hard_findings soft_findings open_doubts content_hash submitted_at approved_at accepted_at created_at updated_at',
    true,
  );
  readonly #steps = new Table(
    'steps',
    'place_id id subject_type subject_id school_id action from_state to_state actor_id actor_name actor_role at reason parts',
    true,
  );
  readonly #reminders = new Table(
    'notices',
    'place_id id kind audience subject_type subject_id school_id sent_by sent_by_name sent_at note about once_key',
    true,
  );
  readonly #ids: ReturnType<typeof sampleIds>;
  readonly #names: ReturnType<typeof nameMaker>;
  readonly #hands = new Map<string, Hand>();
  readonly #cityUnit: number;
  readonly #initials: ReadonlyMap<string, string>;
  readonly #now: Date;

  readonly #peers: ReadonlyMap<string, PeerMedians>;

  readonly #hanging: Hanging;

  constructor(
    city: SampleCity,
    filings: readonly SampleFiling[],
    { initials, standing: now, files }: Pick<Laying, 'initials' | 'standing' | 'files'>,
  ) {
    this.#hanging = new Hanging(city, files, 'filings');
    const random = generator(`${city.seed} course`);
    this.#ids = sampleIds(random.fork('ids'), '2023-10-01T00:00:00+08:00');
    this.#names = nameMaker(random.fork('names'));
    this.#cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!.id;
    this.#now = now;
    this.#initials = initials;
    this.#peers = medians(
      filings
        .filter((filing) => filing.year === lastYear)
        .map((filing) => ({ ...filing.version, values: filing.reference })),
    );
    for (const person of city.people) {
      const hand = { id: person.id, name: person.name, role: person.role };
      this.#hands.set(`${person.role} ${person.schoolId ?? person.unitId}`, hand);
    }
  }

  get tables(): CopyTable[] {
    return [this.#filings, this.#steps, this.#reminders, this.#hanging.table];
  }

  add(filing: SampleFiling, period: SamplePeriod): void {
    const { version, school } = filing;
    const kind = { schoolType: version.schoolType };
    const id = this.#ids.next();
    const count = countFilled(sampleCatalogue, kind, valuesOf(filing.cells));
    const { complete, found } = filing;
    const cityRun = version.managingUnitId === this.#cityUnit;

    const at = (days: number, minutes: number) => momentOn(addDays(period.deadline, days), minutes, this.#now);
    const day = filing.submittedAfter;
    const minutes = school.id * 7;
    const submitted = day === null ? null : at(day, minutes);
    const passed = filing.progress === 'approved' || filing.progress === 'accepted';
    const approved = passed && day !== null ? at(day + 1, minutes + 60) : null;
    const accepted =
      filing.progress === 'accepted' && day !== null ? (cityRun ? approved : at(day + 2, minutes + 90)) : null;
    const returned = filing.returned && day !== null ? at(day + 2, minutes + 30) : null;
    const state = { missing: 'draft', draft: 'draft', returned: 'draft', submitted: 'submitted' } as Record<
      string,
      string
    >;
    const created = momentOn(period.opensOn, 0, this.#now);

    this.#filings.add(
      ...[
        version.countyId,
        id,
        period.id,
        'school',
        school.id,
        version.code,
        version.name,
        this.#initials.get(version.name)!,
        version.schoolType,
        version.managingUnitId,
        cityRun ? 'city' : 'county',
        state[filing.progress] ?? filing.progress,
      ],
      ...[filing.progress === 'missing' ? 1 : returned ? 4 : approved ? 5 : 3, filing.cells, filing.reference],
      filing.year === lastYear ? peersOf(this.#peers, version) : {},
      ...[
        approved ? { ...complete } : null,
        approved ? 0 : null,
        filing.returned?.fields ?? null,
        filing.returned?.reason ?? null,
        returned,
      ],
      ...[
        filing.extension === null ? null : addDays(period.deadline, filing.extension),
        submitted && dayInChina(submitted),
      ],
      ...[count.filled, count.required, found.hard, found.soft, found.unexplained],
      ...[submitted && !returned ? hashOf(filing) : null, submitted, approved, accepted, created],
      accepted ?? approved ?? returned ?? submitted ?? created,
    );
    const step = (
      action: string,
      from: string,
      to: string,
      hand: Hand,
      moment: Date | null,
      note?: SampleFiling['returned'],
    ) => {
      if (!moment) return;
      const ids = [version.countyId, this.#ids.next(), 'filing', id, school.id] as const;
      this.#steps.add(
        ...ids,
        action,
        from,
        to,
        hand.id,
        hand.name,
        hand.role,
        moment,
        note?.reason ?? null,
        note?.fields ?? null,
      );
    };
    // A school with a clerk of its own shows what its figures rest on.
    const clerk = this.#hands.get(`school-clerk ${school.id}`);
    if (filing.year === lastYear && submitted && clerk?.id) {
      const subject = { type: 'filing' as const, placeId: version.countyId, id, schoolId: school.id };
      const by = { id: clerk.id, name: clerk.name };
      this.#hanging.add(subject, 'equipment', '设备图书台账', by, submitted);
      this.#hanging.add(subject, 'corridorAfter', '校舍照片', by, submitted);
    }
    const reviewer = cityRun
      ? this.#hand('city-officer', this.#cityUnit)
      : this.#hand('county-director', version.countyId);
    step('submit', 'draft', 'submitted', this.#hand('school-head', school.id), submitted);
    const returner = cityRun ? reviewer : this.#hand('county-officer', version.countyId);
    step('return', 'submitted', 'draft', returner, returned, filing.returned);
    step('approve', 'submitted', cityRun ? 'accepted' : 'approved', reviewer, approved);
    if (!cityRun) step('accept', 'approved', 'accepted', this.#hand('city-officer', this.#cityUnit), accepted);
    if (!filing.reminded) return;
    const by = cityRun ? reviewer : this.#hand('county-officer', version.countyId);
    const sent = at(-3, minutes);
    this.#reminders.add(
      ...[
        version.countyId,
        this.#ids.next(),
        'filing.reminder',
        'school',
        'filing',
        id,
        school.id,
        by.id ?? '',
        by.name,
      ],
      ...[sent, '请尽快完成填报。', collectionName(filing.year), `filing.reminder ${id} ${dayInChina(sent)}`],
    );
  }

  /** The holder of the role there; a school without an account in the sample still has a head with a name. */
  #hand(role: string, place: number): Hand {
    const key = `${role} ${place}`;
    let hand = this.#hands.get(key);
    if (!hand) {
      hand = { id: null, name: this.#names.person(), role };
      this.#hands.set(key, hand);
    }
    return hand;
  }
}

function hashOf({ school, version, year, complete, cells }: SampleFiling): string {
  const { edition } = sampleCatalogue;
  return digestOf(
    signedContent({ code: version.code, schoolId: school.id, schoolYear: year, edition, values: complete, cells }),
  );
}
