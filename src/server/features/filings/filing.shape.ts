import type { z } from 'zod';
import { newestComments } from '#contract/filings/filings.shape.ts';
import type { filingSummary } from '#contract/filings/filings.ts';
import type { Comment } from '#core/comments/comments.store.ts';
import { digestOf } from '#core/evidence/digest.ts';
import type { Actor } from '#domain/access/actor.ts';
import type { Catalogue } from '#domain/filing/catalogue.shape.ts';
import { enteredFields, sectionsOf } from '#domain/filing/catalogue.ts';
import { type CellChange, differences, explanationsOf, valuesOf } from '#domain/filing/cells.ts';
import {
  checkFiling,
  completeValues,
  countFilled,
  countFindings,
  type Finding,
  openFields,
} from '#domain/filing/check.ts';
import { signedContent } from '#domain/filing/content.ts';
import { derive } from '#domain/filing/derive.ts';
import { type FilingSubject, permittedFilingActs } from '#domain/filing/flow.ts';
import { filingSituationTitles, situationOf } from '#domain/filing/situation.ts';
import { isLate, standing } from '#domain/flow/deadline.ts';
import { type Day, dayInChina, daysBetween, schoolYearName } from '#domain/kit/school-year.ts';
import { schoolType } from '#domain/org/school-type.ts';
import type { ListedFiling } from './filing.list.store.ts';
import type { FilingContent, FilingRow, FullFiling } from './filing.store.ts';
import { catalogueOf } from './filing-catalogues.shape.ts';

/** A checked filing: its edition, its findings, its counts. */
export interface Examined {
  readonly catalogue: Catalogue;
  readonly findings: Finding[];
  readonly counts: ReturnType<typeof countFindings>;
  readonly filled: number;
  readonly required: number;
  readonly derived: Record<string, number | null>;
  /** Fields that differ from what was approved last; null where nothing was. */
  readonly changes: ReturnType<typeof differences> | null;
}

/** Runs every check on the present filing. */
export function examine(filing: Pick<FilingRow, 'edition' | 'schoolType'> & FilingContent): Examined {
  const catalogue = catalogueOf(filing.edition);
  const school = { schoolType: filing.schoolType };
  const values = valuesOf(filing.cells);
  const findings = checkFiling({
    catalogue,
    school,
    values,
    reference: filing.reference,
    explanations: explanationsOf(filing.cells),
  });
  const keys = enteredFields(catalogue, school).map((field) => field.key);
  return {
    catalogue,
    findings,
    counts: countFindings(findings),
    ...countFilled(catalogue, school, values),
    derived: derive(catalogue, school, values),
    changes: filing.approved ? differences(keys, filing.approved, values) : null,
  };
}

/** The counts of a checked filing, as its row keeps them for lists. */
export function countsToKeep({ filled, required, counts, changes }: Examined) {
  return {
    ...{ filled, required, hardFindings: counts.hard, softFindings: counts.soft, openDoubts: counts.unexplained },
    changedFields: changes?.length ?? null,
  };
}

/** Entered and derived values: what approval freezes and what the printed hash covers. */
export function valuesToApprove(filing: Pick<FilingRow, 'edition' | 'schoolType'> & FilingContent) {
  return completeValues(catalogueOf(filing.edition), { schoolType: filing.schoolType }, valuesOf(filing.cells));
}

/** The digest of a filing's content: printed on the page that is signed and stamped. */
export function contentHash(filing: FullFiling): string {
  return digestOf(signedContent({ ...filing, values: valuesToApprove(filing) }));
}

