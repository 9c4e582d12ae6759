import { isEntered } from '#domain/filing/catalogue.ts';
import { oddFrom, oddities } from '#domain/filing/review/oddity.ts';
import { shownValue } from '../filing-cell.ts';
import type { FilingDetail } from '../filing-drafts.ts';
import { asCellFiling, type FormPart } from '../fill/filing-form.ts';

/** A form in two: what a reviewer should look at, and the fields that are as they were and as they are elsewhere. */
export interface OddParts {
  readonly odd: FormPart[];
  readonly rest: FormPart[];
  /** The number of fields in the rest. */
  readonly folded: number;
}

/**
 * Parts the form of a filing. A field is looked at if it is far from last year or from similar schools, if there is nothing
 * to compare it with, and if something else asks for it: a finding, an open comment, a change since the approval.
 */
export function oddPartsOf(detail: FilingDetail, parts: readonly FormPart[]): OddParts {
  const filing = asCellFiling(detail);
  const fields = detail.fields.filter((field) => field.directory === undefined);
  const values = Object.fromEntries(fields.map((field) => [field.key, shownValue(filing, field)]));
  const keys = fields.map(({ key }) => key);
  const scores = oddities(keys, { values, reference: detail.reference, peers: detail.peers });
  const asked = new Set([
    ...detail.findings.flatMap((finding) => finding.fields),
    ...Object.keys(filing.comments),
    ...detail.changes.map((change) => change.field),
  ]);
  const isOdd = (field: FilingDetail['fields'][number]) => {
    const score = scores.get(field.key) ?? null;
    // A computed field without a comparison says nothing of its own; the fields of which it is made are there.
    return asked.has(field.key) || (score === null ? isEntered(field) : score >= oddFrom);
  };
  const some = (wanted: boolean) =>
    parts.flatMap((part) => {
      const blocks = part.blocks.flatMap((block) => {
        const own = block.fields.filter((field) => isOdd(field) === wanted);
        return own.length > 0 ? [{ ...block, fields: own }] : [];
      });
      return blocks.length > 0 ? [{ ...part, blocks }] : [];
    });
  const rest = some(false);
  const folded = rest.reduce((sum, { blocks }) => sum + blocks.reduce((all, block) => all + block.fields.length, 0), 0);
  return { odd: some(true), rest, folded };
}
