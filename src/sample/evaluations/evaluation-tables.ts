import type { CopyTable, CopyValue } from '#platform/db/copy.ts';
import { Table } from '../table.ts';

const policed = (name: string, columns: string) => new Table(name, columns, true);

/** The tables of the evaluations under construction. */
export class EvaluationTables {
  readonly periods = new Table('periods', 'id kind year name starts_on ends_on');
  readonly facts = policed(
    'entered_facts',
    'place_id id subject_type subject_id key period_id value source document entered_by entered_by_name entered_at',
  );
  readonly evaluations = policed(
    'evaluations',
    `place_id id campaign_place_id campaign_id kind title assessment_year decision_year framework_key framework_revision framework_hash \
generated unit_id school_id subject_name lead_unit_id partner_unit_id rules step due_on state seats returned total \
conclusion opinion results released_at statement_due decided_on notice_letter_id opinion_letter_id result_letter_id revision \
opened_at updated_at also_found_by`,
  );
  readonly steps = policed(
    'evaluation_steps',
    'place_id evaluation_id step school_id campaign_place_id seats position from_day to_day done_on extended_reason',
  );
  readonly leaves = policed(
    'evaluation_leaves',
    `place_id evaluation_id code school_id seats position nodes origin facts applies note objection responsible_id responsible_section_id \
returned_reason answered_by_name answered_at beside version filled`,
  );
  readonly handins = policed(
    'evaluation_handins',
    `place_id evaluation_id round school_id submitted_by submitted_by_name submitted_at confirmed_by confirmed_by_name confirmed_at`,
  );
  readonly reviewers = policed(
    'evaluation_reviewers',
    'place_id evaluation_id seat_id subject_place_id person_id name outside part scores nodes read_edition_at ended_on',
  );
  readonly #points = policed(
    'evaluation_points',
    `place_id evaluation_id code layer subject_place_id school_id seats hidden_from answer points reason settled leaf_version \
written_by_name written_at`,
  );
  readonly scores = policed(
    'evaluation_scores',
    `place_id id evaluation_id campaign_id subject_place_id code layer seat_id person_id reviewer_name seats hidden_from answer points \
reason agreed sighted leaf_version seen version given_at`,
  );
  readonly totals = policed(
    'evaluation_totals',
    'place_id evaluation_id layer subject_place_id school_id hidden_from total still_between certificate written_at',
  );
  readonly talks = policed(
    'evaluation_talks',
    `place_id evaluation_id code layer leaf_version subject_place_id seats hidden_from spread opened_by_name opened_at minutes points \
settled_by_name settled_at`,
  );
  readonly province = policed(
    'evaluation_province_scores',
    'place_id id evaluation_id campaign_place_id school_id code points words document given_on reason entered_by_name entered_at',
  );
  readonly opinions = policed(
    'evaluation_opinions',
    `place_id evaluation_id subject_place_id state comments total conclusion certificate drafted_by drafted_by_name confirmed_by \
confirmed_by_name confirmed_at updated_at`,
  );
  readonly releases = policed('evaluation_releases', 'place_id evaluation_id code school_id points reason released_at');
  readonly statements = policed(
    'evaluation_statements',
    'place_id evaluation_id id school_id code waived body made_by_name made_on accepted answer answered_by_name answered_on',
  );
  readonly findings = policed(
    'evaluation_findings',
    `place_id id evaluation_id subject_place_id code kind title body duty_type duty_id due_on entered_by_name entered_at raised_at`,
  );
  readonly items = policed(
    'evidence_items',
    `place_id id unit_id school_id seats title about_day received_on catalogue_number box_number confidentiality locked_at entered_by \
entered_by_name entered_at updated_at`,
  );
  readonly links = policed(
    'evidence_links',
    'place_id evaluation_id code evidence_place_id evidence_id school_id seats page_note linked_by_name linked_at',
  );
  readonly resemblances = policed(
    'evidence_resemblances',
    `place_id id evaluation_id subject_place_id code evidence_id attachment_id other_place_id other_evidence_id other_attachment_id \
kind closeness found_at`,
  );
  readonly course = policed(
    'steps',
    'place_id id subject_type subject_id school_id action from_state to_state actor_id actor_name actor_role at reason',
  );

  addPoints(...row: readonly CopyValue[]): void {
    this.#points.add(...row);
  }

  all(...more: readonly CopyTable[]): CopyTable[] {
    return [
      ...[
        this.periods,
        this.facts,
        this.evaluations,
        this.steps,
        this.leaves,
        this.handins,
        this.reviewers,
        this.#points,
      ],
      ...[
        this.scores,
        this.totals,
        this.talks,
        this.opinions,
        this.releases,
        this.statements,
        this.findings,
        this.items,
      ],
      ...[this.links, this.resemblances, this.province, this.course],
      ...more,
    ];
  }
}
