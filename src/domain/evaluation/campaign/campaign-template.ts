import type { WorkingCalendar } from '../../calendar/working-days.ts';
import { yearsLater } from '../../inspection/terms.ts';
import { addDays, type Day, daysBetween } from '../../kit/school-year.ts';
import { kindOf } from '../kind.ts';
import type { EvaluationKind } from '../lists.ts';
import type { CampaignRules } from './campaign-rules.ts';
import { withRoomForSlots } from './slots.ts';
import { type StepDays, shifted, timetableFrom } from './timetable.ts';

/** Who is evaluated: a county, or a school of it. */
export interface CampaignSubjectRef {
  readonly countyId: number;
  readonly schoolId: number | null;
}

/** An earlier campaign, as far as a new one takes after it. */
export interface EarlierCampaign {
  readonly id: string;
  readonly kind: EvaluationKind;
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly leadUnitId: number;
  readonly partnerUnitId: number | null;
  readonly rules: CampaignRules;
  readonly steps: readonly StepDays[];
  readonly subjects: readonly CampaignSubjectRef[];
}

/** A new campaign, as it is proposed. */
export interface CampaignTemplate {
  readonly title: string;
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly leadUnitId: number;
  readonly partnerUnitId: number | null;
  readonly rules: CampaignRules;
  readonly steps: readonly StepDays[];
  /** Null: whoever the edition is for. */
  readonly subjects: readonly CampaignSubjectRef[] | null;
  readonly earlierId: string | null;
}

/** `2025 年对县督导`: named after the year that is assessed; the year of the decision may be a later one. */
export function campaignTitle(kind: EvaluationKind, assessmentYear: number): string {
  return `${assessmentYear} 年${kindOf(kind).short}`;
}

/**
 * A new campaign of a kind: the rules and lengths that the kind proposes.
 * @param year that is assessed
 * @param today the timetable begins on it
 * @param leadUnitId the unit of whoever makes it
 * @param visited how many subjects there will be: a step that goes in slots is as long as one panel needs for them
 */
export function templateOfKind(
  kind: EvaluationKind,
  year: number,
  today: Day,
  leadUnitId: number,
  visited?: { readonly calendar: WorkingCalendar; readonly subjects: number },
): CampaignTemplate {
  const { reviewersPerLeaf, blind, tolerance, combine } = kindOf(kind).panel;
  const usual = timetableFrom(kind, today);
  const steps = visited ? withRoomForSlots(visited.calendar, kind, usual, visited.subjects) : usual;
  return {
    ...{ title: campaignTitle(kind, year), assessmentYear: year, decisionYear: yearOf(steps, year) },
    ...{ leadUnitId, partnerUnitId: null, rules: { reviewersPerLeaf, blind, tolerance, combine } },
    ...{ steps, subjects: null, earlierId: null },
  };
}

/**
 * A new campaign after an earlier one of the same kind: its units, rules and subjects, and its days as many years later as
 * the assessed year is. Where those days lie before today already, the whole timetable begins today, each step as long as it was.
 */
export function templateOfEarlier(earlier: EarlierCampaign, year: number, today: Day): CampaignTemplate {
  const years = year - earlier.assessmentYear;
  const steps = fromToday(inOtherYear(earlier.steps, years), today);
  const { kind, leadUnitId, partnerUnitId, rules, subjects, id } = earlier;
  return {
    ...{ title: campaignTitle(kind, year), assessmentYear: year, decisionYear: yearOf(steps, year) },
    ...{ leadUnitId, partnerUnitId, rules, steps, subjects, earlierId: id },
  };
}

/** The same days in another year. A step keeps its first day of the calendar; it ends on the day before the next one begins. */
function inOtherYear(steps: readonly StepDays[], years: number): StepDays[] {
  return steps.map((one, at) => {
    const after = steps[at + 1];
    const isNext = after !== undefined && daysBetween(one.to, after.from) === 1;
    return {
      step: one.step,
      from: yearsLater(one.from, years),
      // 29 February would else leave a gap or an overlap.
      to: isNext ? addDays(yearsLater(after.from, years), -1) : yearsLater(one.to, years),
    };
  });
}

function fromToday(steps: readonly StepDays[], today: Day): StepDays[] {
  const first = steps[0]?.from;
  if (first === undefined || first >= today) return [...steps];
  return shifted(steps, daysBetween(first, today));
}

/** The year in which the result is confirmed, by the timetable; results come out later than the year that they judge. */
function yearOf(steps: readonly StepDays[], year: number): number {
  const confirmation = steps.find(({ step }) => step === 'confirmation');
  return Math.max(year, Number((confirmation?.to ?? `${year}`).slice(0, 4)));
}
