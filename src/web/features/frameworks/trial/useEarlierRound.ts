import { rounds } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { call } from '#web/shared/call/call.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';

export type EarlierRound = RouteOutput<typeof rounds>['rows'][number];

/** The round of the address whose answers a draft takes over; null where none is chosen or it is out of reach. */
export function useEarlierRound(draftId: string | undefined, id: string | undefined): EarlierRound | null {
  const isAsked = draftId !== undefined && id !== undefined;
  const found = useRead(
    rounds,
    { params: { draftId: draftId ?? '' }, query: id === undefined ? {} : { id } },
    { enabled: isAsked },
  );
  return isAsked ? (found.data?.rows[0] ?? null) : null;
}

/** `鲤城区 2024 年度` */
export const roundName = ({ subjectName, year }: EarlierRound): string => `${subjectName} ${year} 年度`;

/** Decided rounds of the same framework as choices. */
export async function findRounds(draftId: string, search: string, signal: AbortSignal) {
  const { rows } = await call(rounds, { params: { draftId }, query: { search } }, { signal });
  return rows.map((round) => ({ value: round.id, label: roundName(round), note: roundNote(round) }));
}

function roundNote({ title, edition, total, conclusion }: EarlierRound): string {
  const said = [total === null ? null : `${figureText(total)} 分`, conclusion].filter(Boolean).join('，');
  return [title, `${edition.edition}第 ${edition.revision} 版`, said].filter(Boolean).join(' · ');
}
