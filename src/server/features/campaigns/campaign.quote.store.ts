import { sql } from 'kysely';
import type { Quote, QuoteAnswer, Quoting } from '#core/access/quote.ts';
import { digestOf } from '#core/evidence/digest.ts';
import {
  type CampaignFigure,
  campaignFigureTitles,
  type NamedSlot,
  timetableColumns,
  timetableRows,
} from '#domain/evaluation/campaign/notice-letter.ts';
import type { StepDays } from '#domain/evaluation/campaign/timetable.ts';
import type { EvaluationKind } from '#domain/evaluation/lists.ts';
import { among } from '#platform/db/listing.ts';

interface QuotedCampaign {
  readonly id: string;
  readonly title: string;
  readonly kind: EvaluationKind;
  readonly days: readonly StepDays[];
  readonly slots: readonly NamedSlot[];
}

async function findQuoted({ db, places }: Quoting, ids: readonly string[]): Promise<readonly QuotedCampaign[]> {
  const { rows } = await sql<QuotedCampaign>`
    select c.id, c.title, c.kind,
           (select coalesce(jsonb_agg(jsonb_build_object('step', d.step, 'from', d.from_day, 'to', d.to_day) order by d.position), '[]')
              from campaign_steps d where d.place_id = c.place_id and d.campaign_id = c.id) as days,
           (select coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'from', s.slot_from, 'to', s.slot_to)
                                      order by u.sort_order, s.unit_id, s.name collate "zh-x-icu", s.id), '[]')
              from campaign_subjects s join org_units u on u.id = s.unit_id
             where s.place_id = c.place_id and s.campaign_id = c.id and s.left_out is null and s.slot_from is not null) as slots
      from campaigns c
     where c.place_id = ${among(places)} and c.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** By what the days of a letter can be proved. */
export const timetableCertificate = (rows: readonly (readonly string[])[]) => [
  { item: '清单校验码', value: digestOf(rows) },
];

/** What letters can quote of campaigns. */
export const campaignQuotes: Readonly<Record<CampaignFigure, Quote>> = {
  'campaigns.timetable': {
    ...{ title: campaignFigureTitles['campaigns.timetable'], access: 'campaign.read', choices: null },
    columns: timetableColumns.map((heading) => ({ heading, align: 'left' })),
    async read(quoting, asked) {
      const ids = [...new Set(asked.flatMap(({ things = [] }) => things))];
      const known = new Map((await findQuoted(quoting, ids)).map((one) => [one.id, one]));
      return new Map(
        asked.flatMap(({ key, things = [] }): [number, QuoteAnswer][] => {
          const campaign = known.get(things[0] ?? '');
          if (campaign === undefined) return [];
          const value = timetableRows(campaign.kind, campaign.days, campaign.slots);
          const label = `${campaign.title}：时间安排`.slice(0, 200);
          return [[key, { label, value, certificate: timetableCertificate(value) }]];
        }),
      );
    },
  },
};
