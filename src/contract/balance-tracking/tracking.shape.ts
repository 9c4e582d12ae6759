import { z } from 'zod';
import { differenceKinds } from '#domain/balance-tracking/difference.ts';
import { reportParts, trackActions } from '#domain/balance-tracking/flow.ts';
import { issueRules } from '#domain/balance-tracking/issues.ts';
import { figureFault, printedFigure } from '#domain/balance-tracking/published-figure.ts';
import { termStates, trackStandings, trackStates } from '#domain/balance-tracking/state.ts';
import { findingSeverities } from '#domain/flow/finding.ts';
import { halfWidth } from '#domain/kit/half-width.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import { day, instant, newestEntries } from '../kit/kit.shape.ts';
import { schoolName } from '../kit/names.shape.ts';
import { revision, stepEntry, steppedTo } from '../kit/steps.shape.ts';
import { writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';

export const trackParams = z.object({ trackId: z.uuid() });
export const trackState = z.enum(trackStates);
export const trackStanding = z.enum(trackStandings);
export const level = z.enum(compulsoryLevels);
export const trackAction = z.enum(trackActions);
export const reportPart = z.enum(reportParts);
export const schoolYear = z.coerce.number().int().min(2000).max(2200);
const indicatorKey = z.string().regex(/^[A-Za-z]{2,40}$/);

/** A figure as it was printed: its decimals count. Full-width digits, as a Chinese keyboard gives them, are read too. */
export const printed = z
  .string()
  .overwrite(halfWidth)
  .trim()
  .regex(printedFigure, '请填写小数，如 0.512，最多六位小数');

/** Most schools of a list that the province gave of one county. */
const mostListed = 2000;

/** Planned year for 优质均衡 with its document. */
export const plannedYear = z.object({
  year: z.number().int(),
  documentNumber: z.string(),
  reason: z.string(),
  enteredBy: z.string(),
  enteredAt: instant,
  replaced: z.boolean(),
});

const ledgerCount = z.object({
  raised: z.number().int(),
  settled: z.number().int(),
  cancelled: z.number().int(),
  noticed: z.number().int(),
  late: z.number().int(),
});

/** The day by which each state of a track is to be left, in their order. */
const terms = z.array(z.object({ state: z.enum(termStates), dueOn: day })).max(termStates.length);

/** A county in the overview of a year; `track` is null where the year was not opened for it. */
export const overviewRow = z.object({
  countyId: z.number().int(),
  name: z.string(),
  shortName: z.string(),
  track: z
    .object({
      id: z.uuid(),
      state: trackState,
      standing: trackStanding,
      since: day,
      /** The day by which this state is to be left; null at the end. */
      dueOn: day.nullable(),
      daysLate: z.number().int(),
      ledger: ledgerCount,
      terms,
    })
    .nullable(),
  published: z.boolean(),
  plannedYear: z.number().int().nullable(),
});

export const overviewFilter = {
  year: schoolYear.optional(),
  unitId: z.coerce.number().int().optional(),
  standing: trackStanding.optional(),
  late: z.stringbool().optional(),
};

/** What the province published of a county and year. */
export const publication = z.object({
  id: z.uuid(),
  edition: z.string(),
  documentNumber: z.string(),
  publishedOn: day,
  source: z.string(),
  reason: z.string().nullable(),
  enteredBy: z.string(),
  enteredAt: instant,
  figures: z.array(z.object({ level, indicator: indicatorKey, value: z.string() })).max(100),
  schools: z.array(z.object({ level, code: z.string().nullable(), name: z.string() })).max(mostListed),
});

/** A figure as it is entered, without the check of its size. */
export const typedFigure = z.object({ level, indicator: indicatorKey, value: printed });

/** Refuses a coefficient in per cent, or in the place of a number of schools; an empty value is no figure. */
export function assertFigure(
  { indicator, value }: Pick<z.output<typeof typedFigure>, 'indicator' | 'value'>,
  context: z.RefinementCtx,
): void {
  const fault = value === '' ? null : figureFault(indicator, value);
  if (fault) context.addIssue({ code: 'custom', path: ['value'], message: `${fault.rule}；${fault.allowed}` });
}

export const newPublication = z.object({
  countyId: z.number().int(),
  year: z.number().int().min(2000).max(2200),
  edition: writtenLine(60).default(''),
  documentNumber: writtenLine(60).min(2),
  publishedOn: day,
  source: writtenText(500).min(2),
  /** Needed where figures of the county and year stand already. */
  reason: writtenReason(500).optional(),
  /** The publication that stood when the form was opened, null where none did: a correction replaces no other unseen. */
  replaces: z.uuid().nullable().optional(),
  figures: z.array(typedFigure.superRefine(assertFigure)).min(1, '请至少填写一项数据').max(100),
  schools: z
    .array(z.object({ level, code: writtenLine(20).nullable(), name: schoolName }))
    .max(mostListed)
    .default([]),
});

export const difference = z.object({
  level,
  levelName: z.string(),
  indicator: z.string(),
  name: z.string(),
  ours: z.string().nullable(),
  oursRounded: z.string().nullable(),
  published: z.string().nullable(),
  difference: z.string().nullable(),
  kind: z.enum(differenceKinds),
  withoutThem: z.string().nullable(),
  /** Whether a person has to write the cause. */
  asks: z.boolean(),
  cause: z.object({ body: z.string(), by: z.string(), on: day }).nullable(),
});

/** A school that one side alone has, with the reason where it is known. */
const schoolApart = z.object({ name: z.string(), code: z.string().nullable(), reason: z.string().nullable() });

const schoolDifference = z.object({
  level,
  levelName: z.string(),
  ours: z.number().int(),
  published: z.number().int().nullable(),
  onlyOurs: z.array(schoolApart).max(mostListed),
  onlyPublished: z.array(schoolApart).max(mostListed),
  excluded: z.array(z.object({ name: z.string(), reason: z.string() })).max(mostListed),
});

/** The run whose figures stand beside the published ones. */
const namedRun = z.object({
  id: z.uuid(),
  edition: z.string(),
  formulaVersion: z.string(),
  inputsHash: z.string(),
  runAt: instant,
  provisional: z.boolean(),
  /** Whether it is still the one that is shown. */
  current: z.boolean(),
});

const report = z.object({
  id: z.uuid(),
  round: z.number().int(),
  revision: z.number().int(),
  measures: z.string(),
  conclusion: z.string(),
  lacking: z.array(z.string()).max(20),
  preparedBy: z.string().nullable(),
  preparedAt: instant.nullable(),
  submittedBy: z.string().nullable(),
  submittedAt: instant.nullable(),
  decision: z.enum(['accepted', 'returned']).nullable(),
  decidedBy: z.string().nullable(),
});

export const proposedIssue = z.object({
  key: z.string(),
  rule: z.enum(issueRules),
  ruleTitle: z.string(),
  kind: z.string(),
  severity: z.enum(findingSeverities),
  title: z.string(),
  body: z.string(),
  schoolName: z.string().nullable(),
  /** Whether it stands in the ledger already. */
  listed: z.boolean(),
});

export const issue = z.object({
  id: z.uuid(),
  ruleTitle: z.string(),
  title: z.string(),
  /** The state of the finding in the ledger, in words; null until the ledger has taken it. */
  state: z.string().nullable(),
  closed: z.boolean(),
  dueOn: day.nullable(),
});

const earlierIssue = issue.extend({
  figure: z.string().nullable(),
  now: z.string().nullable(),
  again: z.boolean(),
});

/** Everything on the page of one county and year. */
export const trackDetail = z.object({
  id: z.uuid(),
  countyId: z.number().int(),
  countyName: z.string(),
  year: z.number().int(),
  standardKey: z.string(),
  standardName: z.string(),
  state: trackState,
  standing: trackStanding,
  since: day,
  dueOn: day.nullable(),
  daysLate: z.number().int(),
  terms,
  revision: z.number().int(),
  reason: z.string().nullable(),
  ledger: ledgerCount,
  publication: publication.nullable(),
  /** Earlier publications of the year, which a correction replaced. */
  replaced: z.number().int(),
  run: namedRun.nullable(),
  /** Whether the self-report rests on another run or publication than stand now. */
  outdated: z.boolean(),
  differences: z.array(difference).max(100),
  schools: z.array(schoolDifference).max(2),
  report: report.nullable(),
  /** The last return, while the self-report is due; null again once it was submitted. */
  returned: z.object({ reason: z.string(), parts: z.array(reportPart).max(3), by: z.string(), at: instant }).nullable(),
  /** The rounds that were returned before the newest one, newest first. */
  earlierRounds: z
    .array(
      z.object({
        round: z.number().int(),
        measures: z.string(),
        conclusion: z.string(),
        submittedBy: z.string().nullable(),
        returnedBy: z.string().nullable(),
        returnedAt: instant,
        reason: z.string(),
      }),
    )
    .max(newestEntries),
  issues: z.array(issue).max(mostListed),
  lookBack: z
    .object({ trackId: z.uuid(), year: z.number().int(), issues: z.array(earlierIssue).max(mostListed) })
    .nullable(),
  plannedYears: z.array(plannedYear).max(newestEntries),
  years: z.array(z.object({ trackId: z.uuid(), year: z.number().int() })).max(newestEntries),
  steps: z.array(stepEntry).max(newestEntries),
  can: z.record(trackAction, z.boolean()),
  nextAct: trackAction.nullable(),
  signingObstacle: z.string().nullable(),
});

/** Where a track stands after an act. */
export const tracked = steppedTo(trackState);

export const withReason = revision.extend({ reason: writtenReason(500) });

export const newCause = z.object({ level, indicator: indicatorKey, body: writtenReason(1000) });

/** A return names the parts that need work. */
export const newReturn = z.object({
  reason: writtenReason(500),
  parts: z.array(reportPart).min(1, '请选择需要修改的部分').max(3),
});

export const newPlanYear = z.object({
  countyId: z.number().int(),
  year: z.number().int().min(2017).max(2100),
  documentNumber: writtenLine(60).min(2),
  reason: writtenText(500).default(''),
});
