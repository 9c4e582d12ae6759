import type { DutyType, FindingState } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { foldedName } from '#domain/text/name-folding.ts';

/** What tells a finding from another of the same words, in the ledger and in a table. */
export interface KnownFinding {
  readonly dutyType: DutyType;
  readonly dutyId: number;
  readonly title: string;
  readonly foundOn: Day;
}

/** A finding that stands in the ledger, with what has become of it. */
export interface LedgerFinding extends KnownFinding {
  readonly id: string;
  readonly dueOn: Day | null;
  readonly state: FindingState;
}

/** A title as it is compared: a blank, full width and the stop at its end make no other finding. */
const foldedTitle = (title: string) => foldedName(title).replace(/[。.；;，,、！!]+$/, '');

const byTitle = ({ dutyType, dutyId, title }: KnownFinding) => JSON.stringify([dutyType, dutyId, foldedTitle(title)]);
const byDay = (finding: KnownFinding) => JSON.stringify([byTitle(finding), finding.foundOn]);

/**
 * Findings that are known: by duty body, title and the day on which they were found. A row that names no such day is known
 * by duty body and title alone: when it is due and whether it is closed changes while it is one finding.
 */
export class KnownFindings<Known extends KnownFinding = KnownFinding> {
  readonly #known = new Map<string, Known>();

  constructor(findings: readonly Known[] = []) {
    for (const one of findings) this.add(one);
  }

  add(finding: Known): void {
    this.#known.set(byDay(finding), finding).set(byTitle(finding), finding);
  }

  /** @param dayNamed whether the row itself names the day on which it was found */
  find(finding: KnownFinding, dayNamed: boolean): Known | undefined {
    return this.#known.get(dayNamed ? byDay(finding) : byTitle(finding));
  }
}
