import { digestOf } from '#core/evidence/digest.ts';
import { letterWanted } from '#core/workflow/letter-occurrences.ts';
import { problem } from '#domain/kit/problem.ts';
import { askedColumns, askedRows, askedTitle } from '#domain/rectification/quoted.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { FindingContext } from '../finding.act.ts';
import { findListedAll, type ListedFinding } from '../finding.list.store.ts';
import type { Finding } from '../finding.store.ts';
import { askedQuery, findingQuotes } from '../work/finding.quote.store.ts';

/** Findings in one letter at most; a table of more is an attachment. */
const mostInLetter = 100;

/**
 * Wants a 整改通知书 of each duty body for the findings that were just sent out to it: a draft at the unit that sent them,
 * tied to the findings, with a table of what is to be put right and until when.
 * @returns how many letters
 */
export async function wantNoticeLetters(ctx: FindingContext, noticed: readonly Finding[]): Promise<number> {
  const writer = ctx.actor.unitId;
  if (writer === null) throw problem('access.denied');
  const bodies = new Map<string, ListedFinding[]>();
  for (const listed of await findListedAll(ctx.db, noticed, ctx.today)) {
    const key = `${listed.placeId} ${listed.dutyType} ${listed.dutyUnitId ?? listed.schoolId}`;
    bodies.set(key, [...(bodies.get(key) ?? []), listed]);
  }
  let letters = 0;
  for (const all of bodies.values()) {
    for (let at = 0; at < all.length; at += mostInLetter) {
      await want(ctx, writer, all.slice(at, at + mostInLetter));
      letters += 1;
    }
  }
  return letters;
}

async function want(ctx: FindingContext, writer: number, findings: readonly ListedFinding[]): Promise<void> {
  const [first] = findings as [ListedFinding];
  const name = first.dutyName ?? first.placeName;
  const schoolId = first.dutyType === 'school' ? first.schoolId : null;
  // A letter to a body of the own unit is handed over on paper.
  const isOwn = schoolId === null && first.placeId === writer;
  const rows = askedRows(findings);
  await ctx.announce(letterWanted, {
    ...{ letterId: newId(), placeId: writer, kind: 'rectification', places: [writer] },
    title: askedTitle(findings),
    addressees: [name],
    body: [
      { kind: 'paragraph', text: '经督导检查，发现你单位存在下列问题，请按期整改。' },
      { kind: 'heading', level: 1, text: '问题和期限' },
      { kind: 'table', caption: null, rows: [], from: 1, columns: askedColumns.map((column) => ({ ...column })) },
      { kind: 'heading', level: 1, text: '整改要求' },
      {
        kind: 'paragraph',
        text: '请逐项制定整改措施，明确责任人，在期限内完成整改，并将整改报告和佐证材料报送本机构。',
      },
    ],
    // The table keeps where it comes from, so that the draft says when the ledger changed.
    figures: [
      {
        ...{ key: 1, asked: { query: askedQuery, things: findings.map(({ id }) => id) } },
        ...{ title: findingQuotes[askedQuery]!.title, label: `${findings.length} 项问题的期限` },
        ...{ value: rows, readAt: ctx.now.toISOString() },
        certificate: [{ item: '清单校验码', value: digestOf(rows) }],
      },
    ],
    recipients: isOwn ? [] : [{ unitId: first.placeId, schoolId }],
    ties: findings.map(({ placeId, id, title }) => ({
      ...{ subjectType: 'finding', subjectPlaceId: placeId, subjectId: id, title },
    })),
    ...{ sourceType: 'rectifications', sourceLabel: '整改台账' },
    // The same findings that are sent out again, after they were handed over, are another letter.
    sourceId: digestOf(findings.map(({ id, revision }) => `${id} ${revision}`)),
  });
}
