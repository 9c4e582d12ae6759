import { sql } from 'kysely';
import type { Difference } from '#domain/balance-tracking/difference.ts';
import type { CompulsoryLevel } from '#domain/org/school-level.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { TrackHandle } from './published.store.ts';
import type { TrackRow } from './track.store.ts';

/** The self-report of a round. */
export interface ReportRow {
  readonly id: string;
  readonly round: number;
  readonly revision: number;
  readonly measures: string;
  readonly conclusion: string;
  /** What it rests on, from the moment at which it was passed on. */
  readonly runId: string | null;
  readonly publicationId: string | null;
  readonly preparedBy: string | null;
  readonly preparedAt: Date | null;
  readonly submittedBy: string | null;
  readonly submittedAt: Date | null;
  readonly decision: 'accepted' | 'returned' | null;
  readonly decidedBy: string | null;
}

/** A round that was returned before the newest one began. */
export interface ReturnedRound {
  readonly round: number;
  readonly measures: string;
  readonly conclusion: string;
  readonly submittedBy: string | null;
  readonly returnedBy: string | null;
  readonly returnedAt: Date;
}

type Of = Pick<TrackRow, 'placeId' | 'id'>;
/** What hangs on a track bears its year. */
type OfYear = Of & Pick<TrackRow, 'periodId'>;

/** The self-report of the newest round; undefined before the first. */
export function findReport(db: TrackHandle, track: Of): Promise<ReportRow | undefined> {
  return db
    .selectFrom('balance_track_reports')
    .where('place_id', '=', track.placeId)
    .where('track_id', '=', track.id)
    .select(['id', 'round', 'revision', 'measures', 'conclusion', 'run_id as runId'])
    .select(['publication_id as publicationId', 'prepared_by_name as preparedBy', 'prepared_at as preparedAt'])
    .select(['submitted_by_name as submittedBy', 'submitted_at as submittedAt', 'decision'])
    .select('decided_by_name as decidedBy')
    .orderBy('round', 'desc')
    .limit(1)
    .$castTo<ReportRow>()
    .executeTakeFirst();
}

/** Writes the texts of the report that is being filled in; a returned one goes on in the next round. Returns it. */
export async function writeTexts(
  db: TrackHandle,
  track: OfYear,
  before: ReportRow | undefined,
  { measures, conclusion }: Pick<ReportRow, 'measures' | 'conclusion'>,
): Promise<{ readonly id: string; readonly revision: number; readonly round: number }> {
  if (before === undefined || before.decision !== null) {
    const fresh = { id: newId(), revision: 1, round: (before?.round ?? 0) + 1 };
    await db
      .insertInto('balance_track_reports')
      .values({
        place_id: track.placeId,
        track_id: track.id,
        period_id: track.periodId,
        ...fresh,
        measures,
        conclusion,
      })
      .execute();
    return fresh;
  }
  const { revision } = await db
    .updateTable('balance_track_reports')
    .set((row) => ({ measures, conclusion, revision: row('revision', '+', 1) }))
    .where('place_id', '=', track.placeId)
    .where('id', '=', before.id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return { id: before.id, revision, round: before.round };
}

/** What an act sets of a report. */
export interface ReportChange {
  readonly run?:
    | { readonly id: string; readonly edition: string; readonly inputsHash: string; readonly formulaVersion: string }
    | undefined;
  readonly publicationId?: string | null;
  readonly prepared?: { readonly byName: string; readonly at: Date } | null;
  readonly submitted?: { readonly byName: string; readonly at: Date };
  readonly decided?: { readonly decision: 'accepted' | 'returned'; readonly byName: string; readonly at: Date } | null;
}

export async function updateReport(db: TrackHandle, track: Of, id: string, change: ReportChange): Promise<void> {
  const { run, publicationId, prepared, submitted, decided } = change;
  await db
    .updateTable('balance_track_reports')
    .set((row) => ({
      revision: row('revision', '+', 1),
      ...(run === undefined
        ? {}
        : {
            run_id: run.id,
            run_edition: run.edition,
            inputs_hash: run.inputsHash,
            formula_version: run.formulaVersion,
          }),
      ...(publicationId === undefined ? {} : { publication_id: publicationId }),
      ...(prepared === undefined
        ? {}
        : { prepared_by_name: prepared?.byName ?? null, prepared_at: prepared?.at ?? null }),
      ...(submitted === undefined ? {} : { submitted_by_name: submitted.byName, submitted_at: submitted.at }),
      ...(decided === undefined
        ? {}
        : {
            decision: decided?.decision ?? null,
            decided_by_name: decided?.byName ?? null,
            decided_at: decided?.at ?? null,
          }),
    }))
    .where('place_id', '=', track.placeId)
    .where('id', '=', id)
    .execute();
}

/** Why a figure differs, as a person wrote it. */
export interface Cause {
  readonly level: CompulsoryLevel;
  readonly indicator: string;
  readonly body: string;
  readonly by: string;
  readonly at: Date;
}

export async function insertCause(
  db: TrackHandle,
  track: OfYear,
  cause: Omit<Cause, 'by'> & { readonly by: string; readonly byId: string },
): Promise<void> {
  await db
    .insertInto('balance_track_causes')
    .values({
      ...{ place_id: track.placeId, id: newId(), track_id: track.id, period_id: track.periodId },
      ...{ level: cause.level, indicator: cause.indicator },
      ...{ body: cause.body, written_by: cause.byId, written_by_name: cause.by, written_at: cause.at },
    })
    .execute();
}

/** How many causes were written of a track, those that were replaced included. */
export async function countCauses(db: TrackHandle, track: Of): Promise<number> {
  const { written } = await db
    .selectFrom('balance_track_causes')
    .where('place_id', '=', track.placeId)
    .where('track_id', '=', track.id)
    .select(sql<number>`count(*)::int`.as('written'))
    .executeTakeFirstOrThrow();
  return written;
}

export type FrozenFigure = Difference & { readonly cause: string };

/** Keeps the figures on which a report rests, in place of those that were kept before. */
export async function writeFrozen(
  db: TrackHandle,
  track: OfYear,
  reportId: string,
  figures: readonly FrozenFigure[],
): Promise<void> {
  await db
    .deleteFrom('balance_track_report_figures')
    .where('place_id', '=', track.placeId)
    .where('report_id', '=', reportId)
    .execute();
  if (figures.length === 0) return;
  await db
    .insertInto('balance_track_report_figures')
    .values(
      figures.map(({ level, indicator, ours, published, difference, kind, cause }) => ({
        ...{ place_id: track.placeId, report_id: reportId, period_id: track.periodId },
        ...{ level, indicator, ours, published, difference, kind, cause },
      })),
    )
    .execute();
}
