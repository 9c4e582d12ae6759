import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/frameworks/frameworks.ts';
import { authorityTitles } from '#domain/framework/edition/edition-mark.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';

/** The first few of the palette. */
const most = 8;

/** Frameworks by the words of their titles and documents. */
export async function find(search: string, signal: AbortSignal): Promise<Found[]> {
  if (search.trim() === '') return [];
  const { rows } = await call(list, { query: { search } }, { signal });
  return rows.slice(0, most).map(({ key, title, edition, authority }) => ({
    key: `framework-${key}`,
    group: '指标体系',
    title,
    note: `${edition} · ${authorityTitles[authority]}`,
    link: linkOptions({ to: '/frameworks/$key', params: { key } }),
  }));
}
