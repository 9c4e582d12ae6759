import { z } from 'zod';
import { dutyTypes, findingSeverities } from '#domain/flow/finding.ts';
import { findingActions } from '#domain/rectification/flow.ts';
import { findingLevels, findingStates } from '#domain/rectification/state.ts';
import { waitingKinds } from '#domain/rectification/waiting.ts';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { findingKindName } from '../kit/names.shape.ts';
import { steppedTo } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';

export const findingParams = z.object({ findingId: z.uuid() });

export const findingState = z.enum(findingStates);
export const findingSeverity = z.enum(findingSeverities);
export const findingLevel = z.enum(findingLevels);
const id = z.number().int();
export const kindKey = z.string().regex(/^[a-z][a-z-]{1,39}$/);

/** The body that has to put it right: a unit or a section by its number, or a school. */
export const duty = z.object({ type: z.enum(dutyTypes), id });

/** A finding in a list. */
export const findingSummary = z.object({
  id: z.uuid(),
  placeId: id,
  placeName: z.string(),
  title: z.string(),
  kind: kindKey,
  kindName: z.string(),
  severity: findingSeverity,
  state: findingState,
  duty: duty.extend({ name: z.string() }),
  dutyPerson: z.string(),
  /** The school that it is about, under its present name; null where it is about none. */
  school: z.object({ id, name: z.string() }).nullable(),
  openedLevel: findingLevel,
  /** Where it came from, in words. */
  source: z.string(),
  schoolYear: z.number().int(),
  foundOn: day,
  dueOn: day.nullable(),
  /** The day was counted over a year whose holidays are not announced: it may still move. */
  dueProvisional: z.boolean(),
  /** The duty body is late today. */
  overdue: z.boolean(),
  /** The highest level to which it rose by itself; null where it did not. */
  raisedTo: findingLevel.nullable(),
  /** A question for more time waits. */
  asked: z.boolean(),
  closedOn: day.nullable(),
  parentId: z.uuid().nullable(),
  parts: z.number().int(),
  imported: z.boolean(),
  revision: z.number().int(),
});

export const measure = z.object({
  body: z.string(),
  responsible: z.string(),
  dueOn: day.nullable(),
  doneOn: day.nullable(),
});

/** A finding whole, with what this person may do now. */
export const findingDetail = findingSummary.extend({
  body: z.string(),
  whereFound: z.string(),
  cause: z.string(),
  report: z.string(),
  /** The source as somebody entered it; empty where the ledger names it. */
  sourceLabel: z.string(),
  /** The feature that raised it, and its thing: a page of that feature may be opened from here. */
  origin: z.object({ type: z.string(), id: z.string() }),
  openedByName: z.string(),
  enteredByName: z.string(),
  /** How its day was counted; null where a person named it. */
  dueRule: z.object({ from: day, workingDays: z.number().int() }).nullable(),
  /** The school took over the duty of the one with which it was entered: its name; null where it did not. */
  successorName: z.string().nullable(),
  /** The school that had the duty has ended without a host: the level that acts instead; null where it goes on. */
  actsForEnded: findingLevel.nullable(),
  measures: z.array(measure).max(50),
  extensions: z
    .array(
      z.object({
        until: day,
        reason: z.string(),
        askedBy: z.string(),
        askedAt: instant,
        decision: z.enum(['granted', 'refused', 'withdrawn']).nullable(),
        decidedBy: z.string().nullable(),
        decidedAt: instant.nullable(),
        note: z.string().nullable(),
      }),
    )
    .max(newestEntries),
  escalations: z
    .array(
      z.object({ because: z.enum(['overdue', 'urgent']), level: findingLevel, raisedOn: day, dueOn: day.nullable() }),
    )
    .max(2 * findingLevels.length),
  acknowledgements: z.array(z.object({ level: findingLevel, by: z.string(), at: instant })).max(findingLevels.length),
  /** The newest, oldest first. */
  steps: z
    .array(
      z.object({
        id: z.uuid(),
        action: z.string(),
        title: z.string(),
        from: z.string(),
        to: z.string(),
        actorName: z.string(),
        at: instant,
        reason: z.string().nullable(),
      }),
    )
    .max(newestEntries),
  parent: z.object({ id: z.uuid(), title: z.string(), state: findingState }).nullable(),
  children: z
    .array(z.object({ id: z.uuid(), title: z.string(), state: findingState, dutyName: z.string() }))
    .max(newestEntries),
  /** Earlier findings of the same kind: at the same school (`again`), or at another school of the unit (`spread`). */
  recurrences: z
    .array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        state: findingState,
        schoolYear: z.number().int(),
        foundOn: day,
        bodyName: z.string(),
        relation: z.enum(['again', 'spread']),
        /** The day of the copy that the county of a moved school has; null where the finding itself can be read. */
        passedOn: day.nullable(),
      }),
    )
    .max(newestEntries),
  /** Proofs of the closed finding by somebody else. */
  reproofs: z
    .array(
      z.object({
        drawnAt: instant,
        result: z.enum(['held', 'failed']).nullable(),
        provedBy: z.string().nullable(),
        note: z.string().nullable(),
      }),
    )
    .max(newestEntries),
  /** 公文 about it that this person may read. */
  letters: z
    .array(z.object({ id: z.uuid(), title: z.string(), state: z.string(), number: z.string().nullable() }))
    .max(newestEntries),
  can: z.record(z.enum(findingActions), z.boolean()),
  /** Why this person may not judge it although the level may: the own hand signed before. */
  signingObstacle: z.string().nullable(),
});

