// Written by `dudao db types` from a freshly migrated database; do not edit.

import type { ColumnType } from 'kysely';
import type { Guesses } from '#domain/access/lockout.ts';

/** May be left out of an insert: the database has a default. (Kysely's own does not look into a column type.) */
type Generated<Value> =
  Value extends ColumnType<infer Read, infer Inserted, infer Updated>
    ? ColumnType<Read, Inserted | undefined, Updated>
    : ColumnType<Value, Value | undefined, Value>;

/** Set by the database alone. */
type Computed<Value> = ColumnType<Value, never, never>;

/** Written as text (`JSON.stringify`): the driver would take an array for a PostgreSQL array. */
type Json<Value, Written = string> = ColumnType<Value, Written, Written>;

type Timestamp<Value = Date> = ColumnType<Value, Value | string, Value | string>;

declare const unwritable: unique symbol;

/** A column of a view: nobody can make a value for it, so that no insert or update on a view compiles. */
type ViewColumn<Value> = ColumnType<Value, { readonly [unwritable]: never }, never>;

export interface AccessTokens {
  id: string;
  person_id: string;
  grant_id: string;
  name: string;
  hash: string;
  permissions: string[];
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  last_used_at: Timestamp<Date | null>;
  revoked_at: Timestamp<Date | null>;
}

export interface AccountRequests {
  id: string;
  person_id: string;
  act: string;
  state: Generated<string>;
  proposed_by: string;
  proposed_at: Timestamp;
  decided_by: string | null;
  decided_at: Timestamp<Date | null>;
  reason: string | null;
}

