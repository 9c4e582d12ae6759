import { linkOptions } from '@tanstack/react-router';
import type { LetterTurn } from '#domain/letter/state.ts';
import type { DeskWords, WorkWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { letterMarks } from './state-marks.ts';

const stateMarks = marksOf('official-documents', letterMarks);
type State = keyof typeof stateMarks;

const letter = (letterId: string) => linkOptions({ to: '/letters/$letterId', params: { letterId } });
const receipt = (receiptId: string) => linkOptions({ to: '/letters/received/$receiptId', params: { receiptId } });

const line = (
  kind: LetterTurn,
  state: State,
  given: Pick<WorkWords, 'mark' | 'of' | 'verb' | 'waited'>,
): Readonly<Record<string, WorkWords<State>>> => ({
  [`official-documents.${kind}`]: {
    ...{ state, ...given, open: letter },
    link: linkOptions({ to: '/letters', search: { waiting: kind } }),
  },
});

export const words: DeskWords<State> = {
  stateMarks,
  actions: [
    {
      title: '拟公文',
      terms: 'nigongwen ngw nigao fawen',
      link: linkOptions({ to: '/letters', search: { drafting: true } }),
      permission: 'letter.draft',
    },
  ],
  finders: [{ permission: 'letter.read', load: () => import('./letter-finder.ts') }],
  workWords: {
    ...line('issue', 'official-documents.signed', {
      ...{ mark: '待印发', of: '份公文', waited: since('签发'), verb: '去印发' },
    }),
    ...line('sign', 'official-documents.checked', {
      ...{ mark: '待签发', of: '份公文', waited: since('审核'), verb: '去签发' },
    }),
    ...line('cosign', 'official-documents.checked', {
      ...{ mark: '待会签', of: '份公文', waited: since('审核'), verb: '去会签' },
    }),
    ...line('check', 'official-documents.submitted', {
      ...{ mark: '待审核', of: '份公文', waited: since('送审'), verb: '去审核' },
    }),
    ...line('returned', 'official-documents.returned', {
      ...{ mark: '待修改', of: '份公文，被退回或由业务转来', waited: since('转来'), verb: '去修改' },
    }),
    ...line('draft', 'official-documents.draft', {
      ...{ mark: '草拟中', of: '份公文由您经办', waited: since('改动'), verb: '去拟写' },
    }),
    'official-documents.receive': {
      ...{ state: 'official-documents.waiting', mark: '待签收', of: '份来文', waited: since('印发'), verb: '去签收' },
      ...{ link: linkOptions({ to: '/letters/received', search: { state: 'waiting' } }), open: receipt },
    },
  },
  noticeWords: {
    'letter.issued': '收到公文',
    'letter.withdrawn': '公文被撤回',
    'letter.passed': '移交了公文',
    'letter.severalPassed': '移交了公文',
  },
  noticeLinks: {
    'letter.issued': receipt,
    'letter.withdrawn': receipt,
    'letter.passed': (letterId) => linkOptions({ to: '/letters/$letterId', params: { letterId } }),
    'letter.severalPassed': () => linkOptions({ to: '/letters', search: { handler: 'mine' } }),
  },
  subjectLinks: { letter, 'letter-receipt': receipt },
  permissionWords: { letter: '公文' },
};
