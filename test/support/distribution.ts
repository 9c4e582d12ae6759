/**
 * How each table lies on a distributed database, and what keeps to other rules than its kind, with the reason. Growing
 * tables are cut by their place; reference tables are few and copied everywhere; local ones stay on the coordinator, where
 * alone triggers work. A table that is new is entered here: the test of the house refuses one that it does not know.
 */

/** Growing tables with the column of their place, which leads every key. */
export const growing: Readonly<Record<string, 'county_id' | 'place_id'>> = {
  schools: 'county_id',
  school_versions: 'county_id',
  school_events: 'county_id',
  period_schools: 'county_id',
  collection_subjects: 'place_id',
  filings: 'county_id',
  filing_steps: 'county_id',
  filing_comments: 'county_id',
  filing_reminders: 'county_id',
  filing_imports: 'county_id',
  steps: 'place_id',
  comments: 'place_id',
  notices: 'place_id',
  imports: 'place_id',
  attachments: 'place_id',
  entered_facts: 'place_id',
  balance_runs: 'county_id',
  balance_run_details: 'county_id',
  balance_run_schools: 'county_id',
  audit_events: 'county_id',
};

export const reference: readonly string[] = [
  'org_units',
  'org_unit_versions',
  'leader_posts',
  'leader_terms',
  'periods',
  'collections',
  'calendar_years',
  'calendar_days',
  'balance_standards',
];

/** People and what belongs to them, the chain over the audit, and what joins schools by their number alone. */
export const local: readonly string[] = [
  'school_codes',
  'school_places',
  'people',
  'sessions',
  'accounts',
  'verifications',
  'second_factors',
  'password_history',
  'sign_in_failures',
  'roles',
  'role_changes',
  'grants',
  'assignments',
  'stand_ins',
  'setup_links',
  'access_tokens',
  'settings',
  'audit_seals',
  'schema_migrations',
  'schema_again',
];

/** What does not keep to a rule, by the name that the test gives it, and why it may. */
export const exceptions: Readonly<Record<string, string>> = {
  'identity schools.id':
    'a school is opened through the coordinator, which alone draws its number; the number is an integer in every key',
};

/** Relations that a feature reads although neither it nor core owns them and nobody publishes them as a view. */
export const readBesides: Readonly<Record<string, readonly string[]>> = {};