export interface Accounts {
  id: string;
  user_id: string;
  account_id: string;
  provider_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Timestamp<Date | null>;
  refresh_token_expires_at: Timestamp<Date | null>;
  scope: string | null;
  password: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface ApprovedFilingValues {
  county_id: ViewColumn<number>;
  period_id: ViewColumn<number>;
  school_id: ViewColumn<number>;
  filing_id: ViewColumn<string>;
  catalogue_edition: ViewColumn<string>;
  code: ViewColumn<string | null>;
  name: ViewColumn<string>;
  school_type: ViewColumn<string>;
  sponsor_code: ViewColumn<number>;
  ownership: ViewColumn<string>;
  urban_class: ViewColumn<string>;
  managing_unit_id: ViewColumn<number>;
  values: ViewColumn<Record<string, number | string | null> | null>;
  approved_at: ViewColumn<Date | null>;
}

export interface Assignments {
  id: string;
  grant_id: string;
  unit_id: number | null;
  school_id: number | null;
  campaign_id: string | null;
  branch: string | null;
  valid_from: string;
  valid_to: string | null;
  given_by: string | null;
  given_at: Generated<Timestamp>;
  ended_by: string | null;
  ended_at: Timestamp<Date | null>;
}

export interface Attachments {
  place_id: number;
  id: string;
  campaign_id: string | null;
  subject_type: string;
  subject_id: string;
  school_id: number | null;
  part: string | null;
  file_hash: string;
  name: string;
  size: number;
  media_type: string;
  added_by: string;
  added_by_name: string;
  added_at: Generated<Timestamp>;
  detached_at: Timestamp<Date | null>;
  detached_by: string | null;
  about_day: string | null;
  note: string | null;
  sensitive: string | null;
  purpose: string | null;
  position: Generated<number>;
  keep_until: string | null;
  openers: string | null;
  period_written_at: Timestamp<Date | null>;
  copied_from_place: number | null;
  copied_from: string | null;
  removed_at: Timestamp<Date | null>;
  removed_by: string | null;
  seats: Generated<string[]>;
}

export interface AuditEvents {
  place_id: Generated<number>;
  id: Computed<number>;
  at: Generated<Timestamp>;
  transaction_id: Generated<string>;
  actor_id: string | null;
  actor_name: string | null;
  actor_role: string | null;
  address: string | null;
  action: string;
  object_type: string;
  object_id: string;
  school_id: number | null;
  fields: Generated<string[]>;
  before: Json<Record<string, unknown> | null, string | null>;
  after: Json<Record<string, unknown> | null, string | null>;
  request_id: string | null;
  token_id: string | null;
  post_id: string | null;
  stand_in_id: string | null;
  stand_in_for: string | null;
  stand_in_for_name: string | null;
  campaign_id: string | null;
}

export interface AuditSeals {
  position: number;
  from_transaction: string;
  to_transaction: string;
  first_id: number;
  last_id: number;
  row_count: number;
  rows_hash: string;
  previous_hash: string;
  hash: string;
  sealed_at: Generated<Timestamp>;
  format: Generated<number>;
}

export interface BalanceFacts {
  place_id: ViewColumn<number | null>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<number | null>;
  key: ViewColumn<string | null>;
  period_id: ViewColumn<number | null>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string | null>;
  certificate: ViewColumn<unknown>;
}

export interface BalanceIndicators {
  standard_key: ViewColumn<string>;
  standard_name: ViewColumn<string>;
  indicator: ViewColumn<string>;
  name: ViewColumn<string>;
  position: ViewColumn<number>;
}

export interface BalancePlanYears {
  place_id: number;
  id: string;
  planned_year: number;
  document_number: string;
  reason: Generated<string>;
  entered_by: string;
  entered_by_name: string;
  entered_at: Timestamp;
  replaced_at: Timestamp<Date | null>;
}

export interface BalanceRunDetails {
  county_id: number;
  run_id: string;
  inputs: Json<unknown>;
  result: Json<unknown>;
  period_id: number;
}

export interface BalanceRunFigures {
  county_id: ViewColumn<number>;
  run_id: ViewColumn<string>;
  period_id: ViewColumn<number>;
  standard_key: ViewColumn<string>;
  standard_revision: ViewColumn<number>;
  formula_version: ViewColumn<string>;
  inputs_hash: ViewColumn<string>;
  provisional: ViewColumn<boolean>;
  current: ViewColumn<boolean>;
  run_at: ViewColumn<Date>;
  standard_name: ViewColumn<string>;
  level: ViewColumn<'primary' | 'junior'>;
  schools: ViewColumn<number | null>;
  indicator: ViewColumn<string>;
  name: ViewColumn<string>;
  cv: ViewColumn<number | null>;
  cv_limit: ViewColumn<number | null>;
  position: ViewColumn<number>;
}

export interface BalanceRunMembers {
  county_id: ViewColumn<number>;
  run_id: ViewColumn<string>;
  level: ViewColumn<string>;
  school_id: ViewColumn<number>;
  code: ViewColumn<string | null>;
  name: ViewColumn<string>;
  excluded_reason: ViewColumn<string | null>;
  pupils: ViewColumn<number | null>;
  values: ViewColumn<unknown>;
}

export interface BalanceRunSchools {
  county_id: number;
  run_id: string;
  school_id: number;
  level: string;
  code: string | null;
  name: string;
  excluded_reason: string | null;
  content: Json<Record<string, unknown> | null, string | null>;
  period_id: number;
}

export interface BalanceRuns {
  county_id: number;
  id: string;
  period_id: number;
  standard_key: string;
  standard_revision: number;
  formula_version: string;
  inputs_hash: string;
  verdict: string;
  provisional: boolean;
  school_count: number;
  excluded_count: number;
  missing_count: number;
  summary: Json<Record<string, unknown>>;
  distribution: Json<Record<string, Record<string, number[] | null>>>;
  current: boolean;
  run_at: Timestamp;
  run_by: string;
}

export interface BalanceStandards {
  key: string;
  revision: number;
  name: string;
  document: string;
  effective_from: string | null;
  effective_to: string | null;
  definition: Json<Record<string, unknown>>;
  source: string;
  note: string;
  shipped: boolean;
  created_at: Generated<Timestamp>;
  created_by: string;
}

export interface BalanceStandings {
  county_id: ViewColumn<number>;
  period_id: ViewColumn<number>;
  standard_key: ViewColumn<string>;
  verdict: ViewColumn<string>;
  provisional: ViewColumn<boolean>;
  run_id: ViewColumn<string>;
}

export interface BalanceTrackCauses {
  place_id: number;
  id: string;
  track_id: string;
  level: string;
  indicator: string;
  body: string;
  written_by: string;
  written_by_name: string;
  written_at: Timestamp;
  period_id: number;
}

export interface BalanceTrackIssues {
  place_id: number;
  id: string;
  track_id: string;
  key: string;
  rule: string;
  level: string | null;
  indicator: string | null;
  about_school_id: number | null;
  title: string;
  body: string;
  figure: string | null;
  line: string | null;
  run_id: string | null;
  listed_by_name: string;
  listed_on: string;
  period_id: number;
}

export interface BalanceTrackReportFigures {
  place_id: number;
  report_id: string;
  level: string;
  indicator: string;
  ours: string | null;
  published: string | null;
  difference: string | null;
  kind: string;
  cause: Generated<string>;
  period_id: number;
}

export interface BalanceTrackReports {
  place_id: number;
  id: string;
  track_id: string;
  round: number;
  revision: Generated<number>;
  measures: Generated<string>;
  conclusion: Generated<string>;
  run_id: string | null;
  run_edition: string | null;
  inputs_hash: string | null;
  formula_version: string | null;
  publication_id: string | null;
  prepared_by_name: string | null;
  prepared_at: Timestamp<Date | null>;
  submitted_by_name: string | null;
  submitted_at: Timestamp<Date | null>;
  decision: string | null;
  decided_by_name: string | null;
  decided_at: Timestamp<Date | null>;
  period_id: number;
}

export interface BalanceTrackTerms {
  place_id: number;
  track_id: string;
  state: string;
  due_on: string;
  period_id: number;
}

export interface BalanceTracks {
  place_id: number;
  id: string;
  period_id: number;
  school_year: number;
  standard_key: string;
  state: Generated<string>;
  since: string;
  revision: Generated<number>;
  reason: string | null;
  opened_by_name: string;
  opened_at: Timestamp;
  updated_at: Timestamp;
}

export interface BasicStandards {
  from_year: number;
  revision: number;
  name: string;
  edition: string;
  source: string;
  definition: Json<Record<string, unknown>>;
  reason: string;
  added_by_name: string;
  added_at: Timestamp;
}

export interface CalendarDays {
  day: string;
  kind: string;
  name: string;
}

export interface CalendarYears {
  year: number;
  state: string;
  document: string | null;
}

export interface CampaignAvoidances {
  place_id: number;
  campaign_id: string;
  id: string;
  seat_id: string | null;
  person_id: string;
  subject_id: string | null;
  avoidance_case: string;
  effect: 'blocks' | 'asks';
  waived_reason: string | null;
  waived_by_name: string | null;
  found_at: Timestamp;
}

export interface CampaignDays {
  place_id: ViewColumn<number>;
  campaign_id: ViewColumn<string>;
  step: ViewColumn<string>;
  position: ViewColumn<number>;
  from_day: ViewColumn<string | null>;
  to_day: ViewColumn<string | null>;
}

export interface CampaignPanel {
  place_id: ViewColumn<number>;
  campaign_id: ViewColumn<string>;
  seat_id: ViewColumn<string>;
  person_id: ViewColumn<string>;
  name: ViewColumn<string>;
  outside: ViewColumn<boolean>;
  part: ViewColumn<'leader' | 'member' | 'expert' | 'section' | 'third-party'>;
  scores: ViewColumn<boolean>;
  nodes: ViewColumn<string[]>;
  subjects: ViewColumn<string[] | null>;
  from_day: ViewColumn<string | null>;
  to_day: ViewColumn<string | null>;
  ended_on: ViewColumn<string | null>;
  given_at: ViewColumn<Date>;
}

export interface CampaignSeats {
  place_id: number;
  campaign_id: string;
  id: string;
  person_id: string;
  name: string;
  grant_id: string | null;
  inspector_place_id: number | null;
  inspector_id: string | null;
  part: 'leader' | 'member' | 'expert' | 'section' | 'third-party';
  scores: Generated<boolean>;
  nodes: string[];
  subjects: string[] | null;
  from_day: string | null;
  to_day: string | null;
  read_edition_at: Timestamp<Date | null>;
  ended_on: string | null;
  end_reason: string | null;
  given_by_name: string;
  given_at: Timestamp;
  revision: Generated<number>;
}

export interface CampaignSlots {
  place_id: ViewColumn<number>;
  campaign_id: ViewColumn<string>;
  subject_id: ViewColumn<string>;
  slot_from: ViewColumn<string | null>;
  slot_to: ViewColumn<string | null>;
}

export interface CampaignSteps {
  place_id: number;
  campaign_id: string;
  step: string;
  position: number;
  from_day: string | null;
  to_day: string | null;
}

export interface CampaignSubjects {
  place_id: number;
  campaign_id: string;
  id: string;
  unit_id: number;
  school_id: number | null;
  name: string;
  subject_place_id: number | null;
  opened_at: Timestamp<Date | null>;
  left_out: string | null;
  also_found_by: Generated<string>;
  search: Computed<string>;
  slot_from: string | null;
  slot_to: string | null;
}

export interface Campaigns {
  place_id: number;
  id: string;
  kind: 'county-inspection' | 'school-evaluation';
  title: string;
  assessment_year: number;
  decision_year: number;
  framework_key: string;
  framework_revision: number;
  framework_hash: string;
  lead_unit_id: number;
  partner_unit_id: number | null;
  earlier_id: string | null;
  rules: Json<{ readonly reviewersPerLeaf: number; readonly blind: boolean; readonly tolerance: string; readonly combine: 'mean' | 'trimmed' }>;
  state: Generated<'draft' | 'open' | 'closed' | 'cancelled'>;
  reason: string | null;
  opened_at: Timestamp<Date | null>;
  closed_at: Timestamp<Date | null>;
  notice_letter_id: string | null;
  revision: Generated<number>;
  organised_by: string;
  organised_by_name: string;
  created_at: Timestamp;
  updated_at: Timestamp;
  also_found_by: Generated<string>;
  search: Computed<string>;
}

export interface ClientIds {
  id: string;
  person_id: string;
  used_for: string;
  created_at: Generated<Timestamp>;
}

export interface CollectionStandings {
  id: ViewColumn<number>;
  period_id: ViewColumn<number>;
  year: ViewColumn<number>;
  name: ViewColumn<string>;
  state: ViewColumn<string>;
  opens_on: ViewColumn<string>;
  deadline: ViewColumn<string>;
  city_deadline: ViewColumn<string | null>;
  passed_over: ViewColumn<boolean>;
  archived_on: ViewColumn<string | null>;
}

export interface CollectionSubjects {
  place_id: number;
  collection_id: number;
  subject_type: string;
  subject_id: number;
  school_id: Computed<number | null>;
  code: string | null;
  name: string;
  initials: string;
  managing_unit_id: number;
  owes: Generated<boolean>;
  reason: string | null;
}

export interface Collections {
  id: Generated<number>;
  key: string;
  period_id: number;
  owner_unit_id: number;
  catalogue_edition: string;
  name: string;
  flow: string;
  opens_on: string;
  deadline: string;
  grace_days: Generated<number>;
  city_deadline: string | null;
  state: Generated<string>;
  reason: string | null;
}

export interface Comments {
  place_id: number;
  id: string;
  campaign_id: string | null;
  subject_type: string;
  subject_id: string;
  school_id: number | null;
  part: string | null;
  body: string;
  author_id: string;
  author_name: string;
  at: Generated<Timestamp>;
  resolved_at: Timestamp<Date | null>;
  author_level: string | null;
}

export interface EarlierLeaves {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  code: ViewColumn<string>;
  layer: ViewColumn<'self' | 'city'>;
  points: ViewColumn<string | null>;
  answer: ViewColumn<unknown>;
}

export interface EarlierRounds {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  title: ViewColumn<string>;
  unit_id: ViewColumn<number>;
  school_id: ViewColumn<number | null>;
  subject_name: ViewColumn<string>;
  search: ViewColumn<string>;
  assessment_year: ViewColumn<number>;
  framework_key: ViewColumn<string>;
  framework_revision: ViewColumn<number>;
  decided_on: ViewColumn<string>;
  total: ViewColumn<string | null>;
  self_total: ViewColumn<string | null>;
  conclusion: ViewColumn<string | null>;
}

export interface EnteredFacts {
  place_id: number;
  id: string;
  subject_type: string;
  subject_id: number;
  school_id: Computed<number | null>;
  key: string;
  period_id: number;
  value: Json<unknown>;
  source: string;
  document: string | null;
  entered_by: string;
  entered_by_name: string;
  entered_at: Generated<Timestamp>;
  replaced_at: Timestamp<Date | null>;
  as_of: string | null;
}

export interface EnteredFigures {
  place_id: ViewColumn<number>;
  subject_type: ViewColumn<string>;
  subject_id: ViewColumn<number>;
  key: ViewColumn<string>;
  period_id: ViewColumn<number>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string | null>;
  certificate: ViewColumn<unknown>;
}

export interface EvaluationAskedActs {
  place_id: number;
  asking_id: string;
  evaluation_id: string;
  campaign_id: string;
  position: number;
  subject_name: string;
  action: string;
  read_revision: number;
  asked_by: string;
  asked_at: Timestamp;
  settled_at: Timestamp<Date | null>;
  refusal: string | null;
}

export interface EvaluationFacts {
  place_id: ViewColumn<number>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<number>;
  key: ViewColumn<string | null>;
  period_id: ViewColumn<number>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string | null>;
  certificate: ViewColumn<unknown>;
}

export interface EvaluationFindings {
  place_id: number;
  id: string;
  evaluation_id: string;
  subject_place_id: number;
  code: string | null;
  kind: string;
  title: string;
  body: Generated<string>;
  duty_type: 'unit' | 'section' | 'school' | null;
  duty_id: number | null;
  due_on: string | null;
  entered_by_name: string;
  entered_at: Timestamp;
  dropped_at: Timestamp<Date | null>;
  raised_at: Timestamp<Date | null>;
}

export interface EvaluationGivenScores {
  place_id: ViewColumn<number>;
  campaign_id: ViewColumn<string>;
  person_id: ViewColumn<string>;
  given: ViewColumn<number>;
}

export interface EvaluationHandins {
  place_id: number;
  evaluation_id: string;
  round: number;
  school_id: number | null;
  submitted_by: string;
  submitted_by_name: string;
  submitted_at: Timestamp;
  confirmed_by: string | null;
  confirmed_by_name: string | null;
  confirmed_at: Timestamp<Date | null>;
  taken_back_at: Timestamp<Date | null>;
}

export interface EvaluationKeptLeaves {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  code: ViewColumn<string>;
  layer: ViewColumn<'self' | 'city'>;
  points: ViewColumn<string | null>;
  answer: ViewColumn<unknown>;
}

export interface EvaluationLeafPoints {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  subject_place_id: ViewColumn<number>;
  code: ViewColumn<string>;
  layer: ViewColumn<'self' | 'county' | 'city'>;
  points: ViewColumn<string | null>;
  standing: ViewColumn<boolean>;
}

export interface EvaluationLeaves {
  place_id: number;
  evaluation_id: string;
  code: string;
  school_id: number | null;
  seats: Generated<string[]>;
  position: number;
  nodes: string[];
  origin: 'person' | 'data';
  facts: Generated<Json<unknown>>;
  applies: boolean | null;
  note: Generated<string>;
  objection: string | null;
  responsible_id: string | null;
  responsible_section_id: number | null;
  returned_reason: string | null;
  answered_by_name: string | null;
  answered_at: Timestamp<Date | null>;
  beside: Generated<Json<Record<string, unknown>>>;
  version: Generated<number>;
  filled: boolean | null;
}

export interface EvaluationLeavesOut {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  code: ViewColumn<string>;
  layer: ViewColumn<'self' | 'county' | 'city' | null>;
}

export interface EvaluationOpinions {
  place_id: number;
  evaluation_id: string;
  subject_place_id: number;
  state: Generated<'draft' | 'submitted' | 'confirmed'>;
  comments: Generated<Json<readonly { readonly kind: 'strength' | 'weakness' | 'advice' | 'highlight'; readonly code: string | null; readonly text: string }[]>>;
  total: string | null;
  conclusion: string | null;
  certificate: Json<Record<string, unknown> | null, string | null>;
  drafted_by: string;
  drafted_by_name: string;
  confirmed_by: string | null;
  confirmed_by_name: string | null;
  confirmed_at: Timestamp<Date | null>;
  updated_at: Timestamp;
}

export interface EvaluationPoints {
  place_id: number;
  evaluation_id: string;
  code: string;
  layer: 'self' | 'county' | 'city';
  subject_place_id: number;
  school_id: number | null;
  seats: Generated<string[]>;
  hidden_from: Generated<string[]>;
  answer: Json<unknown, string | null>;
  points: string | null;
  reason: Generated<string>;
  settled: 'self' | 'one' | 'mean' | 'trimmed' | 'talk' | 'adopted';
  leaf_version: number;
  voided_at: Timestamp<Date | null>;
  version: Generated<number>;
  written_by_name: string;
  written_at: Timestamp;
}

export interface EvaluationProvinceScores {
  place_id: number;
  id: string;
  evaluation_id: string;
  campaign_place_id: number;
  school_id: number | null;
  code: string | null;
  points: string | null;
  words: string | null;
  document: string;
  given_on: string;
  reason: Generated<string>;
  entered_by_name: string;
  entered_at: Timestamp;
  replaced_at: Timestamp<Date | null>;
  salt: Generated<string>;
}

export interface EvaluationReleases {
  place_id: number;
  evaluation_id: string;
  code: string;
  school_id: number | null;
  points: string | null;
  reason: Generated<string>;
  released_at: Timestamp;
  answer: Json<unknown, string | null>;
}

export interface EvaluationRemarks {
  place_id: number;
  id: string;
  evaluation_id: string;
  code: string;
  subject_place_id: number;
  school_id: number | null;
  meant_for: 'subject' | 'panel';
  seats: Generated<string[]>;
  hidden_from: Generated<string[]>;
  body: string;
  person_id: string;
  author_name: string;
  said_at: Timestamp;
}

export interface EvaluationReviewers {
  place_id: number;
  evaluation_id: string;
  seat_id: string;
  subject_place_id: number;
  person_id: string;
  name: string;
  outside: boolean;
  part: 'leader' | 'member' | 'expert' | 'section' | 'third-party';
  scores: boolean;
  nodes: string[];
  from_day: string | null;
  to_day: string | null;
  seated_at: Timestamp<Date | null>;
  read_edition_at: Timestamp<Date | null>;
  ended_on: string | null;
}

export interface EvaluationRounds {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  title: ViewColumn<string>;
  unit_id: ViewColumn<number>;
  school_id: ViewColumn<number | null>;
  subject_name: ViewColumn<string>;
  search: ViewColumn<string>;
  assessment_year: ViewColumn<number>;
  framework_key: ViewColumn<string>;
  framework_revision: ViewColumn<number>;
  decided_on: ViewColumn<string>;
  total: ViewColumn<string | null>;
  conclusion: ViewColumn<string | null>;
  self_total: ViewColumn<string | null>;
}

export interface EvaluationScores {
  place_id: number;
  id: string;
  evaluation_id: string;
  campaign_id: string;
  subject_place_id: number;
  code: string;
  layer: 'county' | 'city';
  seat_id: string | null;
  person_id: string;
  reviewer_name: string;
  seats: Generated<string[]>;
  hidden_from: Generated<string[]>;
  answer: Json<unknown, string | null>;
  points: string | null;
  reason: Generated<string>;
  agreed: boolean;
  sighted: boolean;
  leaf_version: number;
  seen: Json<Record<string, unknown>>;
  version: number;
  salt: Generated<string>;
  given_at: Timestamp;
  replaced_at: Timestamp<Date | null>;
  voided_at: Timestamp<Date | null>;
  void_reason: string | null;
}

export interface EvaluationStandings {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  campaign_place_id: ViewColumn<number>;
  campaign_id: ViewColumn<string>;
  kind: ViewColumn<'county-inspection' | 'school-evaluation'>;
  decision_year: ViewColumn<number>;
  step: ViewColumn<string>;
  unit_id: ViewColumn<number>;
  school_id: ViewColumn<number | null>;
  subject_name: ViewColumn<string>;
  search: ViewColumn<string>;
  opened_at: ViewColumn<Date>;
  released_at: ViewColumn<Date | null>;
  decided_on: ViewColumn<string | null>;
  total: ViewColumn<string | null>;
  conclusion: ViewColumn<string | null>;
  self_total: ViewColumn<string | null>;
  self_between: ViewColumn<{ readonly from: string; readonly to: string } | null>;
  due_on: ViewColumn<string | null>;
  leaves: ViewColumn<number>;
  answered: ViewColumn<number>;
  returned: ViewColumn<boolean>;
  revision: ViewColumn<number>;
  generated: ViewColumn<number | null>;
}

export interface EvaluationStatements {
  place_id: number;
  evaluation_id: string;
  id: string;
  school_id: number | null;
  code: string | null;
  waived: Generated<boolean>;
  body: Generated<string>;
  made_by_name: string;
  made_on: string;
  accepted: boolean | null;
  answer: string | null;
  answered_by_name: string | null;
  answered_on: string | null;
}

export interface EvaluationStepDays {
  place_id: ViewColumn<number>;
  evaluation_id: ViewColumn<string>;
  step: ViewColumn<string>;
  position: ViewColumn<number>;
  from_day: ViewColumn<string | null>;
  to_day: ViewColumn<string | null>;
  done_on: ViewColumn<string | null>;
  extended: ViewColumn<boolean>;
}

export interface EvaluationSteps {
  place_id: number;
  evaluation_id: string;
  step: string;
  school_id: number | null;
  campaign_place_id: number;
  seats: Generated<string[]>;
  position: number;
  from_day: string | null;
  to_day: string | null;
  done_on: string | null;
  extended_reason: string | null;
}

export interface EvaluationTalks {
  place_id: number;
  evaluation_id: string;
  code: string;
  layer: 'county' | 'city';
  leaf_version: number;
  subject_place_id: number;
  seats: Generated<string[]>;
  hidden_from: Generated<string[]>;
  spread: string | null;
  opened_by_name: string;
  opened_at: Timestamp;
  minutes: Generated<string>;
  points: string | null;
  settled_by_name: string | null;
  settled_at: Timestamp<Date | null>;
  answer: Json<unknown, string | null>;
}

export interface EvaluationTies {
  place_id: number;
  id: string;
  campaign_id: string;
  decision: string;
  grade: string;
  tied: string[];
  chosen: string[];
  reason: string;
  ruled_on: string;
  ruled_by: string;
  ruled_by_name: string;
  ruled_at: Timestamp;
  ended_at: Timestamp<Date | null>;
  ended_by_name: string | null;
  ended_reason: string | null;
}

export interface EvaluationTotals {
  place_id: number;
  evaluation_id: string;
  layer: 'self' | 'county' | 'city';
  subject_place_id: number;
  school_id: number | null;
  hidden_from: Generated<string[]>;
  total: string | null;
  still_between: Json<{ readonly from: string; readonly to: string } | null, string | null>;
  certificate: Json<Record<string, unknown>>;
  written_at: Timestamp;
}

export interface Evaluations {
  place_id: number;
  id: string;
  campaign_place_id: number;
  campaign_id: string;
  kind: 'county-inspection' | 'school-evaluation';
  title: string;
  assessment_year: number;
  decision_year: number;
  framework_key: string;
  framework_revision: number;
  framework_hash: string;
  unit_id: number;
  school_id: number | null;
  subject_name: string;
  lead_unit_id: number;
  partner_unit_id: number | null;
  rules: Json<{ readonly reviewersPerLeaf: number; readonly blind: boolean; readonly tolerance: string; readonly combine: 'mean' | 'trimmed' }>;
  step: string;
  state: Generated<'open' | 'closed' | 'cancelled'>;
  reason: string | null;
  seats: Generated<string[]>;
  returned: Json<{ readonly reason: string; readonly codes: readonly string[] | null; readonly round: number } | null, string | null>;
  total: string | null;
  conclusion: string | null;
  opinion: Json<{ readonly comments: readonly unknown[]; readonly findings: readonly unknown[] } | null, string | null>;
  released_at: Timestamp<Date | null>;
  statement_due: string | null;
  decided_on: string | null;
  notice_letter_id: string | null;
  opinion_letter_id: string | null;
  result_letter_id: string | null;
  revision: Generated<number>;
  opened_at: Timestamp;
  updated_at: Timestamp;
  also_found_by: Generated<string>;
  search: Computed<string>;
  due_on: string | null;
  results: Json<unknown, string | null>;
  generated: Json<ReadonlyArray<{ readonly title: string }> | null, string | null>;
}

export interface EvidenceItems {
  place_id: number;
  id: string;
  unit_id: number;
  school_id: number | null;
  seats: Generated<string[]>;
  title: string;
  about_day: string | null;
  received_on: string;
  catalogue_number: string | null;
  box_number: string | null;
  confidentiality: Generated<'open' | 'internal' | 'sealed'>;
  expires_on: string | null;
  replaces_id: string | null;
  locked_at: Timestamp<Date | null>;
  state: Generated<'kept' | 'replaced' | 'withdrawn'>;
  reason: string | null;
  entered_by: string;
  entered_by_name: string;
  entered_at: Timestamp;
  revision: Generated<number>;
  updated_at: Timestamp;
  also_found_by: Generated<string>;
  search: Computed<string>;
}

export interface EvidenceLinks {
  place_id: number;
  evaluation_id: string;
  code: string;
  evidence_place_id: number;
  evidence_id: string;
  school_id: number | null;
  seats: Generated<string[]>;
  page_note: Generated<string>;
  linked_by_name: string;
  linked_at: Timestamp;
  page: number | null;
  region: string[] | null;
}

export interface EvidencePrints {
  place_id: number;
  attachment_id: string;
  kind: 'picture' | 'text';
  position: number;
  school_id: number | null;
  evidence_id: string;
  print: Buffer;
  keys: number[];
}

export interface EvidenceResemblances {
  place_id: number;
  id: string;
  evaluation_id: string;
  subject_place_id: number;
  code: string;
  evidence_id: string;
  attachment_id: string;
  other_place_id: number;
  other_evidence_id: string;
  other_attachment_id: string;
  kind: 'same-file' | 'picture' | 'text';
  closeness: string;
  found_at: Timestamp;
}

export interface Facts {
  place_id: ViewColumn<number>;
  subject_type: ViewColumn<'school' | 'unit'>;
  subject_id: ViewColumn<number>;
  key: ViewColumn<string>;
  period_id: ViewColumn<number>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string>;
  certificate: ViewColumn<Record<string, unknown>>;
}

export interface FileContents {
  hash: string;
  size: number;
  media_type: string;
  stored_at: Generated<Timestamp>;
  scan: Generated<string>;
  scanned_at: Timestamp<Date | null>;
}

export interface FilingDuties {
  county_id: ViewColumn<number>;
  period_id: ViewColumn<number>;
  school_id: ViewColumn<number | null>;
  owes: ViewColumn<boolean>;
  reason: ViewColumn<string | null>;
}

export interface FilingFacts {
  place_id: ViewColumn<number | null>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<number | null>;
  key: ViewColumn<string | null>;
  period_id: ViewColumn<number | null>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string | null>;
  certificate: ViewColumn<unknown>;
}

export interface FilingStandings {
  county_id: ViewColumn<number>;
  collection_id: ViewColumn<number>;
  school_id: ViewColumn<number | null>;
  filing_id: ViewColumn<string>;
  managed_by: ViewColumn<string>;
  state: ViewColumn<string>;
  returned: ViewColumn<boolean | null>;
  complete: ViewColumn<boolean | null>;
  corrected: ViewColumn<boolean | null>;
  checked_at: ViewColumn<Date | null>;
  opens_on: ViewColumn<string>;
  asked: ViewColumn<boolean | null>;
  extended: ViewColumn<boolean | null>;
  closes_on: ViewColumn<string | null>;
  unfiled: ViewColumn<boolean | null>;
  doubtful: ViewColumn<boolean | null>;
  due: ViewColumn<string | null>;
  returned_at: ViewColumn<Date | null>;
  submitted_at: ViewColumn<Date | null>;
  approved_at: ViewColumn<Date | null>;
}

export interface Filings {
  place_id: number;
  id: string;
  collection_id: number;
  subject_type: Generated<string>;
  subject_id: number;
  school_id: Computed<number | null>;
  owes: Generated<boolean>;
  code: string | null;
  name: string;
  initials: string;
  school_type: string | null;
  managing_unit_id: number;
  managed_by: string;
  state: Generated<string>;
  revision: Generated<number>;
  cells: Generated<Json<Record<string, { v: number | string | null; n: number; e?: string; d?: readonly string[] }>>>;
  reference: Generated<Json<Record<string, number | string | null>>>;
  approved: Json<Record<string, number | string | null> | null, string | null>;
  open_fields: string[] | null;
  return_reason: string | null;
  returned_at: Timestamp<Date | null>;
  deadline_extension: string | null;
  filled: Generated<number>;
  required: Generated<number>;
  hard_findings: Generated<number>;
  soft_findings: Generated<number>;
  content_hash: string | null;
  submitted_at: Timestamp<Date | null>;
  approved_at: Timestamp<Date | null>;
  accepted_at: Timestamp<Date | null>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  peers: Generated<Json<Record<string, { median: number; schools: number }>>>;
  changed_fields: number | null;
  open_doubts: Generated<number>;
  first_submitted_on: string | null;
  checked_at: Timestamp<Date | null>;
  checked_by: string | null;
  check_note: string | null;
}

export interface FindingAcknowledgements {
  place_id: number;
  finding_id: string;
  level: string;
  school_id: number | null;
  acknowledged_by: string;
  acknowledged_by_name: string;
  post_id: string | null;
  stand_in_for: string | null;
  acknowledged_at: Timestamp;
}

export interface FindingEscalations {
  place_id: number;
  finding_id: string;
  because: string;
  level: string;
  school_id: number | null;
  due_on: string | null;
  raised_on: string;
  raised_at: Timestamp;
}

export interface FindingExtensions {
  place_id: number;
  finding_id: string;
  id: string;
  school_id: number | null;
  until: string;
  reason: string;
  asked_by: string;
  asked_by_name: string;
  asked_for: string | null;
  asked_at: Timestamp;
  decision: string | null;
  decided_by: string | null;
  decided_by_name: string | null;
  decided_at: Timestamp<Date | null>;
  note: string | null;
}

export interface FindingFacts {
  place_id: ViewColumn<number>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<number>;
  key: ViewColumn<string | null>;
  period_id: ViewColumn<number>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string | null>;
  certificate: ViewColumn<unknown>;
}

export interface FindingKindNames {
  key: ViewColumn<string>;
  name: ViewColumn<string>;
  active: ViewColumn<boolean>;
}

export interface FindingKinds {
  key: string;
  name: string;
  severity: string;
  due_days: number;
  escalation_days: number;
  source: string;
  active: Generated<boolean>;
  sort_order: Generated<number>;
  revision: Generated<number>;
}

export interface FindingMeasures {
  place_id: number;
  finding_id: string;
  id: string;
  school_id: number | null;
  position: number;
  body: string;
  responsible: Generated<string>;
  due_on: string | null;
  done_on: string | null;
}

export interface FindingPasses {
  place_id: number;
  id: string;
  origin_place_id: number;
  origin_id: string;
  school_id: number;
  title: string;
  kind: string;
  severity: string;
  state: string;
  due_on: string | null;
  passed_on: string;
  found_on: string;
  school_year: number;
}

export interface FindingRecurrences {
  place_id: ViewColumn<number>;
  finding_id: ViewColumn<string>;
  earlier_id: ViewColumn<string>;
  earlier_title: ViewColumn<string>;
  earlier_state: ViewColumn<string>;
  earlier_year: ViewColumn<number>;
  earlier_found_on: ViewColumn<string>;
  earlier_school_id: ViewColumn<number | null>;
  earlier_unit_id: ViewColumn<number | null>;
  relation: ViewColumn<'again' | 'spread'>;
  passed_on: ViewColumn<string | null>;
}

export interface FindingStandings {
  place_id: ViewColumn<number>;
  finding_id: ViewColumn<string>;
  source_type: ViewColumn<string>;
  source_id: ViewColumn<string>;
  source_key: ViewColumn<string>;
  kind: ViewColumn<string>;
  title: ViewColumn<string>;
  severity: ViewColumn<string>;
  school_id: ViewColumn<number | null>;
  duty_type: ViewColumn<string>;
  duty_unit_id: ViewColumn<number | null>;
  managed_by: ViewColumn<string>;
  school_year: ViewColumn<number>;
  state: ViewColumn<string>;
  found_on: ViewColumn<string>;
  due_on: ViewColumn<string | null>;
  due_provisional: ViewColumn<boolean>;
  reported_on: ViewColumn<string | null>;
  closed_on: ViewColumn<string | null>;
}

export interface Findings {
  place_id: number;
  id: string;
  school_id: number | null;
  about_school_id: number | null;
  kind: string;
  title: string;
  body: Generated<string>;
  where_found: Generated<string>;
  severity: string;
  cause: Generated<string>;
  parent_id: string | null;
  duty_type: string;
  duty_unit_id: number | null;
  duty_person: Generated<string>;
  opened_by_unit_id: number;
  opened_level: string;
  managed_by: string;
  school_year: number;
  source_type: string;
  source_id: string;
  source_key: string;
  source_label: Generated<string>;
  found_on: string;
  due_on: string | null;
  due_from: string | null;
  due_days: number | null;
  due_provisional: Generated<boolean>;
  report: Generated<string>;
  noticed_on: string | null;
  reported_on: string | null;
  checked_on: string | null;
  closed_on: string | null;
  state: Generated<string>;
  revision: Generated<number>;
  imported: Generated<boolean>;
  entered_by: string | null;
  entered_by_name: string;
  entered_at: Timestamp;
  updated_at: Timestamp;
  also_found_by: Generated<string>;
  search: Computed<string>;
}

export interface FrameworkDraftCopies {
  place_id: number;
  draft_id: string;
  undone: boolean;
  position: number;
  definition: Json<Record<string, unknown>>;
  guesses: Json<string[]>;
  act: string;
  by_name: string;
}

export interface FrameworkDrafts {
  place_id: number;
  id: string;
  key: string;
  based_on: Json<{ key: string; revision: number; hash: string } | null, string | null>;
  definition: Json<Record<string, unknown>>;
  title: string;
  leaves: number;
  open_codes: Json<string[]>;
  versions: Generated<Json<Record<string, number>>>;
  state: Generated<'draft' | 'published' | 'discarded'>;
  revision: Generated<number>;
  reason: string | null;
  published_revision: number | null;
  created_by: string;
  created_at: Timestamp;
  updated_by: string;
  updated_at: Timestamp;
  guesses: Generated<Json<string[]>>;
}

export interface FrameworkEditions {
  key: string;
  revision: number;
  title: string;
  edition: string;
  authority: 'official' | 'official-partial' | 'sample';
  completed_by: string | null;
  subject: 'county' | 'school' | 'post-holder' | 'person' | 'city' | 'town';
  documents: string;
  leaves: number;
  open_codes: Json<string[]>;
  definition: Json<Record<string, unknown>>;
  hash: string;
  shipped: boolean;
  based_on: Json<{ key: string; revision: number; hash: string } | null, string | null>;
  note: string;
  created_at: Generated<Timestamp>;
  created_by: string;
}

export interface FrameworkFacts {
  key: string;
  revision: number;
  name: string;
  kind: 'asked' | 'balance' | 'duty' | 'filing' | 'attribute';
  unit: string | null;
}

export interface FrameworkMappings {
  place_id: number;
  id: string;
  from_key: string;
  from_revision: number;
  to_key: string;
  to_revision: number;
  pairs: Json<Record<string, string | null>>;
  revision: Generated<number>;
  created_by: string;
  created_at: Timestamp;
  updated_by: string;
  updated_at: Timestamp;
}

export interface FrameworkWithdrawals {
  key: string;
  revision: number;
  reason: string;
  withdrawn_at: Generated<Timestamp>;
  withdrawn_by: string;
}

export interface Grants {
  id: string;
  person_id: string;
  role_key: string;
  unit_id: number | null;
  school_id: number | null;
  granted_at: Generated<Timestamp>;
  granted_by: string | null;
  revoked_at: Timestamp<Date | null>;
  revoked_by: string | null;
  section_id: number | null;
}

export interface Imports {
  place_id: number;
  id: string;
  campaign_id: string | null;
  kind: string;
  subject_type: string | null;
  subject_id: string | null;
  school_id: number | null;
  file_name: string;
  file_hash: string;
  stamp: string | null;
  content: Json<unknown>;
  created_by: string;
  post_id: string | null;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  taken_at: Timestamp<Date | null>;
}

export interface InspectorPapers {
  place_id: number;
  inspector_id: string;
  id: string;
  person_id: string | null;
  paper: string;
  school_year: number;
  half: string;
  due_on: string;
  handed_on: string;
  body: Generated<string>;
  handed_by: string;
  handed_by_name: string;
}

export interface InspectorPool {
  place_id: ViewColumn<number>;
  inspector_id: ViewColumn<string>;
  person_id: ViewColumn<string | null>;
  kind: ViewColumn<'full-time' | 'specially-invited' | 'responsible' | 'expert'>;
  name: ViewColumn<string>;
  employer: ViewColumn<string>;
  post: ViewColumn<string>;
  subjects: ViewColumn<string>;
  state: ViewColumn<string>;
  search: ViewColumn<string>;
  posts: ViewColumn<readonly { readonly written: string; readonly unitId: number | null; readonly schoolId: number | null; readonly post: string; readonly leftOn: string | null; readonly present: boolean }[]>;
  relations: ViewColumn<readonly { readonly relative: string; readonly tie: string; readonly written: string; readonly unitId: number | null; readonly schoolId: number | null; readonly until: string | null }[]>;
  term_to: ViewColumn<string | null>;
}

export interface InspectorPosts {
  place_id: number;
  inspector_id: string;
  id: string;
  person_id: string | null;
  position: number;
  employer: string;
  employer_unit_id: number | null;
  employer_school_id: number | null;
  post: Generated<string>;
  from_day: string | null;
  left_on: string | null;
}

export interface InspectorRelations {
  place_id: number;
  inspector_id: string;
  id: string;
  person_id: string | null;
  position: number;
  relative: string;
  tie: string;
  employer: string;
  employer_unit_id: number | null;
  employer_school_id: number | null;
  post: Generated<string>;
  note: Generated<string>;
  until_day: string | null;
}

export interface InspectorTerms {
  place_id: number;
  inspector_id: string;
  id: string;
  person_id: string | null;
  from_day: string;
  to_day: string | null;
  document_number: string | null;
  ended_on: string | null;
  reason: string | null;
  letter_id: string | null;
  earlier: Generated<boolean>;
}

export interface Inspectors {
  place_id: number;
  id: string;
  person_id: string | null;
  kind: string;
  name: string;
  sex: string | null;
  birth_year: number | null;
  employer: Generated<string>;
  employer_unit_id: number | null;
  employer_school_id: number | null;
  post: Generated<string>;
  degree: string | null;
  professional_title: Generated<string>;
  education_years: number | null;
  stages: Generated<string[]>;
  subjects: Generated<string>;
  certificate_number: string | null;
  phone: Generated<string>;
  public_contact: Generated<string>;
  profile: Generated<string>;
  recommended_by: Generated<string>;
  statements: Generated<Json<Readonly<Record<string, { readonly met: boolean; readonly basis: string }>>>>;
  filled_on: string | null;
  state: Generated<string>;
  public_notice_from: string | null;
  public_notice_to: string | null;
  appointed_on: string | null;
  ended_on: string | null;
  reason: string | null;
  revision: Generated<number>;
  imported: Generated<boolean>;
  entered_by_name: string;
  entered_at: Timestamp;
  updated_at: Timestamp;
  also_found_by: Generated<string>;
  search: Computed<string>;
}

export interface Jobs {
  id: Computed<number>;
  name: string;
  key: string | null;
  data: Json<unknown>;
  state: Generated<string>;
  attempts: Generated<number>;
  run_at: Generated<Timestamp>;
  asked_at: Generated<Timestamp>;
  server: number | null;
  error: string | null;
  failed_at: Timestamp<Date | null>;
}

export interface LeaderPosts {
  id: Generated<number>;
  unit_id: number;
  title: string;
  sort_order: Generated<number>;
  active: Generated<boolean>;
}

export interface LeaderTerms {
  post_id: number;
  valid_from: string;
  valid_to: string | null;
  name: string;
  document: string | null;
}

export interface LeafMappings {
  place_id: ViewColumn<number>;
  from_key: ViewColumn<string>;
  from_revision: ViewColumn<number>;
  to_key: ViewColumn<string>;
  to_revision: ViewColumn<number>;
  pairs: ViewColumn<Record<string, string | null>>;
}

export interface LedgerFindings {
  place_id: ViewColumn<number>;
  finding_id: ViewColumn<string>;
  source_type: ViewColumn<string>;
  source_id: ViewColumn<string>;
  source_key: ViewColumn<string>;
  title: ViewColumn<string>;
  school_id: ViewColumn<number | null>;
  duty_type: ViewColumn<string>;
  managed_by: ViewColumn<string>;
  state: ViewColumn<string>;
  found_on: ViewColumn<string>;
  due_on: ViewColumn<string | null>;
  closed_on: ViewColumn<string | null>;
}

export interface LedgerKinds {
  key: ViewColumn<string>;
  active: ViewColumn<boolean>;
}

export interface LetterCounters {
  place_id: number;
  series_id: string;
  year: number;
  first: Generated<number>;
  last: number;
  last_issued_on: string | null;
}

export interface LetterPrintFonts {
  place_id: number;
  letter_id: string;
  wanted: string;
  used: string;
}

export interface LetterPrints {
  place_id: number;
  letter_id: string;
  format: string;
  digest: string;
  attachment_id: string;
  printed_at: Timestamp;
}

export interface LetterReceipts {
  place_id: number;
  id: string;
  school_id: number | null;
  letter_place_id: number;
  letter_id: string;
  kind: string;
  number_text: string;
  title: string;
  issued_on: string;
  model_hash: string;
  withdrawn_on: string | null;
  reason: string | null;
  received_by: string | null;
  received_by_name: string | null;
  received_at: Timestamp<Date | null>;
  also_found_by: Generated<string>;
  search: Computed<string>;
  signer: string;
}

export interface LetterRecipients {
  place_id: number;
  letter_id: string;
  id: string;
  unit_id: number;
  school_id: number | null;
  position: number;
  received_at: Timestamp<Date | null>;
  received_by_name: string | null;
}

export interface LetterSeries {
  place_id: number;
  id: string;
  code: string;
  kind: string | null;
  head: string;
  signer: string;
  printed_by: string;
  active: Generated<boolean>;
  revision: Generated<number>;
}

export interface LetterStandings {
  place_id: ViewColumn<number>;
  letter_id: ViewColumn<string>;
  source_type: ViewColumn<string | null>;
  source_id: ViewColumn<string | null>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<string | null>;
  title: ViewColumn<string>;
  state: ViewColumn<string>;
  number_text: ViewColumn<string | null>;
  issued_on: ViewColumn<string | null>;
  recipients: ViewColumn<number>;
  received: ViewColumn<number>;
}

export interface LetterTexts {
  place_id: number;
  digest: string;
  model: Json<unknown>;
}

export interface LetterTies {
  place_id: number;
  letter_id: string;
  subject_type: string;
  subject_place_id: number;
  subject_id: string;
  title: string;
}

export interface Letters {
  place_id: number;
  id: string;
  series_id: string | null;
  kind: string;
  title: string;
  model: Json<unknown, string | null>;
  model_hash: string | null;
  state: Generated<string>;
  revision: Generated<number>;
  restricted: Generated<boolean>;
  on_paper: Generated<boolean>;
  year: number | null;
  number: number | null;
  number_text: string | null;
  signed_on: string | null;
  issued_on: string | null;
  withdrawn_on: string | null;
  reason: string | null;
  reply_to_place_id: number | null;
  reply_to_id: string | null;
  source_type: string | null;
  source_id: string | null;
  source_label: Generated<string>;
  drafted_by: string;
  drafted_by_name: string;
  drafted_at: Timestamp;
  written_by: Generated<string[]>;
  updated_at: Timestamp;
  also_found_by: Generated<string>;
  search: Computed<string>;
  handled_by: string | null;
  handled_by_name: string | null;
  cosigner_unit_id: number | null;
  cosigned_by_name: string | null;
  cosigned_at: Timestamp<Date | null>;
  cosigner_dropped: string | null;
}

export interface MailAddresses {
  person_id: string;
  address: string | null;
  confirmed_at: Timestamp<Date | null>;
  asked_address: string | null;
  asked_at: Timestamp<Date | null>;
  asked_on: string | null;
  asked_times: Generated<number>;
  asked_fault: string | null;
  code_hash: string | null;
  code_until: Timestamp<Date | null>;
  wrong_codes: Generated<number>;
  quiet_from: Generated<number | null>;
  quiet_until: Generated<number | null>;
  digest_at: number | null;
}

export interface MailRefusals {
  person_id: string;
  kind: string;
}

export interface MeetingAttendees {
  place_id: number;
  meeting_id: string;
  id: string;
  person_id: string | null;
  name: string;
  unit_id: number;
  signed_at: Timestamp;
  signed_by_name: string | null;
  signed_by: string | null;
}

export interface Meetings {
  place_id: number;
  id: string;
  origin_place_id: number;
  held_on: string;
  title: string;
  agenda: Generated<string>;
  minutes: Generated<string>;
  state: Generated<string>;
  reason: string | null;
  revision: Generated<number>;
}

export interface NoticeDeliveries {
  place_id: number;
  id: string;
  notice_id: string;
  kind: string;
  person_id: string;
  school_id: number | null;
  channel: string;
  state: Generated<string>;
  message_id: string;
  attempts: Generated<number>;
  repeated: Generated<boolean>;
  due_at: Timestamp;
  claimed_until: Timestamp<Date | null>;
  sentence: string | null;
  created_at: Timestamp;
  sent_at: Timestamp<Date | null>;
}

export interface NoticeReads {
  place_id: number;
  notice_id: string;
  person_id: string;
  read_at: Timestamp;
}

export interface Notices {
  place_id: number;
  id: string;
  campaign_id: string | null;
  kind: string;
  audience: string;
  subject_type: string;
  subject_id: string;
  school_id: number | null;
  person_id: string | null;
  sent_by: string;
  sent_by_name: string;
  sent_at: Generated<Timestamp>;
  note: string | null;
  once_key: string | null;
  post_id: string | null;
  subject_place_id: number | null;
  about: string | null;
  planned_at: Timestamp<Date | null>;
}

export interface OpenFilings {
  county_id: ViewColumn<number>;
  school_id: ViewColumn<number>;
  filing_id: ViewColumn<string>;
  year: ViewColumn<number>;
  state: ViewColumn<string>;
  kept: ViewColumn<boolean | null>;
  pupils: ViewColumn<number | null>;
}

export interface OrgUnitVersions {
  unit_id: number;
  valid_from: string;
  valid_to: string | null;
  name: string;
  parent_id: number | null;
  document: string | null;
}

export interface OrgUnits {
  id: Generated<number>;
  kind: string;
  unit_code: string | null;
  gb_code: string | null;
  parent_id: number | null;
  place_id: number | null;
  name: string;
  short_name: string;
  initials: string;
  sort_order: Generated<number>;
  tile_column: number | null;
  tile_row: number | null;
  contact_name: string | null;
  contact_phone: string | null;
  active: Generated<boolean>;
  closed_on: string | null;
  closed_into: number | null;
  also_found_by: string | null;
  search: Computed<string>;
}

export interface OutgoingAddresses {
  host: string;
  port: number;
  may_be_private: Generated<boolean>;
  purpose: string;
  added_by: string;
  added_at: Timestamp;
}

export interface PasswordHistory {
  person_id: string;
  changed_at: Generated<Timestamp>;
  hash: string;
}

export interface People {
  id: string;
  name: string;
  username: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  two_factor_enabled: Generated<boolean | null>;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  initials: Generated<string>;
  phone: string | null;
  status: Generated<string>;
  password_changed_at: Timestamp<Date | null>;
  must_change_password: Generated<boolean>;
  created_by: string | null;
  revision: Generated<number>;
  password_link_by: string | null;
  also_found_by: string | null;
  search: Computed<string>;
  mobile: string | null;
  mobile_asked: string | null;
}

export interface PeriodSchools {
  county_id: number;
  period_id: number;
  school_id: number;
  kind: Generated<string>;
  code: string | null;
  name: string;
  initials: string;
  school_type: string;
  sponsor_code: number;
  ownership: string;
  urban_class: string;
  founded_year: number | null;
  managing_unit_id: number;
  added_on: string | null;
}

export interface Periods {
  id: Generated<number>;
  kind: string;
  year: number;
  term: number | null;
  name: string;
  starts_on: string;
  ends_on: string;
  frozen_on: string | null;
  passed_over: Generated<boolean>;
  archived_on: string | null;
  archived_by_name: string | null;
}

export interface PostSetLines {
  set_id: string;
  line: number;
  person_id: string;
  is_new: boolean;
  role_key: string;
  unit_id: number | null;
  school_id: number | null;
  outcome: string | null;
  reason: string | null;
  section_id: number | null;
}

export interface PostSets {
  id: string;
  state: Generated<string>;
  file_name: string;
  proposed_by: string;
  proposed_at: Timestamp;
  decided_by: string | null;
  decided_at: Timestamp<Date | null>;
  reason: string | null;
}

export interface ProvincePublicationFigures {
  place_id: number;
  publication_id: string;
  level: string;
  indicator: string;
  value: string;
  period_id: number;
}

export interface ProvincePublicationSchools {
  place_id: number;
  publication_id: string;
  id: string;
  level: string;
  code: string | null;
  name: string;
  period_id: number;
}

export interface ProvincePublications {
  place_id: number;
  id: string;
  period_id: number;
  standard_key: string;
  edition: Generated<string>;
  document_number: string;
  published_on: string;
  source: string;
  reason: string | null;
  entered_by: string;
  entered_by_name: string;
  entered_at: Timestamp;
  replaced_at: Timestamp<Date | null>;
}

export interface RaisedLetters {
  place_id: ViewColumn<number>;
  letter_id: ViewColumn<string>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<string | null>;
  title: ViewColumn<string>;
  state: ViewColumn<string>;
  number_text: ViewColumn<string | null>;
  issued_on: ViewColumn<string | null>;
}

export interface ReminderStandings {
  county_id: ViewColumn<number>;
  filing_id: ViewColumn<string>;
  school_id: ViewColumn<number | null>;
  sent_at: ViewColumn<Date>;
  sent_by_name: ViewColumn<string>;
  note: ViewColumn<string | null>;
}

export interface ReproofDraws {
  place_id: number;
  id: string;
  closed_from: string;
  closed_to: string;
  drawn_level: string;
  seed: string;
  frame_size: number;
  frame_hash: string;
  size: number;
  algorithm: string;
  drawn_by: string;
  drawn_by_name: string;
  drawn_at: Timestamp;
  cancelled_by: string | null;
  cancelled_by_name: string | null;
  cancelled_at: Timestamp<Date | null>;
  cancel_reason: string | null;
}

export interface Reproofs {
  place_id: number;
  draw_id: string;
  finding_id: string;
  position: number;
  result: string | null;
  proved_by: string | null;
  proved_by_name: string | null;
  stand_in_for: string | null;
  proved_at: Timestamp<Date | null>;
  note: string | null;
}

export interface RetentionHolds {
  id: string;
  kind: string;
  reason: string;
  placed_at: Generated<Timestamp>;
  placed_by: string;
  lifted_at: Timestamp<Date | null>;
  lifted_by: string | null;
}

export interface RetentionProofs {
  kind: string;
  checked_at: Timestamp;
  removed_at: Timestamp<Date | null>;
  removed: number | null;
  digest: string | null;
  oldest: Timestamp<Date | null>;
  newest: Timestamp<Date | null>;
}

export interface RetentionTerms {
  kind: string;
  position: number;
  title: string;
  covers: string;
  years: number | null;
  least_years: Generated<number>;
  removal: string;
  basis: string;
  sample: boolean;
  revision: Generated<number>;
  changed_at: Timestamp<Date | null>;
  changed_by: string | null;
  subjects: Generated<string[]>;
}

export interface RoleChanges {
  id: string;
  role_key: string;
  role_revision: number;
  before: Json<{ name: string; reach: string; permissions: readonly string[]; secondFactor: boolean } | null, string | null>;
  after: Json<{ name: string; reach: string; permissions: readonly string[]; secondFactor: boolean }>;
  proposed_by: string;
  proposed_at: Timestamp;
  effective_at: Timestamp;
  state: Generated<string>;
  decided_by: string | null;
  decided_at: Timestamp<Date | null>;
  reason: string | null;
}

export interface Roles {
  key: string;
  name: string;
  reach: string;
  permissions: string[];
  separated: Generated<boolean>;
  second_factor: Generated<boolean>;
  sort_order: number;
  revision: Generated<number>;
}

export interface SchoolAccounts {
  county_id: ViewColumn<number>;
  school_id: ViewColumn<number | null>;
  has_head: ViewColumn<boolean | null>;
  has_clerk: ViewColumn<boolean | null>;
}

export interface SchoolCodes {
  code: string;
  school_id: number;
  status: string;
  given_on: string;
  voided_on: string | null;
}

export interface SchoolEvents {
  county_id: number;
  id: string;
  school_id: number;
  kind: string;
  happened_on: string;
  document: string | null;
  note: string | null;
  details: Generated<Json<unknown>>;
  recorded_at: Generated<Timestamp>;
  recorded_by: string | null;
}

export interface SchoolPlaces {
  school_id: number;
  county_id: number;
  former_counties: Generated<number[]>;
  into_school_id: number | null;
}

export interface SchoolStandings {
  county_id: ViewColumn<number>;
  school_id: ViewColumn<number>;
  status: ViewColumn<string>;
}

export interface SchoolVersions {
  county_id: number;
  school_id: number;
  valid_from: string;
  valid_to: string | null;
  code: string | null;
  name: string;
  school_type: string;
  kind: Computed<string>;
  sponsor_code: number;
  ownership: string;
  urban_class: string;
  managing_unit_id: number;
}

export interface Schools {
  county_id: number;
  id: Generated<number>;
  code: string | null;
  name: string;
  initials: string;
  school_type: string;
  kind: Computed<string>;
  sponsor_code: number;
  ownership: string;
  urban_class: string;
  founded_year: number | null;
  managing_unit_id: number;
  status: Generated<string>;
  opened_on: string;
  closed_on: string | null;
  revision: Generated<number>;
  former_names: Generated<string[]>;
  also_found_by: string | null;
  search: Computed<string>;
}

export interface SecondFactors {
  id: string;
  user_id: string;
  secret: string;
  backup_codes: string;
  verified: Generated<boolean | null>;
  failed_verification_count: Generated<number | null>;
  locked_until: Timestamp<Date | null>;
  last_time_step: number | null;
}

export interface Sessions {
  id: string;
  user_id: string;
  token: string;
  expires_at: Timestamp;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  last_seen_at: Generated<Timestamp>;
  grant_id: string | null;
  stand_in_id: string | null;
  ended_because: string | null;
  guessed: Json<Guesses | null, string | null>;
}

export interface Settings {
  key: string;
  value: Json<unknown>;
  revision: Generated<number>;
  updated_at: Generated<Timestamp>;
  updated_by: string | null;
}

export interface SetupCodes {
  person_id: string;
  hash: string;
  wrong: Generated<number>;
  made_by: string;
  made_at: Timestamp;
}

export interface SetupLinks {
  hash: string;
  purpose: string;
  role_key: string | null;
  person_id: string | null;
  created_at: Generated<Timestamp>;
  created_by: string | null;
  expires_at: Timestamp;
  used_at: Timestamp<Date | null>;
  coded: Generated<boolean>;
}

export interface SignInFailures {
  account: string;
  address: string;
  failures: number;
  counted_since: Timestamp;
  locked_until: Timestamp<Date | null>;
  tries: Generated<number>;
  tried_since: Timestamp<Date | null>;
  succeeded_at: Timestamp<Date | null>;
}

export interface StandIns {
  id: string;
  grant_id: string;
  person_id: string;
  valid_from: Generated<Timestamp>;
  until: string;
  given_by: string | null;
  given_at: Generated<Timestamp>;
  ended_by: string | null;
  ended_at: Timestamp<Date | null>;
}

export interface Steps {
  place_id: number;
  id: string;
  campaign_id: string | null;
  subject_type: string;
  subject_id: string;
  school_id: number | null;
  action: string;
  from_state: string;
  to_state: string;
  actor_id: string | null;
  actor_name: string;
  actor_role: string | null;
  post_id: string | null;
  stand_in_for: string | null;
  stand_in_for_name: string | null;
  at: Generated<Timestamp>;
  reason: string | null;
  parts: string[] | null;
  before: Json<{ readonly revision: number; readonly values: Readonly<Record<string, unknown>> } | null, string | null>;
}

export interface TrackStandings {
  county_id: ViewColumn<number>;
  track_id: ViewColumn<string>;
  period_id: ViewColumn<number>;
  school_year: ViewColumn<number>;
  standard_key: ViewColumn<string>;
  state: ViewColumn<string>;
  since: ViewColumn<string>;
}

export interface TrackingFacts {
  place_id: ViewColumn<number>;
  subject_type: ViewColumn<string | null>;
  subject_id: ViewColumn<number>;
  key: ViewColumn<string | null>;
  period_id: ViewColumn<number>;
  value: ViewColumn<unknown>;
  source: ViewColumn<string | null>;
  certificate: ViewColumn<unknown>;
}

export interface Uploads {
  id: string;
  owner_kind: string;
  owner_id: string;
  name: string;
  size: number;
  received: Generated<number>;
  state: Generated<string>;
  fault: string | null;
  hash: string | null;
  media_type: string | null;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
}

export interface Verifications {
  id: string;
  identifier: string;
  value: string;
  expires_at: Timestamp;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface WorkItemNotes {
  place_id: number;
  id: string;
  item_id: string;
  body: string;
  day: string;
  settles: Generated<boolean>;
  author_id: string;
  author_name: string;
  at: Timestamp;
}

export interface WorkItemParts {
  place_id: number;
  id: string;
  plan_place_id: number;
  plan_id: string;
  item_id: string;
  year: number;
  plan_title: string;
  document_number: string | null;
  position: number;
  heading: string | null;
  number: string | null;
  text: string;
  from_day: string | null;
  to_day: string | null;
  named: boolean;
  state: Generated<string>;
  revision: Generated<number>;
  issued_on: string;
  changed_on: string | null;
}

export interface WorkItemTies {
  place_id: number;
  item_id: string;
  id: string;
  kind: string;
  period_id: number;
}

export interface WorkItemUnits {
  place_id: number;
  item_id: string;
  position: number;
  part: string;
  written: string;
  unit_id: number | null;
}

export interface WorkItems {
  place_id: number;
  plan_id: string;
  id: string;
  position: number;
  heading: string | null;
  number: string | null;
  text: string;
  from_day: string | null;
  to_day: string | null;
  county_reach: Generated<string>;
  city_managed: Generated<boolean>;
  state: Generated<string>;
  reason: string | null;
  meeting_id: string | null;
  part_id: string | null;
}

export interface WorkPlans {
  place_id: number;
  id: string;
  kind: string;
  year: number;
  unit_id: number;
  title: string;
  document_number: string | null;
  state: Generated<string>;
  source_text: Generated<string>;
  revision: Generated<number>;
  issued_on: string | null;
  closed_on: string | null;
  reason: string | null;
}

export interface Database {
  access_tokens: AccessTokens;
  account_requests: AccountRequests;
  accounts: Accounts;
  approved_filing_values: ApprovedFilingValues;
  assignments: Assignments;
  attachments: Attachments;
  audit_events: AuditEvents;
  audit_seals: AuditSeals;
  balance_facts: BalanceFacts;
  balance_indicators: BalanceIndicators;
  balance_plan_years: BalancePlanYears;
  balance_run_details: BalanceRunDetails;
  balance_run_figures: BalanceRunFigures;
  balance_run_members: BalanceRunMembers;
  balance_run_schools: BalanceRunSchools;
  balance_runs: BalanceRuns;
  balance_standards: BalanceStandards;
  balance_standings: BalanceStandings;
  balance_track_causes: BalanceTrackCauses;
  balance_track_issues: BalanceTrackIssues;
  balance_track_report_figures: BalanceTrackReportFigures;
  balance_track_reports: BalanceTrackReports;
  balance_track_terms: BalanceTrackTerms;
  balance_tracks: BalanceTracks;
  basic_standards: BasicStandards;
  calendar_days: CalendarDays;
  calendar_years: CalendarYears;
  campaign_avoidances: CampaignAvoidances;
  campaign_days: CampaignDays;
  campaign_panel: CampaignPanel;
  campaign_seats: CampaignSeats;
  campaign_slots: CampaignSlots;
  campaign_steps: CampaignSteps;
  campaign_subjects: CampaignSubjects;
  campaigns: Campaigns;
  client_ids: ClientIds;
  collection_standings: CollectionStandings;
  collection_subjects: CollectionSubjects;
  collections: Collections;
  comments: Comments;
  earlier_leaves: EarlierLeaves;
  earlier_rounds: EarlierRounds;
  entered_facts: EnteredFacts;
  entered_figures: EnteredFigures;
  evaluation_asked_acts: EvaluationAskedActs;
  evaluation_facts: EvaluationFacts;
  evaluation_findings: EvaluationFindings;
  evaluation_given_scores: EvaluationGivenScores;
  evaluation_handins: EvaluationHandins;
  evaluation_kept_leaves: EvaluationKeptLeaves;
  evaluation_leaf_points: EvaluationLeafPoints;
  evaluation_leaves: EvaluationLeaves;
  evaluation_leaves_out: EvaluationLeavesOut;
  evaluation_opinions: EvaluationOpinions;
  evaluation_points: EvaluationPoints;
  evaluation_province_scores: EvaluationProvinceScores;
  evaluation_releases: EvaluationReleases;
  evaluation_remarks: EvaluationRemarks;
  evaluation_reviewers: EvaluationReviewers;
  evaluation_rounds: EvaluationRounds;
  evaluation_scores: EvaluationScores;
  evaluation_standings: EvaluationStandings;
  evaluation_statements: EvaluationStatements;
  evaluation_step_days: EvaluationStepDays;
  evaluation_steps: EvaluationSteps;
  evaluation_talks: EvaluationTalks;
  evaluation_ties: EvaluationTies;
  evaluation_totals: EvaluationTotals;
  evaluations: Evaluations;
  evidence_items: EvidenceItems;
  evidence_links: EvidenceLinks;
  evidence_prints: EvidencePrints;
  evidence_resemblances: EvidenceResemblances;
  facts: Facts;
  file_contents: FileContents;
  filing_duties: FilingDuties;
  filing_facts: FilingFacts;
  filing_standings: FilingStandings;
  filings: Filings;
  finding_acknowledgements: FindingAcknowledgements;
  finding_escalations: FindingEscalations;
  finding_extensions: FindingExtensions;
  finding_facts: FindingFacts;
  finding_kind_names: FindingKindNames;
  finding_kinds: FindingKinds;
  finding_measures: FindingMeasures;
  finding_passes: FindingPasses;
  finding_recurrences: FindingRecurrences;
  finding_standings: FindingStandings;
  findings: Findings;
  framework_draft_copies: FrameworkDraftCopies;
  framework_drafts: FrameworkDrafts;
  framework_editions: FrameworkEditions;
  framework_facts: FrameworkFacts;
  framework_mappings: FrameworkMappings;
  framework_withdrawals: FrameworkWithdrawals;
  grants: Grants;
  imports: Imports;
  inspector_papers: InspectorPapers;
  inspector_pool: InspectorPool;
  inspector_posts: InspectorPosts;
  inspector_relations: InspectorRelations;
  inspector_terms: InspectorTerms;
  inspectors: Inspectors;
  jobs: Jobs;
  leader_posts: LeaderPosts;
  leader_terms: LeaderTerms;
  leaf_mappings: LeafMappings;
  ledger_findings: LedgerFindings;
  ledger_kinds: LedgerKinds;
  letter_counters: LetterCounters;
  letter_print_fonts: LetterPrintFonts;
  letter_prints: LetterPrints;
  letter_receipts: LetterReceipts;
  letter_recipients: LetterRecipients;
  letter_series: LetterSeries;
  letter_standings: LetterStandings;
  letter_texts: LetterTexts;
  letter_ties: LetterTies;
  letters: Letters;
  mail_addresses: MailAddresses;
  mail_refusals: MailRefusals;
  meeting_attendees: MeetingAttendees;
  meetings: Meetings;
  notice_deliveries: NoticeDeliveries;
  notice_reads: NoticeReads;
  notices: Notices;
  open_filings: OpenFilings;
  org_unit_versions: OrgUnitVersions;
  org_units: OrgUnits;
  outgoing_addresses: OutgoingAddresses;
  password_history: PasswordHistory;
  people: People;
  period_schools: PeriodSchools;
  periods: Periods;
  post_set_lines: PostSetLines;
  post_sets: PostSets;
  province_publication_figures: ProvincePublicationFigures;
  province_publication_schools: ProvincePublicationSchools;
  province_publications: ProvincePublications;
  raised_letters: RaisedLetters;
  reminder_standings: ReminderStandings;
  reproof_draws: ReproofDraws;
  reproofs: Reproofs;
  retention_holds: RetentionHolds;
  retention_proofs: RetentionProofs;
  retention_terms: RetentionTerms;
  role_changes: RoleChanges;
  roles: Roles;
  school_accounts: SchoolAccounts;
  school_codes: SchoolCodes;
  school_events: SchoolEvents;
  school_places: SchoolPlaces;
  school_standings: SchoolStandings;
  school_versions: SchoolVersions;
  schools: Schools;
  second_factors: SecondFactors;
  sessions: Sessions;
  settings: Settings;
  setup_codes: SetupCodes;
  setup_links: SetupLinks;
  sign_in_failures: SignInFailures;
  stand_ins: StandIns;
  steps: Steps;
  track_standings: TrackStandings;
  tracking_facts: TrackingFacts;
  uploads: Uploads;
  verifications: Verifications;
  work_item_notes: WorkItemNotes;
  work_item_parts: WorkItemParts;
  work_item_ties: WorkItemTies;
  work_item_units: WorkItemUnits;
  work_items: WorkItems;
  work_plans: WorkPlans;
}