/** The facts about a filing that the flow needs; the counts come from a new check if there was one. */
export function subjectOf(row: FilingRow, today: string, counts?: Examined['counts']): FilingSubject {
  return {
    state: row.state,
    countyId: row.placeId,
    schoolId: row.schoolId,
    managedBy: row.managedBy,
    accounts: row.accounts ?? { head: false, clerk: false },
    hardFindings: counts?.hard ?? row.hardFindings,
    unexplained: counts?.unexplained ?? row.openDoubts,
    submittedBefore: row.submittedAt !== null,
    sentBack: row.returnedAt !== null,
    checked: row.checkedAt !== null,
    partlyOpen: row.openFields !== null,
    closed: standing(row, row.extension, today).closed,
    extended: row.extension !== null,
    periodOpen: row.periodState === 'open',
    opensLater: row.opensOn > today ? row.opensOn : null,
    archived: row.archivedOn === null ? null : { name: schoolYearName(row.schoolYear), day: row.archivedOn },
    released: row.released === null ? null : { schoolName: row.name, reason: row.released },
  };
}

type Checked = Pick<FilingRow, 'openFields' | 'edition' | 'schoolType'> & FilingContent;

/** The fields that are open now: null for all of them; after a return of chosen fields as `openFields` says. */
export function openFieldsOf(filing: Checked, seen?: Examined): string[] | null {
  if (filing.openFields === null) return null;
  const { catalogue, findings } = seen ?? examine(filing);
  return openFields(catalogue, { schoolType: filing.schoolType }, filing.openFields, findings);
}

/**
 * The changes that a filing accepts while it may be filled: changes of open fields and, on a locked field, the
 * explanation of a doubt, because a correction elsewhere may have caused the doubt.
 */
export function openingOf(filing: Checked): (change: Pick<CellChange, 'field' | 'value'>) => boolean {
  if (filing.openFields === null) return () => true;
  const seen = examine(filing);
  const open = new Set(openFieldsOf(filing, seen));
  const doubtful = new Set(seen.findings.filter(({ weight }) => weight === 'soft').flatMap(({ fields }) => fields));
  return ({ field, value }) => open.has(field) || (value === undefined && doubtful.has(field));
}

/** Nothing has been typed yet: 未开始 instead of 填报中. */
export function isUntouched({ filled, submittedAt }: Pick<FilingRow, 'filled' | 'submittedAt'>): boolean {
  return filled === 0 && submittedAt === null;
}

/** A draft that was sent back or reopened. */
export function isReturned({ state, returnedAt }: Pick<FilingRow, 'state' | 'returnedAt'>): boolean {
  return state === 'draft' && returnedAt !== null;
}

/** The word for where a filing stands, and why it no longer counts, where that is so. */
export function situationTitle(
  row: Pick<FilingRow, 'state' | 'filled' | 'submittedAt' | 'returnedAt' | 'released'>,
): string {
  const { state, released } = row;
  const title = filingSituationTitles[situationOf({ state, untouched: isUntouched(row), returned: isReturned(row) })];
  return released === null ? title : `${title}，不计入（${released}）`;
}

export function schoolShape(row: FilingRow) {
  return {
    id: row.schoolId,
    code: row.code,
    name: row.name,
    presentName: row.presentName ?? null,
    schoolType: row.schoolType,
    schoolTypeName: schoolType(row.schoolType)?.name ?? row.schoolType,
    sections: sectionsOf(catalogueOf(row.edition), row.schoolType),
    ownership: row.ownership,
    urbanClass: row.urbanClass,
    countyId: row.placeId,
    countyName: row.countyName,
    managedBy: row.managedBy,
  };
}

const iso = (instant: Date | null) => (instant === null ? null : instant.toISOString());

