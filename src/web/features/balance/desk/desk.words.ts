import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { verdictMarks } from './state-marks.ts';

const stateMarks = marksOf('balance', verdictMarks);

export const words: DeskWords<keyof typeof stateMarks> = {
  stateMarks,
  permissionWords: { balance: '均衡监测', standard: '标准' },
  fulfilLinks: {
    'balance.run': (unit, year) => linkOptions({ to: '/balance/runs', search: { unit, year, current: true } }),
  },
  homePanels: [
    {
      shown: (figures) =>
        ['available', 'provisional', 'unavailable'].some((figure) => (figures[`balance.${figure}`] ?? 0) > 0),
      load: () => import('../panel/BalanceStanding.tsx'),
    },
  ],
  schoolPanels: [
    {
      permission: 'balance.read',
      // Balance compares the stages of compulsory education.
      schoolsOnly: true,
      load: () => import('../county/SchoolPlace.tsx'),
    },
  ],
};
