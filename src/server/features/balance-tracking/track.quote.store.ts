import { sql } from 'kysely';
import type { Quote, QuoteAnswer, Quoted, Quoting } from '#core/access/quote.ts';
import { type TrackState, trackStandingTitles, trackStates } from '#domain/balance-tracking/state.ts';
import { among } from '#platform/db/listing.ts';

/** How far the issues in the ledger are is told by the ledger. */
const titles: Readonly<Record<TrackState, string>> = { ...trackStandingTitles, 'issues-listed': '问题整改' };
const counted = trackStates.filter((state) => state !== 'cancelled');
/** The choice for where the unit itself stands. */
const standing = 'standing';

interface TrackFigure {
  readonly key: number;
  readonly unitName: string;
  readonly year: number;
  readonly choice: string;
  /** Of the unit itself; null where the year of it is not tracked. */
  readonly state: TrackState | null;
  /** Tracks of the unit's places, and those of them that stand where it was asked. */
  readonly total: number;
  readonly n: number;
}

async function readTracks({ db, places }: Quoting, asked: readonly Quoted[]): Promise<Map<number, QuoteAnswer>> {
  const { rows } = await sql<TrackFigure>`
    select w.key, u.short_name as "unitName", w.year, w.choice,
           max(t.state) filter (where t.place_id = u.id) as state, count(t.id)::int as total,
           (count(t.id) filter (where t.state = w.choice))::int as n
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(key int, "unitId" int, year int, choice text)
      join org_units u on u.id = w."unitId" and u.id = ${among(places)}
      left join balance_tracks t
        on t.place_id = ${among(places)} and (u.kind = 'city' or t.place_id = u.id) and t.school_year = w.year
       and t.state <> 'cancelled'
     where w.year is not null and w.choice = any(${[standing, ...counted]}::text[])
     group by w.key, u.short_name, w.year, w.choice`.execute(db);
  return new Map(
    rows.map(({ key, unitName, year, choice, state, total, n }) => {
      const about = `${unitName} ${year} 学年均衡跟踪`;
      if (choice === standing) {
        return [key, { label: `${about}状态`, value: state === null ? null : titles[state], certificate: [] }];
      }
      const label = `${about}“${titles[choice as TrackState]}”的县（市、区）数`;
      const certificate = [{ name: '跟踪的县（市、区）', value: String(total) }];
      return [key, { label, value: total === 0 ? null : String(n), certificate }];
    }),
  );
}

/** What letters can quote of the tracking of balance. */
export const trackQuotes: Readonly<Record<string, Quote>> = {
  'balance-tracking.standing': {
    title: '均衡跟踪：阶段',
    access: 'tracking.read',
    choices: () =>
      Promise.resolve([
        { value: standing, label: '所选单位现在的阶段' },
        ...counted.map((state) => ({ value: state, label: `“${titles[state]}”的县（市、区）数` })),
      ]),
    read: readTracks,
  },
};
