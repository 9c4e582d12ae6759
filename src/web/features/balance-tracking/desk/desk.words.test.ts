import { expect, it } from 'vitest';
import { trackNoticeKinds } from '#domain/balance-tracking/notice.ts';
import { trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { words } from './desk.words.ts';
import { trackMarks } from './state-marks.ts';

it('leads from every notice to its track, and from that of a planned year to the overview', () => {
  const links = Object.values(trackNoticeKinds).map((kind) => [kind, words.noticeLinks?.[kind]?.('t-1')]);
  for (const [kind, link] of links) {
    const planned = kind === trackNoticeKinds.planned;
    expect(link).toMatchObject(
      planned ? { to: '/tracking' } : { to: '/tracking/$trackId', params: { trackId: 't-1' } },
    );
  }
});

it('leads from a day of a track to the year of the track, whatever year the desk shows', () => {
  expect(words.deadlineWords?.['balance-tracking.due']?.link(5, 2024)).toEqual({
    ...{ to: '/tracking', search: { year: 2024 } },
  });
});

it('leads from each line of work to the counties that it counts', () => {
  const standings = Object.entries(words.workWords ?? {}).map(([kind, { link }]) => [
    kind.split('.')[1],
    (link.search as { standing?: string } | undefined)?.standing,
  ]);
  expect(Object.fromEntries(standings)).toMatchObject({
    report: 'self-report-due',
    revise: 'returned',
    submit: 'prepared',
  });
});

it('marks each standing by the word that filters, tables and refusals say', () => {
  const { late: _, ...marks } = trackMarks;
  expect(Object.fromEntries(Object.entries(marks).map(([standing, { word }]) => [standing, word]))).toEqual(
    trackStandingTitles,
  );
});
