import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/inspectors/inspectors.ts';
import { inspectorKindTitles, inspectorStateTitles } from '#domain/inspection/inspector.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';

/** Inspectors by their name and its pinyin, their employer and their certificate. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(list, { query: { search: text, pageSize: 5 } }, { signal });
  return rows.map((row) => ({
    key: `inspector-${row.id}`,
    group: '督学',
    title: row.name,
    note: [row.placeName, inspectorKindTitles[row.kind], inspectorStateTitles[row.state]].join(' · '),
    link: linkOptions({ to: '/inspectors/$inspectorId', params: { inspectorId: row.id } }),
  }));
}
