import { z } from 'zod';
import { catalogue as edition, catalogueField as field } from '#domain/filing/catalogue.shape.ts';
import { filingActions } from '#domain/filing/flow.ts';
import { filingSituations } from '#domain/filing/situation.ts';
import { filingStates } from '#domain/filing/state.ts';
import { findingWeights } from '#domain/kit/finding-weight.ts';
import { ownerships } from '#domain/org/ownership.ts';
import { managingLevels } from '#domain/org/school-facts.ts';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { urbanClass } from '../kit/school.shape.ts';

/** For each act of the flow, whether this person may do it now; the buttons are drawn from it. */
export const filingCan = z.record(z.enum(filingActions), z.boolean());
export const filingState = z.enum(filingStates);
/** The edition defines the sections and groups. */
const fieldSection = z.string().min(1).max(40);
export const fieldGroup = z.string().min(1).max(30);
export const cellValue = z.union([z.number(), z.string().max(200), z.null()]);
export const fieldKey = z.string().min(1).max(40);

/** `v` value, `n` version (0: never written), `e` written explanation for a soft finding. */
export const cell = z.object({ v: cellValue, n: z.number().int(), e: z.string().optional() });

export const finding = z.object({
  /** Stable: `required`, `type`, `minimum`, `change`, or the code of a rule of the catalogue. */
  code: z.string(),
  weight: z.enum(findingWeights),
  /** The first is the cell to jump to; the others take part in the rule. */
  fields: z.array(fieldKey),
  sentence: z.string(),
  /** A soft finding with a written explanation needs nothing more. */
  explanation: z.string().nullable(),
});

/**
 * The parts of an edition that are sent to the client. The rules are checked on the server, and only the rules need to
 * know which fields count as pupils.
 */
export const catalogueField = field.omit({ pupils: true });
export const catalogue = edition
  .pick({ edition: true, name: true, sections: true, groups: true })
  .extend({ fields: z.array(catalogueField) });

/** The school as it was when the period opened. */
export const filingSchool = z.object({
  id: z.number().int(),
  /** 学校标识码; null where none had been given yet. */
  code: z.string().nullable(),
  name: z.string(),
  /** What it is called now; null where the name is the same. A search finds it by either. */
  presentName: z.string().nullable(),
  schoolType: z.string(),
  schoolTypeName: z.string(),
  sections: z.array(fieldSection),
  ownership: z.enum(ownerships),
  urbanClass,
  countyId: z.number().int(),
  countyName: z.string(),
  /** The unit that reviews: the county, or the city for a 市直 school. */
  managedBy: z.enum(managingLevels),
});

export const filingDeadline = z.object({
  /** The deadline that counts for this filing, including an extension. */
  day,
  daysLeft: z.number().int(),
  /** After this day a first submission needs an extension. */
  closesOn: day,
  extended: z.boolean(),
  /** 逾期 N 天 / 还有 N 天 / 按期提交: one phrase for the screen. */
  phrase: z.string(),
});

/** The state of a filing for lists: counts instead of cells. */
export const filingSummary = z.object({
  id: z.uuid(),
  school: filingSchool,
  state: filingState,
  /** Nothing has been typed yet: 未开始 instead of 填报中. */
  untouched: z.boolean(),
  returned: z.boolean(),
  late: z.boolean(),
  overdue: z.boolean(),
  /** Why the school owes it no longer: nobody acts on it and it counts nowhere (不计入). Null where it counts. */
  released: z.string().nullable(),
  revision: z.number().int(),
  filled: z.number().int(),
  required: z.number().int(),
  /** Required fields without a value. */
  missing: z.number().int(),
  /** Other hard findings: values that cannot stand. */
  errors: z.number().int(),
  /** Soft findings, explained or not; `findings` of the detail shows which ones still need an explanation. */
  softFindings: z.number().int(),
  /** Number of fields that differ from the last approved values; null if nothing was approved yet. */
  changedSinceApproval: z.number().int().nullable(),
  /** 核过: who has looked at it and leaves it to whoever approves; null while nobody has, and after every move. */
  checked: z.object({ at: instant, by: z.string(), note: z.string().nullable() }).nullable(),
  /** Comments that nobody has dealt with yet, and those of them that wait for this person's side. */
  openComments: z.object({ count: z.number().int(), forMe: z.number().int() }),
  submittedAt: instant.nullable(),
  approvedAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  updatedAt: instant,
  daysWaiting: z.number().int().nullable(),
  reminders: z.number().int(),
  lastReminderAt: instant.nullable(),
  deadline: filingDeadline,
  can: filingCan,
});

export const filingStep = z.object({
  id: z.uuid(),
  action: z.string(),
  /** 提交, 退回 …: the act in one word. */
  title: z.string(),
  from: filingState,
  to: filingState,
  actorName: z.string(),
  actorRole: z.string().nullable(),
  at: instant,
  reason: z.string().nullable(),
  fields: z.array(fieldKey).nullable(),
});

export const filingComment = z.object({
  id: z.uuid(),
  field: fieldKey,
  body: z.string(),
  authorName: z.string(),
  /** The level of the author's post; null where it is not known. */
  authorLevel: z.string().nullable(),
  at: instant,
  resolvedAt: instant.nullable(),
});

/** How many comments come with a filing: all that are open (a filing has at most 300 of them), then the newest. */
export const newestComments = 300;

