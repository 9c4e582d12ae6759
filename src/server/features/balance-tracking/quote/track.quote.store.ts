import { sql } from 'kysely';
import type { Quote, QuoteAnswer, Quoted, Quoting } from '#core/access/quote.ts';
import { standingOf, type TrackStanding, trackStandings, trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import { selectTracks, type TrackRow } from '../track.store.ts';

const counted = trackStandings.filter((one) => one !== 'cancelled');
/** The choice for where the unit itself stands. */
const standing = 'standing';

interface TrackFigure {
  readonly key: number;
  readonly unitId: number;
  readonly unitName: string;
  readonly year: number;
  readonly choice: string;
  /** Of the unit's places. */
  readonly tracks: readonly Pick<TrackRow, 'placeId' | 'state' | 'ledger' | 'prepared' | 'returned'>[];
}

async function readTracks({ db, places, today }: Quoting, asked: readonly Quoted[]): Promise<Map<number, QuoteAnswer>> {
  const { rows } = await sql<TrackFigure>`
    select w.key, u.id as "unitId", u.short_name as "unitName", w.year, w.choice,
           coalesce(jsonb_agg(jsonb_build_object(
             'placeId', t."placeId", 'state', t.state, 'ledger', t.ledger, 'prepared', t.prepared, 'returned', t.returned
           )) filter (where t.id is not null), '[]') as tracks
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(key int, "unitId" int, year int, choice text)
      join org_units u on u.id = w."unitId" and u.id = ${among(places)}
      left join (${selectTracks({ places }, today)}) t
        on (u.kind = 'city' or t."placeId" = u.id) and t."schoolYear" = w.year and t.state <> 'cancelled'
     where w.year is not null and w.choice = any(${[standing, ...counted]}::text[])
     group by w.key, u.id, u.short_name, w.year, w.choice`.execute(db);
  return new Map(
    rows.map(({ key, unitId, unitName, year, choice, tracks }) => {
      const about = `${unitName} ${schoolYearName(year)}均衡跟踪`;
      const known = tracks.map((track) => ({ ...track, standing: standingOf(track.state, track.ledger, track) }));
      if (choice === standing) {
        const own = known.find(({ placeId }) => placeId === unitId);
        const value = own === undefined ? null : trackStandingTitles[own.standing];
        return [key, { label: `${about}状态`, value, certificate: [] }];
      }
      const label = `${about}“${trackStandingTitles[choice as TrackStanding]}”的县（市、区）数`;
      const certificate = [{ item: '跟踪的县（市、区）', value: String(known.length) }];
      const n = known.filter((track) => track.standing === choice).length;
      return [key, { label, value: known.length === 0 ? null : String(n), certificate }];
    }),
  );
}

/** What letters can quote of the tracking of balance. */
export const trackQuotes: Readonly<Record<string, Quote>> = {
  'balance-tracking.standing': {
    title: '均衡跟踪：进展',
    access: 'tracking.read',
    choices: () =>
      Promise.resolve([
        { value: standing, label: '所选单位现在的进展' },
        ...counted.map((one) => ({ value: one, label: `“${trackStandingTitles[one]}”的县（市、区）数` })),
      ]),
    read: readTracks,
  },
};
