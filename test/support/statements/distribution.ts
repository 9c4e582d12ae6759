/**
 * How each table lies on a distributed database, and what keeps to other rules than its kind, with the reason. Growing
 * tables are cut by their place; reference tables are few and copied everywhere; local ones stay on the coordinator, where
 * alone triggers work. A table that is new is entered here: the test of the house refuses one that it does not know.
 */

/** The columns that hold the place of a row: a county, or a county or city. One of them leads every key. */
export const places: readonly string[] = ['place_id', 'county_id'];

/** Tables below the features, written by core and platform alone. */
const common = {
  growing: [
    'period_schools',
    'steps',
    'comments',
    'notices',
    'imports',
    'attachments',
    'entered_facts',
    'audit_events',
  ],
  reference: ['periods', 'calendar_years', 'calendar_days'],
  // People and what belongs to them, the chain over the audit, and what is to be done later.
  local: [
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
    'audit_seals',
    'jobs',
    'schema_migrations',
    'schema_again',
  ],
} as const;

/** Tables of features; which feature owns which, its manifest says. */
const ofFeatures = {
  growing: [
    'schools',
    'school_versions',
    'school_events',
    'collection_subjects',
    'filings',
    'balance_runs',
    'balance_run_details',
    'balance_run_schools',
  ],
  reference: ['org_units', 'org_unit_versions', 'leader_posts', 'leader_terms', 'collections', 'balance_standards'],
  // What joins schools by their number alone, and what has no place.
  local: ['school_codes', 'school_places', 'settings'],
} as const;

export const growing: readonly string[] = [...common.growing, ...ofFeatures.growing];
export const reference: readonly string[] = [...common.reference, ...ofFeatures.reference];
export const local: readonly string[] = [...common.local, ...ofFeatures.local];

/** Tables below the features: written by core and platform alone. */
export const coreTables: readonly string[] = Object.values(common).flat();

/** What does not keep to a rule, by the name that the test gives it, and why it may. */
export const exceptions: Readonly<Record<string, string>> = {
  'identity schools.id':
    'a school is opened through the coordinator, which alone draws its number; the number is an integer in every key',
};

/** Views that belong to no feature. */
export const coreViews: readonly string[] = ['school_accounts', 'entered_figures', 'facts'];

/** Those of them that feed `facts` beside what the manifests name. */
export const coreFacts: readonly string[] = ['entered_figures'];
