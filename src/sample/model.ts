import type { RoleKey } from '#domain/access/permissions.ts';
import type { CampaignRules } from '#domain/evaluation/campaign/campaign-rules.ts';
import type { EvaluationKind, EvaluationState } from '#domain/evaluation/lists.ts';
import type { FindingSeverity } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { SchoolEventDetails } from '#domain/org/school-history.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import type { LowerKind } from '#domain/org/unit-kind.ts';
import type { ListedUnit } from '#domain/org/unit-list.shape.ts';
import type { UrbanClass } from '#domain/org/urban-class.ts';
import type { Character, Plan, Progress } from './plan/plan.shape.ts';
import type { Standing2025, Values } from './plan/resources.ts';

/** The three school years of the sample; the last one is always 2025, whatever the day of loading. */
export const sampleYears = [2023, 2024, 2025] as const;
export type SampleYear = (typeof sampleYears)[number];

export type SampleUnit = ListedUnit;

/** A 科室, 部门 or 直属单位 below the city or one of its counties. */
export interface SampleLowerUnit {
  readonly id: number;
  readonly kind: LowerKind;
  readonly name: string;
  /** The city or county below which it stands. */
  readonly placeId: number;
  /** Earlier names, the oldest first, each with the day on which it ended. */
  readonly former: readonly { readonly name: string; readonly until: Day }[];
}

/** The facts of a school between two days; the last version is the present one. */
export interface SampleVersion {
  validFrom: Day;
  validTo: Day | null;
  countyId: number;
  code: string;
  name: string;
  schoolType: string;
  sponsorCode: number;
  ownership: Ownership;
  urbanClass: UrbanClass;
  managingUnitId: number;
}

export type SampleEventKind = 'opened' | 'renamed' | 'moved' | 'merged' | 'split' | 'closed' | 'reopened' | 'retyped';

export interface SampleEvent {
  readonly kind: SampleEventKind;
  readonly happenedOn: Day;
  readonly document: string | null;
  readonly details: SchoolEventDetails;
}

/** Pupils by section; a section that the school does not have is 0 here and no field there. */
export interface Pupils {
  primary: number;
  junior: number;
  senior: number;
}

export interface SampleSchool {
  readonly id: number;
  foundedYear: number;
  status: SchoolStatus;
  openedOn: Day;
  closedOn: Day | null;
  /** Oldest first, without gaps while the school is open. */
  versions: SampleVersion[];
  events: SampleEvent[];
  character: Character;
  pupils: Record<SampleYear, Pupils>;
}

/** A school of the frozen list of one year, with its complete values. */
export interface YearRecord {
  readonly year: SampleYear;
  readonly school: SampleSchool;
  readonly version: SampleVersion;
  readonly values: Values;
}

/** The filing that a school owes in a year, and its progress. */
export interface SampleDuty {
  readonly year: SampleYear;
  readonly school: SampleSchool;
  readonly version: SampleVersion;
  readonly progress: Progress;
  /** Entered and derived values of the whole record, even if only a part of it has been typed yet. */
  readonly complete: Readonly<Record<string, number | string | null>>;
}

/** One account of the sample; its password is made at loading and differs on every installation. */
export interface SamplePerson {
  readonly id: string;
  /** The key of the role: a shipped role, or one of the sample's own. */
  readonly role: string;
  readonly roleTitle: string;
  readonly username: string;
  readonly name: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** The section that the first post names. */
  readonly sectionId: number | null;
  /** The name of the place in the list of sign-ins. */
  readonly place: string;
  /** Further posts beside the first. */
  readonly further: readonly { readonly role: RoleKey; readonly unitId: number }[];
  /** The username of the colleague in whose post this person stands in. */
  readonly standsInFor: string | null;
  /** Schools that are assigned to the first post, where its role reaches by assignment. */
  readonly assigned: readonly number[];
  /** The entry of this person among the inspectors of the city. */
  readonly inspectorId: string | null;
  /** The seat by which somebody from outside comes, and the post that reaches by it. */
  readonly seat: { readonly id: string; readonly grantId: string } | null;
}

export type SampleStandard = 'basic-2012' | 'quality-2017';

/** One level of a county's run. */
export interface SampleRunLevel {
  readonly schools: number;
  readonly compositeCv: number | null;
  readonly compositeLimit: number | null;
  readonly indicators: readonly {
    readonly key: string;
    readonly name: string;
    readonly cv: number | null;
    readonly limit: number | null;
  }[];
  /** The schools that count. */
  readonly members: readonly {
    readonly schoolId: number;
    readonly code: string;
    readonly name: string;
    readonly excludedReason: null;
    readonly pupils: number | null;
    readonly values: Readonly<Record<string, number | null>>;
  }[];
}

