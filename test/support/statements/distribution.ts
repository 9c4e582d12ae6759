/**
 * How each table lies on a distributed database, and which tables deviate from the rules of their kind, with the
 * reason. Growing tables are distributed by their place. Reference tables are few and copied everywhere. Local tables
 * stay on the coordinator, the only node where triggers work. Enter each new table here: the test of the house refuses
 * a table that it does not know.
 */

/** The columns that hold the place of a row: a county, or a county or city. Each key begins with one of them. */
export const places: readonly string[] = ['place_id', 'county_id'];

/** Tables below the features, which only core and platform write. */
const common = {
  growing: [
    'period_schools',
    'steps',
    'comments',
    'notices',
    'notice_reads',
    'notice_deliveries',
    'imports',
    'attachments',
    'entered_facts',
    'audit_events',
  ],
  reference: ['periods', 'calendar_years', 'calendar_days'],
  // People and their data, the chain over the audit, and tasks for later.
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
    'setup_codes',
    'access_tokens',
    'client_ids',
    'mail_addresses',
    'mail_refusals',
    'audit_seals',
    'retention_terms',
    'retention_holds',
    'retention_proofs',
    'jobs',
    'uploads',
    'file_contents',
    'schema_migrations',
    'schema_again',
  ],
} as const;

/** Tables of features; the manifest of a feature names the tables that it owns. */
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
    'work_plans',
    'work_items',
    'work_item_units',
    'work_item_ties',
    'work_item_notes',
    'work_item_parts',
    'meetings',
    'meeting_attendees',
    'province_publications',
    'province_publication_figures',
    'province_publication_schools',
    'balance_tracks',
    'balance_track_terms',
    'balance_track_reports',
    'balance_track_report_figures',
    'balance_track_causes',
    'balance_track_issues',
    'balance_plan_years',
    'findings',
    'finding_measures',
    'finding_extensions',
    'finding_escalations',
    'finding_acknowledgements',
    'finding_passes',
    'reproof_draws',
    'reproofs',
    'letter_series',
    'letter_counters',
    'letters',
    'letter_recipients',
    'letter_ties',
    'letter_prints',
    'letter_print_fonts',
    'letter_receipts',
    'letter_texts',
    'framework_drafts',
    'framework_draft_copies',
    'framework_mappings',
    'inspectors',
    'inspector_terms',
    'inspector_posts',
    'inspector_relations',
    'inspector_papers',
    'campaigns',
    'campaign_steps',
    'campaign_subjects',
    'campaign_seats',
    'campaign_avoidances',
    'evaluations',
    'evaluation_steps',
    'evaluation_leaves',
    'evaluation_handins',
    'evaluation_reviewers',
    'evaluation_points',
    'evaluation_scores',
    'evaluation_totals',
    'evaluation_talks',
    'evaluation_remarks',
    'evaluation_opinions',
    'evaluation_releases',
    'evaluation_statements',
    'evaluation_findings',
    'evaluation_province_scores',
    'evaluation_ties',
    'evaluation_asked_acts',
    'evidence_items',
    'evidence_links',
    'evidence_prints',
    'evidence_resemblances',
  ],
  reference: [
    'org_units',
    'org_unit_versions',
    'leader_posts',
    'leader_terms',
    'collections',
    'balance_standards',
    'finding_kinds',
    'framework_editions',
    'framework_withdrawals',
    'framework_facts',
  ],
  // Tables that join schools by their number alone, and tables without a place.
  local: [
    'school_codes',
    'school_places',
    'basic_standards',
    'settings',
    'outgoing_addresses',
    'post_sets',
    'post_set_lines',
    'account_requests',
  ],
} as const;

/** The example of a feature in `test/house/features/notes`, whose table lies in no installation. */
const ofExample = ['notes'] as const;

export const growing: readonly string[] = [...common.growing, ...ofFeatures.growing, ...ofExample];
export const reference: readonly string[] = [...common.reference, ...ofFeatures.reference];
export const local: readonly string[] = [...common.local, ...ofFeatures.local];

/** Tables below the features, which only core and platform write. */
export const coreTables: readonly string[] = Object.values(common).flat();

/** The tables whose rows bear a school year: an archived year takes no write of them. */
export const yearBearing: readonly string[] = [
  ...['period_schools', 'balance_runs', 'balance_tracks', 'province_publications', 'entered_facts'],
  ...['collection_subjects', 'filings'],
  // What hangs on such a row, and has its year by the key to it.
  ...['balance_run_details', 'balance_run_schools', 'balance_track_causes', 'balance_track_issues'],
  ...['balance_track_report_figures', 'balance_track_reports', 'balance_track_terms'],
  ...['province_publication_figures', 'province_publication_schools'],
];

const asksTheYear =
  'the year is archived in one row of a reference table, which every node holds and reads without the coordinator; the function is not inlined, so no subquery comes into the plan, and it is asked of rows that are written or locked alone';

const asksTheEntry =
  'the entry of the register lies at the same place as the row that is written, and is found by its key; the function is not inlined, so no subquery comes into the plan, and it is asked of written rows alone where the person behind an entry writes, once a row of a form';

const asksTheOwed =
  'what a judge still owes lies at the places of the evaluation; the function is not inlined, so no subquery comes into the plan, and it is asked of the opinion and the findings of one evaluation: rows that are read by their key, a few at a time';

/** The exceptions to a rule, under the name that the test gives it, each with its reason. */
export const exceptions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...yearBearing.flatMap((table) => [`${table} year_adding`, `${table} year_changing`]),
      ...[
        'collections adding',
        'collections changing',
        'period_schools year_removing',
        'balance_track_report_figures year_removing',
        'periods changing',
      ],
    ].map((policy) => [`policy ${policy}`, asksTheYear]),
  ),
  ...Object.fromEntries(
    ['inspector_posts adding', 'inspector_posts removing', 'inspector_relations adding']
      .concat(['inspector_relations removing', 'inspector_papers adding'])
      .map((policy) => [`policy ${policy}`, asksTheEntry]),
  ),
  'policy evaluation_opinions blind': asksTheOwed,
  'policy evaluation_findings blind': asksTheOwed,
  'policy evaluation_province_scores blind': asksTheOwed,
  'policy evaluation_province_scores reading':
    'what a seat covers lies at the place of the subject, as the row does, and is found by its key; the function is not inlined, so no subquery comes into the plan, and it is asked of the few rows of one evaluation',
  'identity schools.id':
    'a school is opened through the coordinator, which alone draws its number; the number is an integer in every key',
};

/** Published views over local and reference tables alone; every other view grows with the tables that it reads. */
export const localViews: readonly string[] = ['school_accounts', 'finding_kind_names', 'ledger_kinds'];

/**
 * The rooms (parts of the code) that have statements of their own and are not held to the rules of statements, each with
 * the reason.
 */
export const roomsNotHeld: Readonly<Record<string, string>> = {
  'server/app':
    'the start and the command line look as the owner whether anything is there, or drop all, before a server answers; what they ask of core and features is held there',
  'server/platform':
    'the queue and the start ask local tables and the catalogue on connections of their own; what a store of it does on the pool of the requests is held as its own',
  sample:
    'the sample is copied into a new database by its owner, table after table; nobody loads a sample into a distributed database',
};

/** Views that belong to no feature. */
export const coreViews: readonly string[] = [
  'earlier_leaves',
  'earlier_rounds',
  'entered_figures',
  'facts',
  'ledger_findings',
  'ledger_kinds',
  'raised_letters',
];

/** Those of them that feed `facts` beside the views that the manifests name. */
export const coreFacts: readonly string[] = ['entered_figures'];
