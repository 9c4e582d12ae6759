import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneWithOwner } from '#test/support/database/database.ts';

/**
 * Which kind of retention each table belongs to, by the keys of `retention_terms`. A table that nobody counted is a record
 * without a term: the test refuses it until it stands in one of the lists.
 */
const tablesOfKinds: Readonly<Record<string, readonly string[]>> = {
  notices: ['notices', 'notice_reads'],
  deliveries: ['notice_deliveries'],
  'setup-links': ['setup_links', 'setup_codes'],
  sessions: ['sessions', 'verifications', 'sign_in_failures'],
  imports: ['imports'],
  uploads: ['uploads'],
  'mail-addresses': ['mail_addresses', 'mail_refusals'],
  jobs: ['jobs'],
  audit: ['audit_events', 'audit_seals'],
  people: [
    ...['people', 'accounts', 'second_factors', 'password_history', 'roles', 'role_changes', 'grants', 'assignments'],
    ...['stand_ins', 'access_tokens', 'account_requests', 'post_sets', 'post_set_lines'],
  ],
  directory: [
    ...[
      'org_units',
      'org_unit_versions',
      'leader_posts',
      'leader_terms',
      'schools',
      'school_versions',
      'school_events',
    ],
    ...['school_codes', 'school_places', 'periods', 'period_schools'],
  ],
  filings: ['collections', 'collection_subjects', 'filings', 'entered_facts'],
  balance: ['balance_standards', 'balance_runs', 'balance_run_details', 'balance_run_schools'],
  tracks: [
    ...['province_publications', 'province_publication_figures', 'province_publication_schools', 'balance_tracks'],
    ...['balance_track_terms', 'balance_track_reports', 'balance_track_report_figures', 'balance_track_causes'],
    ...['balance_track_issues', 'balance_plan_years', 'basic_standards'],
  ],
  findings: [
    ...['finding_kinds', 'findings', 'finding_measures', 'finding_extensions', 'finding_escalations'],
    ...['finding_acknowledgements', 'finding_passes', 'reproof_draws', 'reproofs'],
  ],
  letters: [
    ...['letter_series', 'letter_counters', 'letters', 'letter_recipients', 'letter_ties', 'letter_prints'],
    ...['letter_print_fonts', 'letter_receipts', 'letter_texts'],
  ],
  plans: [
    ...['work_plans', 'work_items', 'work_item_units', 'work_item_ties', 'work_item_notes', 'work_item_parts'],
    ...['meetings', 'meeting_attendees'],
  ],
  frameworks: [
    ...['framework_editions', 'framework_withdrawals', 'framework_facts', 'framework_drafts', 'framework_mappings'],
    'framework_draft_copies',
  ],
  inspectors: ['inspectors', 'inspector_terms', 'inspector_posts', 'inspector_relations', 'inspector_papers'],
  campaigns: ['campaigns', 'campaign_steps', 'campaign_subjects', 'campaign_seats', 'campaign_avoidances'],
  evaluations: [
    ...['evaluations', 'evaluation_steps', 'evaluation_leaves', 'evaluation_handins', 'evaluation_reviewers'],
    ...['evaluation_points', 'evaluation_scores', 'evaluation_totals', 'evaluation_talks', 'evaluation_remarks'],
    ...['evaluation_opinions', 'evaluation_releases', 'evaluation_statements', 'evaluation_findings', 'evidence_items'],
    ...['evaluation_province_scores', 'evaluation_ties', 'evaluation_asked_acts'],
    ...['evidence_links', 'evidence_prints', 'evidence_resemblances'],
  ],
  files: ['attachments', 'file_contents'],
  // Rows of `attachments` that are marked: the content goes, the row stays.
  'marked-files': [],
};

/** Tables of every kind of subject: a row stays as long as what it hangs on. */
const withTheirSubject: Readonly<Record<string, string>> = {
  steps: 'the steps of a filing, a finding, a letter, a track: kept with it',
  comments: 'remarks on a subject: kept with it',
  client_ids: 'that an id was used, and for what: kept with what it names, so that it never names something else',
};

/** Tables that hold no record of anybody's work. */
const noRecords: Readonly<Record<string, string>> = {
  calendar_years: 'which years are announced: shipped data',
  calendar_days: 'holidays and make-up days: shipped data',
  settings: 'how the installation is set; its acts stand in the audit',
  outgoing_addresses: 'where the program may connect to; its acts stand in the audit',
  retention_terms: 'the schedule itself',
  retention_holds: 'the schedule itself',
  retention_proofs: 'what was removed when; the audit keeps every removal',
  schema_migrations: 'which files ran',
  schema_again: 'which files ran',
};

let base: Awaited<ReturnType<typeof cloneWithOwner>>;
beforeAll(async () => {
  base = await cloneWithOwner();
});
afterAll(() => base.close());

const namesOf = async (text: string) => (await base.owner.query<{ name: string }>(text)).rows.map(({ name }) => name);

it('every table belongs to one kind of retention, or is named with the reason why not', async () => {
  const listed = [...Object.values(tablesOfKinds).flat(), ...Object.keys(withTheirSubject), ...Object.keys(noRecords)];
  expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([]);
  const tables = await namesOf(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`,
  );
  expect(listed.sort()).toEqual(tables);
});

it('every kind has its tables, its years or the reason for none, and a basis', async () => {
  expect(Object.keys(tablesOfKinds).sort()).toEqual(
    await namesOf('select kind as name from retention_terms order by 1'),
  );
  // Years are a number where rows go by their age; otherwise they end by themselves, or are kept for good.
  expect(
    await namesOf(`select kind as name from retention_terms
      where length(basis) < 10 or length(covers) < 5 or (removal = 'term') <> (years is not null)`),
  ).toEqual([]);
});
