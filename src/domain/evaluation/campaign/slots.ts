import { addWorkingDays, isAnnounced, isWorkingDay, type WorkingCalendar } from '../../calendar/working-days.ts';
import { addDays, type Day, daysBetween } from '../../kit/school-year.ts';
import { kindOf } from '../kind.ts';
import { type EvaluationKind, type EvaluationStep, evaluationSteps } from '../lists.ts';
import { extended, type StepDays } from './timetable.ts';

/** The days of one subject within a step, both included. */
export interface Slot {
  readonly from: Day;
  readonly to: Day;
}

/** Slots of some subjects in their order, and how they could be laid. */
export interface SlotPlan {
  readonly slots: readonly Slot[];
  /** Panels that are on their way at the same time. */
  readonly groups: number;
  /** Working days of the step. */
  readonly room: number;
  /** The day on which one panel alone would be through. */
  readonly enough: Day;
  /** Whether a year is passed whose holidays are not announced. */
  readonly provisional: boolean;
}

/** The step of a kind that goes in slots, with the working days of each subject; undefined where every step is of all subjects. */
export function slotStepOf(kind: EvaluationKind) {
  for (const { step, title, slotDays } of kindOf(kind).steps) {
    if (slotDays !== undefined) return { step, title, slotDays };
  }
  return undefined;
}

/**
 * Lays slots of so many working days one behind the other into a step: one panel visits one subject at a time (莆田 2009: five
 * working days a county). A step that is too short for one panel is given to as few panels as fit; one that is shorter than a
 * slot is the slot of everybody.
 * @param length of a slot, in working days
 * @param count of subjects
 */
export function slotsWithin(calendar: WorkingCalendar, step: Slot, length: number, count: number): SlotPlan {
  const working: Day[] = [];
  let provisional = false;
  for (let day = step.from; day <= step.to; day = addDays(day, 1)) {
    provisional ||= !isAnnounced(calendar, day);
    if (isWorkingDay(calendar, day)) working.push(day);
  }
  const first = addWorkingDays(calendar, step.from, 0);
  const last = addWorkingDays(calendar, first.day, Math.max(1, count * length) - 1);
  const turns = Math.floor(working.length / length);
  const groups = turns === 0 ? count : Math.ceil(count / turns);
  const slots = Array.from({ length: count }, (_, at): Slot => {
    if (turns === 0) return { from: step.from, to: step.to };
    const begin = Math.floor(at / groups) * length;
    return { from: working[begin]!, to: working[begin + length - 1]! };
  });
  return { slots, groups, room: working.length, enough: last.day, provisional: provisional || last.provisional };
}

/** The days of a campaign with a step that goes in slots made as long as one panel needs for so many subjects. */
export function withRoomForSlots(
  calendar: WorkingCalendar,
  kind: EvaluationKind,
  days: readonly StepDays[],
  count: number,
): readonly StepDays[] {
  const slotted = slotStepOf(kind);
  const own = days.find(({ step }) => step === slotted?.step);
  if (slotted === undefined || own === undefined || count === 0) return days;
  return extended(days, own.step, slotsWithin(calendar, own, slotted.slotDays, count).enough) ?? days;
}

/** A subject with the slot that the office gave it; null where it gave none. */
export interface SlottedSubject {
  readonly id: string;
  readonly slot: Slot | null;
}

/** The slots of all subjects of a campaign. */
export interface CampaignSlots {
  readonly step: EvaluationStep;
  readonly slots: ReadonlyMap<string, Slot>;
  /** What there is to say of them, in sentences. */
  readonly sentence: string;
}

/**
 * The slot of each subject: the one that the office gave it where that lies within the step, and else a proposed one. Proposals
 * stand behind the given ones where there is room.
 * @returns undefined where no step of the kind goes in slots
 */
