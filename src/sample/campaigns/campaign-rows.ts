import { foundByOf } from '#core/directory/initials.ts';
import { generator } from '#domain/kit/generator.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import { decisionYearOf, momentOn, roundDays } from '../calendar.ts';
import { editionRows, sampleEdition } from '../editions.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleRound } from '../model.ts';
import type { Laying } from '../part.ts';
import { Table } from '../table.ts';

/** Rows of the campaigns: what their evaluations need of them is laid beside, as an opening copies it. */
export async function campaignRows(city: SampleCity, { today, standing }: Laying): Promise<CopyTable[]> {
  const ids = sampleIds(generator(`${city.seed} campaigns`), '2024-01-08T09:00:00+08:00');
  const place = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const officer = city.people.find(({ role }) => role === 'city-officer')!;
  const campaigns = new Table(
    'campaigns',
    `place_id id kind title assessment_year decision_year framework_key framework_revision framework_hash lead_unit_id \
partner_unit_id earlier_id rules state opened_at closed_at notice_letter_id revision organised_by \
organised_by_name created_at updated_at also_found_by`,
    true,
  );
  const steps = new Table('campaign_steps', 'place_id campaign_id step position from_day to_day', true);
  const subjects = new Table(
    'campaign_subjects',
    'place_id campaign_id id unit_id school_id name subject_place_id opened_at also_found_by',
    true,
  );
  const seats = new Table(
    'campaign_seats',
    `place_id campaign_id id person_id name grant_id inspector_place_id inspector_id part scores nodes from_day to_day read_edition_at \
ended_on end_reason given_by_name given_at`,
    true,
  );
  const avoidances = new Table(
    'campaign_avoidances',
    'place_id campaign_id id seat_id person_id subject_id avoidance_case effect waived_reason waived_by_name found_at',
    true,
  );
  const course = new Table(
    'steps',
    'place_id id subject_type subject_id school_id action from_state to_state actor_id actor_name actor_role at',
    true,
  );
  for (const round of city.rounds) await addRound(round);
  return [...editionRows(standing, officer.name), campaigns, steps, subjects, seats, avoidances, course];

  async function addRound(round: SampleRound): Promise<void> {
    const { id, kind, rules, isClosed, title } = round;
    const { edition, hash } = sampleEdition(round.framework);
    const decisionYear = decisionYearOf(round, today);
    const days = roundDays(round, today);
    const opened = momentOn(days[0]!.from, 30, standing);
    const closed = isClosed ? momentOn(days.at(-1)!.to, 60, standing) : null;
    const [sound = ''] = await foundByOf([title]);
    campaigns.add(
      ...[
        place.id,
        id,
        kind,
        title,
        round.assessmentYear,
        decisionYear,
        edition.key,
        1,
        hash,
        place.id,
        round.partner?.id ?? null,
        round.earlierId,
      ],
      ...[
        { ...rules },
        isClosed ? 'closed' : 'open',
        opened,
        closed,
        round.noticeLetterId,
        isClosed ? 3 : 2,
        officer.id,
        officer.name,
      ],
      ...[opened, closed ?? opened, sound],
    );
    for (const [at, { step, from, to }] of days.entries()) steps.add(place.id, id, step, at + 1, from, to);
    const names = await foundByOf(round.subjects.map(({ name }) => name));
    for (const [at, subject] of round.subjects.entries()) {
      const { placeId, schoolId, name } = subject;
      subjects.add(place.id, id, subject.id, placeId, schoolId, name, placeId, opened, names[at]!);
    }
    for (const { id: seatId, person, part, scores, nodes } of round.seats) {
      const outside = part === 'expert' ? person.seat : null;
      const { inspectorId } = person;
      seats.add(
        ...[place.id, id, seatId, person.id, person.name, outside?.grantId ?? null],
        ...[inspectorId === null ? null : place.id, inspectorId, part, scores, nodes],
        // Whoever comes from outside is there by the days of the assignment.
        ...[outside === null ? days[0]!.from : null, outside === null ? days.at(-1)!.to : null, scores ? opened : null],
        ...[isClosed ? days.at(-1)!.to : null, isClosed ? '本轮评估结束' : null, officer.name, opened],
      );
    }
    course.add(
      ...[place.id, ids.next(), 'campaign', id, null, 'open', 'draft', 'open'],
      ...[officer.id, officer.name, officer.role, opened],
    );
    if (closed !== null) {
      course.add(
        ...[place.id, ids.next(), 'campaign', id, null, 'close', 'open', 'closed'],
        ...[officer.id, officer.name, officer.role, closed],
      );
    }
    const asked = round.seats.find(({ part }) => part === 'expert');
    const subject = round.subjects[1];
    if (asked === undefined || subject === undefined) return;
    // What somebody declared that has to be weighed: one is let pass with a reason, another is not on the panel.
    avoidances.add(
      ...[place.id, id, ids.next(), asked.id, asked.person.id, subject.id, 'other', 'asks'],
      ...['仅参加过该县一次评课活动，不影响公正', officer.name, opened],
    );
    const kept = city.people.find(({ further }) => further.some(({ unitId }) => unitId === subject.placeId));
    if (kept) {
      avoidances.add(place.id, id, ids.next(), null, kept.id, subject.id, 'own', 'blocks', null, null, opened);
    }
  }
}