export const filingDetail = filingSummary.extend({
  period: z.object({ id: z.number().int(), schoolYear: z.number().int(), name: z.string(), state: z.string() }),
  /** The day on which the school was added to the list of the year, which had been fixed before; null: from the start. */
  addedOn: day.nullable(),
  edition: z.string(),
  /** The fields of this school's sections, in the order of the form. */
  fields: z.array(catalogueField),
  cells: z.record(fieldKey, cell),
  /** Computed fields; null where an input is missing. */
  derived: z.record(fieldKey, z.number().nullable()),
  /** Last year's values. */
  reference: z.record(fieldKey, cellValue),
  /** Median of last year's values of at least five similar schools (same kind, same 城乡 where there are enough). */
  peers: z.record(fieldKey, z.object({ median: z.number(), schools: z.number().int() })),
  findings: z.array(finding),
  /** The fields that may be changed now; null: all of them. Empty unless `can.fill`. */
  openFields: z.array(fieldKey).nullable(),
  returnReason: z.string().nullable(),
  /** The newest ones, oldest first; the timeline has all of them. */
  steps: z.array(filingStep).max(newestEntries),
  /** Those that are open and the newest others, oldest first; the timeline has all of them. */
  comments: z.array(filingComment).max(newestComments),
  changes: z.array(z.object({ field: fieldKey, before: cellValue, after: cellValue })),
  /** The last ones, newest first. */
  remindedBy: z.array(z.object({ at: instant, by: z.string(), note: z.string().nullable() })).max(20),
  /**
   * The officer of the unit that reviews, or, where it names nobody, somebody who reviews there; without a name there is
   * nobody.
   */
  contact: z.object({ unitName: z.string(), name: z.string().nullable(), phone: z.string().nullable() }),
  /**
   * Why the person cannot type although the filing is with the person; null if the person can type, or may not fill it.
   */
  fillObstacle: z.string().nullable(),
  /**
   * Why the person may not judge the filing although the post may: the same person signed it in another post. Otherwise
   * null.
   */
  signingObstacle: z.string().nullable(),
  /** Why submitting would be refused, in sentences; empty if nothing stands in the way. */
  obstacles: z.array(z.string()),
  contentHash: z.string().nullable(),
});

export const conflict = z.object({
  field: fieldKey,
  label: z.string(),
  yours: cellValue,
  theirs: cellValue,
  /** Version to send with the next change. */
  version: z.number().int(),
  by: z.string().nullable(),
  /** The caller wrote it, in another window. */
  own: z.boolean(),
  at: instant.nullable(),
  sentence: z.string(),
});

/** The reply of every save: the new cells, the conflicts, and the findings of the whole filing. */
export const saved = z.object({
  savedAt: instant,
  revision: z.number().int(),
  /** New state of every cell that was sent, also of the conflicting ones (theirs). */
  cells: z.record(fieldKey, cell),
  derived: z.record(fieldKey, z.number().nullable()),
  findings: z.array(finding),
  /** As in the detail: fields that a hard finding names now are open too. */
  openFields: z.array(fieldKey).nullable(),
  filled: z.number().int(),
  required: z.number().int(),
  conflicts: z.array(conflict),
  obstacles: z.array(z.string()),
});

/** The reply of every step: the present state of the filing. */
export const stepped = z.object({
  filingId: z.uuid(),
  state: filingState,
  revision: z.number().int(),
  late: z.boolean(),
  openFields: z.array(fieldKey).nullable(),
  can: filingCan,
});

/** The reply of an act on many filings: each refused one is named with the sentence. */
export const steppedMany = z.object({
  done: z.number().int(),
  /** Those that the act moved. */
  filingIds: z.array(z.uuid()),
  refused: z.array(z.object({ filingId: z.uuid(), schoolName: z.string(), message: z.string() })),
});

export const gridRow = z.object({
  id: z.uuid(),
  school: filingSchool,
  state: filingState,
  untouched: z.boolean(),
  returned: z.boolean(),
  late: z.boolean(),
  /** As in the summary. */
  released: z.string().nullable(),
  revision: z.number().int(),
  /** Whether this person may type into this row now. If so, `openFields` null means every cell. */
  editable: z.boolean(),
  openFields: z.array(fieldKey).nullable(),
  cells: z.record(fieldKey, cell),
  derived: z.record(fieldKey, z.number().nullable()),
  reference: z.record(fieldKey, cellValue),
  peers: z.record(fieldKey, z.object({ median: z.number(), schools: z.number().int() })),
  findings: z.array(finding),
  comments: z.record(fieldKey, z.number().int()),
});

/** The filing in the path. */
export const filingParams = z.object({ filingId: z.uuid() });

export const filingMark = z.enum([
  ...(['owed', 'overdue', 'late', 'changed', 'checked'] as const),
  ...(['to-check', 'to-remind', 'comments', 'released'] as const),
]);

/** The wanted filings: a school year (without it the newest period), a unit, and the filters of the list. */
export const filingFilter = {
  year: z.coerce.number().int().optional(),
  /** A county-level unit; the city or no unit means the whole scope. */
  unitId: z.coerce.number().int().optional(),
  state: z.union([filingState, z.array(filingState)]).optional(),
  /** As a person names it; narrower than the state where that is `draft`. */
  situation: z.enum(filingSituations).optional(),
  /**
   * `owed`: not submitted and in no later state; `changed`: differs from the last approved values; `checked`: 核过 and
   * not yet approved. Of the person who asks: `to-check`: submitted, not checked, and not submitted by the same hand;
   * `to-remind`: overdue and in reach of a reminder; `comments`: an open comment of the other side. Several marks narrow
   * together. `released`: those that no longer count, which the list leaves out otherwise.
   */
  mark: z.union([filingMark, z.array(filingMark)]).optional(),
  /** Key of a section: the schools that file it. */
  level: fieldSection.optional(),
  managedBy: z.enum(managingLevels).optional(),
  doubts: z.stringbool().optional(),
};