export interface SampleRun {
  readonly levels: Readonly<Record<CompulsoryLevel, SampleRunLevel>>;
}

/** A finding that a part of the sample raises: the part that keeps the ledger lays it, with the steps of its way. */
export interface SampleRaised {
  readonly placeId: number;
  readonly id: string;
  readonly source: { readonly type: string; readonly id: string; readonly key: string; readonly label: string };
  readonly kind: 'balance' | 'facilities' | 'staffing' | 'duty';
  readonly severity: FindingSeverity;
  /** The school that is to put it right; null where the county is. */
  readonly schoolId: number | null;
  readonly title: string;
  readonly body: string;
  readonly measure: string;
  readonly state: 'found' | 'planned' | 'closed';
  readonly year: SampleYear;
  /** The day, or how many days before the day of the sample. */
  readonly found: Day | number;
  /** Days from the one on which it was found. */
  readonly dueIn: number;
}

/** The editions by which the rounds of the sample judge: two that are shipped, and one that the city has made itself. */
export const sampleFrameworks = ['county-inspection-sample', 'quality-school-sample', 'county-key-points'] as const;
export type SampleFramework = (typeof sampleFrameworks)[number];

/**
 * How good a subject is where a round is about places: nobody takes anything off the best, the equal lack one and the same
 * element, and the plain ones have solved half of what was found before. Without it everything is drawn.
 */
export type SampleMerit = 'best' | 'equal' | 'plain';

/** Whoever is judged in a round. */
export interface SampleRoundSubject {
  /** The id in the campaign and of the evaluation. */
  readonly id: string;
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly name: string;
  readonly state: EvaluationState;
  readonly merit?: SampleMerit;
}

/** Who judges in a round. */
export interface SampleSeat {
  readonly id: string;
  readonly person: SamplePerson;
  readonly part: 'leader' | 'member' | 'expert';
  readonly scores: boolean;
  readonly nodes: readonly string[];
}

/** A round of evaluations: what its campaign and its evaluations agree on. */
export interface SampleRound {
  readonly id: string;
  readonly kind: EvaluationKind;
  readonly framework: SampleFramework;
  /** The section that works with the office: its letters are signed by both. */
  readonly partner: SampleLowerUnit | null;
  /** Named after the year that is assessed, as the template of the product does. */
  readonly title: string;
  readonly assessmentYear: number;
  /** Null: the year of the sample's day. */
  readonly decisionYear: number | null;
  /** The first day of its timetable, or how many days before the day of the sample. */
  readonly start: Day | number;
  readonly isClosed: boolean;
  readonly earlierId: string | null;
  /** The letter by which its subjects were given notice. */
  readonly noticeLetterId: string;
  readonly rules: CampaignRules;
  readonly subjects: readonly SampleRoundSubject[];
  readonly seats: readonly SampleSeat[];
}

/** The city as its parts build it; a field that no part fills is empty. */
export interface SampleCity {
  readonly seed: string;
  readonly units: readonly SampleUnit[];
  readonly lowerUnits: readonly SampleLowerUnit[];
  readonly plan: Plan;
  schools: readonly SampleSchool[];
  /** The resources of each school in the last year, by its id. */
  standings: ReadonlyMap<number, Standing2025>;
  /** The complete values of every school in every year; the progress of the filings is decided later. */
  records: readonly YearRecord[];
  duties: readonly SampleDuty[];
  /** The run of a county and year by a standard. */
  runOf: (countyId: number, year: SampleYear, standard: SampleStandard) => SampleRun;
  raised: readonly SampleRaised[];
  people: readonly SamplePerson[];
  rounds: readonly SampleRound[];
}

/** The school as it was on a day; undefined before it opened and after it closed. */
export function versionOn(school: SampleSchool, day: Day): SampleVersion | undefined {
  return school.versions.find(
    (version) => version.validFrom <= day && (version.validTo === null || day < version.validTo),
  );
}

/** The last known version, also of a school that has closed. */
export function lastVersion(school: SampleSchool): SampleVersion {
  return school.versions[school.versions.length - 1]!;
}

/** The day on which the list of schools that owe is frozen: the first of October of a school year. */
export function frozenOn(year: SampleYear): Day {
  return `${year}-10-01`;
}
