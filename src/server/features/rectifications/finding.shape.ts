import type * as rectifications from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { FindingFact, FindingSubject } from '#domain/rectification/flow.ts';
import { findingSourceTitle } from '#domain/rectification/state.ts';
import type { ListedFinding } from './finding.list.store.ts';
import type { Finding } from './finding.store.ts';

type Summary = Omit<RouteOutput<typeof rectifications.list>['rows'][number], 'can'>;

/** What the flow asks of a finding. A fact that was not looked up is a fault of the act that asks it. */
export function subjectOf({
  facts,
  ...finding
}: Pick<
  Finding,
  'state' | 'placeId' | 'severity' | 'openedLevel' | 'dutyType' | 'managedBy' | 'facts'
>): FindingSubject {
  const { state, placeId, severity, openedLevel, dutyType, managedBy } = finding;
  const known = <Fact extends FindingFact>(fact: Fact): FindingSubject[Fact] => {
    const value = facts[fact];
    if (value === undefined) throw new Error(`the finding was read without ${fact}`);
    return value as FindingSubject[Fact];
  };
  return {
    ...{ state, placeId, severity, openedLevel, dutyType, managedBy },
    get dutySchoolId() {
      return known('dutySchoolId');
    },
    get hasAccounts() {
      return known('hasAccounts');
    },
    get openParts() {
      return known('openParts');
    },
    get asked() {
      return known('asked');
    },
    get acknowledged() {
      return known('acknowledged');
    },
  };
}

export function summaryShape(row: ListedFinding): Summary {
  const schoolId = row.aboutSchoolId ?? row.schoolId;
  return {
    id: row.id,
    placeId: row.placeId,
    placeName: row.placeName,
    title: row.title,
    kind: row.kind,
    kindName: row.kindName,
    severity: row.severity,
    state: row.state,
    duty: {
      type: row.dutyType,
      id: (row.dutyType === 'school' ? row.schoolId : row.dutyUnitId) ?? 0,
      name: row.dutyName ?? '',
    },
    dutyPerson: row.dutyPerson,
    school: schoolId === null ? null : { id: schoolId, name: row.schoolName ?? '' },
    openedLevel: row.openedLevel,
    source: findingSourceTitle(row.sourceType, row.sourceLabel),
    schoolYear: row.schoolYear,
    foundOn: row.foundOn,
    dueOn: row.dueOn,
    dueProvisional: row.dueProvisional,
    overdue: row.overdue,
    raisedTo: row.raisedTo,
    asked: row.asked,
    closedOn: row.closedOn,
    parentId: row.parentId,
    parts: row.parts,
    imported: row.imported,
    revision: row.revision,
  };
}

/** Where a finding stands after an act. */
export function steppedShape({ id, state, revision, dueOn }: Pick<Finding, 'id' | 'state' | 'revision' | 'dueOn'>) {
  return { id, state, revision, dueOn };
}
