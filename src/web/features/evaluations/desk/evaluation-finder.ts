import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/evaluations/evaluations.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';
import { evaluationMarks } from './state-marks.ts';

/** Evaluations by the name of the subject and its pinyin; their campaign is found by its own title. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(list, { query: { search: text, pageSize: 5 } }, { signal });
  return rows.map((row) => ({
    key: `evaluation-${row.id}`,
    group: '督导评估',
    title: `${row.subjectName} · ${row.title}`,
    note: evaluationMarks[row.state].word,
    link: linkOptions({ to: '/evaluations/$evaluationId', params: { evaluationId: row.id } }),
  }));
}
