import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/rectifications/rectifications.ts';
import { findingStateTitles } from '#domain/rectification/state.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';

/** Findings by their words, their pinyin, and the name of the school or unit. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(list, { query: { search: text, pageSize: 5 } }, { signal });
  return rows.map((row) => ({
    key: `finding-${row.id}`,
    group: '问题',
    title: row.title,
    note: [row.duty.name, findingStateTitles[row.state]].filter(Boolean).join(' · '),
    link: linkOptions({ to: '/findings/$findingId', params: { findingId: row.id } }),
  }));
}
