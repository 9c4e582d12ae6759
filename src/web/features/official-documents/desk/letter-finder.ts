import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/official-documents/letters.ts';
import { letterStateTitles } from '#domain/letter/state.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';

/** Letters by title, pinyin and number. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(list, { query: { search: text, pageSize: 5 } }, { signal });
  return rows.map((row) => ({
    key: `letter-${row.id}`,
    group: '公文',
    title: row.title.replaceAll('\n', ''),
    note: [row.number, letterStateTitles[row.state]].filter(Boolean).join(' · '),
    link: linkOptions({ to: '/letters/$letterId', params: { letterId: row.id } }),
  }));
}
