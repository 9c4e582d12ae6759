import type { DutyType } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';

/** What tells a finding from another of the same words, in the ledger and in a table. */
export interface KnownFinding {
  readonly dutyType: DutyType;
  readonly dutyId: number;
  readonly title: string;
  readonly foundOn: Day;
  readonly dueOn: Day | null;
  readonly closedOn: Day | null;
}

const byDay = ({ dutyType, dutyId, title, foundOn }: KnownFinding) =>
  JSON.stringify([dutyType, dutyId, title, foundOn]);
/** A finding whose ledger has no day on which it was due was due when it was put right. */
const byTerm = ({ dutyType, dutyId, title, dueOn, closedOn }: KnownFinding) =>
  JSON.stringify([dutyType, dutyId, title, dueOn ?? closedOn, closedOn]);

/**
 * Findings that are known: by duty body, title and the day on which they were found. A row that names no such day is known
 * by the days on which it was due and closed.
 */
export class KnownFindings {
  readonly #keys = new Set<string>();

  constructor(findings: readonly KnownFinding[] = []) {
    for (const one of findings) this.add(one);
  }

  add(finding: KnownFinding): void {
    this.#keys.add(byDay(finding)).add(byTerm(finding));
  }

  /** @param dayNamed whether the row itself names the day on which it was found */
  has(finding: KnownFinding, dayNamed: boolean): boolean {
    return this.#keys.has(dayNamed ? byDay(finding) : byTerm(finding));
  }
}