/** One line of the list: `reminders` come separately because only lists count them. */
export function summaryShape(
  row: FilingRow & Partial<Pick<ListedFiling, 'reminders' | 'lastReminderAt' | 'comments' | 'commentsForMe'>>,
  actor: Actor,
  today: Day,
): z.output<typeof filingSummary> {
  const deadline = standing(row, row.extension, today);
  const arrived = row.state === 'submitted' ? row.submittedAt : row.state === 'approved' ? row.approvedAt : null;
  const waitingSince = row.released === null ? arrived : null;
  return {
    id: row.id,
    school: schoolShape(row),
    state: row.state,
    untouched: isUntouched(row),
    returned: isReturned(row),
    late: isLateFiling(row),
    overdue: row.released === null && row.state === 'draft' && row.submittedAt === null && deadline.past,
    released: row.released,
    revision: row.revision,
    filled: row.filled,
    required: row.required,
    missing: row.required - row.filled,
    errors: Math.max(0, row.hardFindings - (row.required - row.filled)),
    softFindings: row.softFindings,
    changedSinceApproval: row.changedFields,
    checked:
      row.checkedAt === null ? null : { at: row.checkedAt.toISOString(), by: row.checkedBy ?? '', note: row.checkNote },
    openComments: { count: row.comments ?? 0, forMe: row.commentsForMe ?? 0 },
    submittedAt: iso(row.submittedAt),
    approvedAt: iso(row.approvedAt),
    acceptedAt: iso(row.acceptedAt),
    updatedAt: row.updatedAt.toISOString(),
    daysWaiting: waitingSince === null ? null : Math.max(0, daysBetween(dayInChina(waitingSince), today)),
    reminders: row.reminders ?? 0,
    lastReminderAt: iso(row.lastReminderAt ?? null),
    deadline: {
      day: deadline.day,
      daysLeft: deadline.daysLeft,
      closesOn: deadline.closesOn,
      extended: deadline.extended,
      phrase: deadlinePhrase(row, deadline.phrase),
    },
    can: permittedFilingActs(subjectOf(row, today), actor),
  };
}

/** The deadline applies to the first submission: a correction after a return does not make a filing late. */
export function isLateFiling(row: Pick<FilingRow, 'deadline' | 'extension' | 'firstSubmittedOn'>): boolean {
  return isLate(row, row.extension, row.firstSubmittedOn);
}

function deadlinePhrase(row: FilingRow, untilThen: string): string {
  const { state, submittedAt } = row;
  if (row.released !== null) return '不再计入';
  if (state !== 'draft') return isLateFiling(row) ? '迟交' : '按期提交';
  return submittedAt === null ? untilThen : '修改后重新提交，不计逾期';
}

/** The state of a filing after a step, for the reply. */
export function steppedShape(filing: FullFiling, actor: Actor, today: Day) {
  return {
    filingId: filing.id,
    state: filing.state,
    revision: filing.revision,
    late: isLateFiling(filing),
    openFields: openFieldsOf(filing),
    can: permittedFilingActs(subjectOf(filing, today), actor),
  };
}

/** Value and explanation of each named cell, as they stand in the audit row and in the cell's history. */
export function cellsForAudit(filing: Pick<FullFiling, 'cells'>, fields: readonly string[]) {
  return Object.fromEntries(
    fields.map((key) => {
      const cell = filing.cells[key];
      return [key, { v: cell?.v ?? null, ...(cell?.e === undefined ? {} : { e: cell.e }) }];
    }),
  );
}

/** Reply types are mutable, findings are not: copied at the edge. */
export function copyFinding<F extends { readonly fields: readonly string[] }>(finding: F) {
  return { ...finding, fields: [...finding.fields] };
}

export function commentShape({ part, resolvedAt, at, ...row }: Comment) {
  return { ...row, field: part ?? '', at: at.toISOString(), resolvedAt: resolvedAt?.toISOString() ?? null };
}

/** The comments that a reply carries: all that are open, then the newest others, in their order. */
export function shownComments(comments: readonly Comment[]): readonly Comment[] {
  const open = comments.filter(({ resolvedAt }) => resolvedAt === null).slice(-newestComments);
  const others = comments.filter(({ resolvedAt }) => resolvedAt !== null);
  const shown = new Set([...open, ...others.slice(Math.max(0, others.length - newestComments + open.length))]);
  return comments.filter((comment) => shown.has(comment));
}
