import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/campaigns/campaigns.ts';
import { evaluationKindTitles } from '#domain/evaluation/kind.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';
import { campaignMarks } from './state-marks.ts';

/** Campaigns by their title and its pinyin. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(list, { query: { search: text, pageSize: 5 } }, { signal });
  return rows.map((row) => ({
    key: `campaign-${row.id}`,
    group: '评估项目',
    title: row.title,
    note: `${evaluationKindTitles[row.kind]} · ${campaignMarks[row.state].word}`,
    link: linkOptions({ to: '/campaigns/$campaignId', params: { campaignId: row.id } }),
  }));
}
