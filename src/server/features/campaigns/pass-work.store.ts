import { sql } from 'kysely';
import type { LeavingPost, OpenWorkRow, PassedWork } from '#core/access/pass-work.ts';
import type { CampaignState } from '#domain/evaluation/lists.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { CampaignHandle } from './campaign.store.ts';

export const organisedKind = 'campaigns.organised';

export function openCampaigns({ personId, placeId, schoolId }: LeavingPost): Fragment<OpenWorkRow> {
  // A school organises none.
  const place = schoolId === null ? placeId : null;
  return sql`
    select ${sql.lit(organisedKind)} as kind, n::int as count, n::int as passing, null::int as held,
           array[${placeId}::int] as places
      from open_campaigns_of(${personId}, ${place}::int) as n where n > 0`;
}

/** A campaign that changed hands. */
export interface PassedCampaign {
  readonly type: 'campaign';
  readonly placeId: number;
  readonly schoolId: null;
  readonly id: string;
  readonly title: string;
  readonly state: CampaignState;
}

/** The campaigns that somebody organises and that have not ended get another who does. */
export async function writePassedCampaigns(
  db: CampaignHandle,
  { placeId, from, to }: PassedWork,
  now: Date,
): Promise<PassedCampaign[]> {
  const passed = await sql<PassedCampaign>`
    update campaigns c
       set organised_by = ${to.id}, organised_by_name = ${to.name}, revision = c.revision + 1, updated_at = ${now}
     where c.place_id = ${placeId} and c.organised_by = ${from.id} and c.state not in ('closed', 'cancelled')
    returning 'campaign' as type, c.place_id as "placeId", null as "schoolId", c.id, c.title, c.state`.execute(db);
  return passed.rows;
}