export function campaignSlots(
  calendar: WorkingCalendar,
  kind: EvaluationKind,
  days: readonly StepDays[],
  subjects: readonly SlottedSubject[],
): CampaignSlots | undefined {
  const slotted = slotStepOf(kind);
  const own = days.find(({ step }) => step === slotted?.step);
  if (slotted === undefined || own === undefined) return undefined;
  const { step, title, slotDays } = slotted;
  const slots = new Map<string, Slot>();
  for (const { id, slot } of subjects) if (slot !== null && lies(slot, own)) slots.set(id, slot);
  const open = subjects.filter(({ id }) => !slots.has(id));
  const after =
    [...slots.values()]
      .map(({ to }) => addDays(to, 1))
      .sort()
      .at(-1) ?? own.from;
  const behind = slotsWithin(calendar, { from: after, to: own.to }, slotDays, open.length);
  const plan = behind.groups > 1 ? slotsWithin(calendar, own, slotDays, open.length) : behind;
  for (const [at, { id }] of open.entries()) slots.set(id, plan.slots[at]!);
  const all = slotsWithin(calendar, own, slotDays, subjects.length);
  return { step, slots, sentence: sentenceOf({ title, slotDays, all, slots: [...slots.values()] }) };
}

function sentenceOf({
  title,
  slotDays,
  all: { room, enough, provisional },
  slots,
}: {
  readonly title: string;
  readonly slotDays: number;
  readonly all: SlotPlan;
  readonly slots: readonly Slot[];
}): string {
  const count = slots.length;
  const most = groupsOf(slots);
  const may = provisional ? '经过的年份中有的还没有公布节假日，日期可能再变。' : '';
  if (count === 0) return '还没有评估对象。';
  if (room < count * slotDays) {
    const have = `“${title}”只有 ${room} 个工作日，${count} 个对象各 ${slotDays} 个工作日，一个组须 ${count * slotDays} 个工作日`;
    return `${have}；现在最多 ${most} 个对象同时进行。只有一个组的，请把这一步延长到 ${enough}。${may}`;
  }
  if (most > 1) return `有的对象日期重叠，最多 ${most} 个同时进行，须分组督导。${may}`;
  return `一个组依次督导 ${count} 个对象，到 ${slots
    .map(({ to }) => to)
    .sort()
    .at(-1)} 结束。${may}`;
}

/** How many slots share one day at most. */
function groupsOf(slots: readonly Slot[]): number {
  return Math.max(0, ...slots.map(({ from }) => slots.filter((one) => one.from <= from && from <= one.to).length));
}

const lies = (slot: Slot, { from, to }: Slot) => slot.from >= from && slot.to <= to;

/** What is wrong with the slots that an office gives, in sentences without a full stop: one that ends early, or leaves its step. */
export function slotFaults(
  step: Slot & { readonly title: string },
  slots: readonly (Slot & { readonly name: string })[],
): string[] {
  return slots.flatMap((slot) => {
    if (slot.to < slot.from) return [`${slot.name}的结束日期早于开始日期`];
    return lies(slot, step) ? [] : [`${slot.name}的日期不在“${step.title}”的 ${step.from} 至 ${step.to} 以内`];
  });
}

/**
 * The days of one subject after a step of it got other days: later steps move only where it would overlap them, and then all by
 * the same number of days.
 * @returns null where the step has no days
 */
export function rescheduled(days: readonly StepDays[], step: EvaluationStep, { from, to }: Slot): StepDays[] | null {
  if (!days.some((one) => one.step === step)) return null;
  const at = evaluationSteps.indexOf(step);
  const isLater = (one: StepDays) => evaluationSteps.indexOf(one.step) > at;
  const next = days
    .filter(isLater)
    .map((one) => one.from)
    .sort()[0];
  const over = next === undefined ? 0 : Math.max(0, daysBetween(next, to) + 1);
  return days.map((one) => {
    if (one.step === step) return { step, from, to };
    return isLater(one) ? { step: one.step, from: addDays(one.from, over), to: addDays(one.to, over) } : one;
  });
}

/**
 * The days of one subject after a step became longer, for it or for all. In the step that goes in slots a day that was set for all
 * leaves its own days, and later steps move out of the way.
 * @returns null where nothing changes
 */
export function extendedFor(
  kind: EvaluationKind,
  days: readonly StepDays[],
  step: EvaluationStep,
  { to, forAll }: { readonly to: Day; readonly forAll: boolean },
): StepDays[] | null {
  if (slotStepOf(kind)?.step !== step) return extended(days, step, to);
  const own = days.find((one) => one.step === step);
  if (own === undefined || to <= own.to) return null;
  const pushed = rescheduled(days, step, { from: own.from, to });
  return forAll && pushed !== null ? pushed.map((one) => (one.step === step ? own : one)) : pushed;
}