/** What an act leaves: where the finding stands now. */
export const stepped = steppedTo(findingState).extend({ dueOn: day.nullable() });

/** The filters of list, export and print. */
export const findingFilter = {
  state: z.union([findingState, z.array(findingState).max(findingStates.length)]).optional(),
  /** Only what is still to be done, or only what is not. */
  open: z.stringbool().optional(),
  kind: kindKey.optional(),
  /** A county-level unit; the city or no unit means everything in reach. */
  unitId: z.coerce.number().int().optional(),
  /** The unit or section that has the duty. */
  dutyUnitId: z.coerce.number().int().optional(),
  schoolId: z.coerce.number().int().optional(),
  severity: findingSeverity.optional(),
  overdue: z.stringbool().optional(),
  /** The school year in which it was found. */
  year: z.coerce.number().int().optional(),
  source: z.string().max(40).optional(),
  /** The thing of the source that raised it, such as one list of issues. */
  sourceId: z.string().max(60).optional(),
  /** What waits for this person: the kind of a line of the home page. */
  waiting: z.enum(waitingKinds).optional(),
};

export const newFinding = z.object({
  kind: kindKey,
  title: writtenLine(200).min(2, '请写明问题，至少 2 个字'),
  body: writtenText(4000).default(''),
  whereFound: writtenLine(200).default(''),
  cause: writtenText(2000).default(''),
  /** Without it that of the kind. */
  severity: findingSeverity.optional(),
  duty,
  dutyPerson: writtenLine(40).default(''),
  /** The school that it is about, where the duty is not the school's own. */
  aboutSchoolId: id.optional(),
  foundOn: day,
  sourceLabel: writtenLine(200).default(''),
});

export const newMeasure = z.object({
  body: writtenText(1000).min(2, '请写明整改措施，至少 2 个字'),
  responsible: writtenLine(40).default(''),
  dueOn: day.nullable().default(null),
});

export const reason = writtenReason(500);

/** What the desk asks for in its forms; each act adds the revision that the person read. */
export const newPlan = z.object({
  measures: z.array(newMeasure).min(1, '至少写一条整改措施').max(50),
  dutyPerson: writtenLine(40).optional(),
  cause: writtenText(2000).optional(),
});

export const newReport = z.object({ report: writtenText(4000).min(5, '请写明整改情况，至少 5 个字') });

export const newQuestion = z.object({ until: day, reason });

/** How findings are sent out together: with a day of their own or that of their kinds, and with letters or without. */
export const newNotice = z.object({ dueOn: day.nullable().default(null), letter: z.boolean().default(false) });

export const newHandOver = z.object({ duty, dutyPerson: writtenLine(40).default(''), reason });

export const newDraw = z.object({ unitId: id, closedFrom: day, closedTo: day });

export const findingKind = z.object({
  key: kindKey,
  name: z.string(),
  severity: findingSeverity,
  dueDays: z.number().int(),
  escalationDays: z.number().int(),
  source: z.string(),
  active: z.boolean(),
  revision: z.number().int(),
});

export const changedKind = findingKind.pick({ severity: true, active: true, revision: true }).extend({
  name: findingKindName,
  dueDays: z.number().int().min(1).max(250),
  escalationDays: z.number().int().min(1).max(120),
  source: writtenLine(200).min(2, '请写明依据'),
});
