import { z } from 'zod';
import { countyReaches, unitParts, workItemStates, workPlanKinds, workPlanStates } from '#domain/work-plan/plan.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';

const year = z.number().int().min(2000).max(2200);

/** The acts on a plan that this person may do now. */
const planRights = z.object({
  write: z.boolean(),
  amend: z.boolean(),
  note: z.boolean(),
  issue: z.boolean(),
  close: z.boolean(),
  cancel: z.boolean(),
});

export const planRow = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  placeName: z.string(),
  kind: z.enum(workPlanKinds),
  year,
  unitId: z.number().int(),
  unitName: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  state: z.enum(workPlanStates),
  revision: z.number().int(),
  issuedOn: day.nullable(),
  closedOn: day.nullable(),
  reason: z.string().nullable(),
  /** Items that stand in it. */
  items: z.number().int(),
});

const itemUnit = z.object({
  part: z.enum(unitParts),
  written: writtenLine(60).min(1, '请填写单位名称'),
  unitId: z.number().int().nullable(),
});

/** A tie as a person chooses it: work of a kind, of a school year. */
const chosenTie = z.object({
  kind: z
    .string()
    .max(60)
    .regex(/^[a-z-]+\.[A-Za-z-]+$/),
  year,
});

/** An item as a person writes it. */
export const writtenItem = z.object({
  heading: writtenLine(120).nullable(),
  number: writtenLine(20).nullable(),
  text: writtenText(2000).min(1, '请填写任务内容'),
  fromDay: day.nullable(),
  toDay: day.nullable(),
  countyReach: z.enum(countyReaches),
  cityManaged: z.boolean(),
  units: z.array(itemUnit).max(60, '一项任务最多写 60 个单位'),
  ties: z.array(chosenTie).max(20, '一项任务最多关联 20 种工作'),
});

/** The standing of an item: counted, never typed, wherever it is tied to work of the system. */
export const itemStanding = z.enum(['withdrawn', 'done', 'under-way', 'waiting', 'overdue', 'unknown']);

const count = z.object({ done: z.number().int(), total: z.number().int(), lastDay: day.nullable() });

export const tie = chosenTie.extend({
  id: z.uuid(),
  title: z.string(),
  /** Whether the person may see the work that it counts. */
  visible: z.boolean(),
  units: z.array(count.extend({ unitId: z.number().int(), name: z.string() })),
});

export const note = z.object({
  id: z.uuid(),
  body: z.string(),
  day,
  settles: z.boolean(),
  author: z.string(),
  at: instant,
});

export const item = writtenItem.extend({
  id: z.uuid(),
  planId: z.uuid(),
  position: z.number().int(),
  state: z.enum(workItemStates),
  reason: z.string().nullable(),
  ties: z.array(tie),
  notes: z.array(note),
  meeting: z.object({ id: z.uuid(), title: z.string(), heldOn: day }).nullable(),
  /** The item of the city that it carries out. */
  part: z.object({ id: z.uuid(), number: z.string().nullable(), planTitle: z.string() }).nullable(),
  standing: itemStanding,
  /** The sum over what the person may see; null where there is nothing to count. */
  count: count.nullable(),
});

/** What the city issued to a county. */
export const part = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  planTitle: z.string(),
  documentNumber: z.string().nullable(),
  year,
  heading: z.string().nullable(),
  number: z.string().nullable(),
  text: z.string(),
  fromDay: day.nullable(),
  toDay: day.nullable(),
  named: z.boolean(),
  state: z.enum(['standing', 'withdrawn']),
  revision: z.number().int(),
  issuedOn: day,
  changedOn: day.nullable(),
  /** The county's own items that carry it out. */
  items: z.number().int(),
});

/** A unit that a plan may name: what recognises it in a text. */
export const knownUnit = z.object({
  id: z.number().int(),
  kind: z.enum(['county', 'other']),
  name: z.string(),
  names: z.array(z.string()),
});

/** A kind of work by which the progress of an item is counted. */
export const tieKind = z.object({ kind: z.string(), title: z.string() });

export const planDetail = z.object({
  plan: planRow,
  /** The text that was pasted, while the plan is a draft. */
  sourceText: z.string(),
  items: z.array(item),
  known: z.array(knownUnit),
  tieKinds: z.array(tieKind),
  /** School years to which an item can be tied, newest first. */
  tieYears: z.array(year),
  can: planRights,
});

export const meetingRow = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  originPlaceId: z.number().int(),
  originName: z.string(),
  heldOn: day,
  title: z.string(),
  state: z.enum(['called', 'held', 'cancelled']),
  attendees: z.number().int(),
  decisions: z.number().int(),
});

export const attendee = z.object({
  id: z.uuid(),
  name: z.string(),
  unitId: z.number().int(),
  unitName: z.string(),
  signedAt: instant,
  signedBy: z.string().nullable(),
  /** Whether the person entered it and may take it back. */
  mayTakeBack: z.boolean(),
});

export const meetingDetail = meetingRow.extend({
  agenda: z.string(),
  minutes: z.string(),
  reason: z.string().nullable(),
  revision: z.number().int(),
  invited: z.array(z.object({ unitId: z.number().int(), name: z.string() })),
  people: z.array(attendee),
  items: z.array(z.object({ planId: z.uuid(), id: z.uuid(), number: z.string().nullable(), text: z.string() })),
  /** Plans of the place into which a decision can go. */
  plans: z.array(
    z.object({ id: z.uuid(), title: z.string(), revision: z.number().int(), state: z.enum(workPlanStates) }),
  ),
  can: z.object({ change: z.boolean(), signIn: z.boolean(), decide: z.boolean() }),
});
