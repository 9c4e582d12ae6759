import { linkOptions } from '@tanstack/react-router';
import type { InspectorTurn } from '#domain/inspection/inspector.ts';
import type { DeskWords, WorkWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { inspectorMarks } from './state-marks.ts';

const stateMarks = marksOf('inspectors', inspectorMarks);
type State = keyof typeof stateMarks;

const inspector = (inspectorId: string) => linkOptions({ to: '/inspectors/$inspectorId', params: { inspectorId } });
const own = (inspectorId: string) => linkOptions({ to: '/own-inspector/$inspectorId', params: { inspectorId } });

const line = (
  kind: InspectorTurn,
  state: State,
  given: Pick<WorkWords, 'mark' | 'of' | 'verb'> & Partial<Pick<WorkWords, 'waited'>>,
): Readonly<Record<string, WorkWords<State>>> => ({
  [`inspectors.${kind}`]: {
    ...{ state, ...given, link: linkOptions({ to: '/inspectors', search: { waiting: kind } }), open: inspector },
  },
});

/** The own entries: all lines of one person lead there, because each entry says what it lacks. */
const ownEntries = linkOptions({ to: '/own-inspectors' });

export const words: DeskWords<State> = {
  stateMarks,
  actions: [
    {
      title: '登记督学',
      terms: 'dengjiduxue djdx zhuanjia zj',
      link: linkOptions({ to: '/inspectors/new' }),
      permission: 'inspector.write',
    },
  ],
  finders: [{ permission: 'inspector.read', load: () => import('./inspector-finder.ts') }],
  workWords: {
    'inspectors.form': {
      ...{ state: 'inspectors.draft', mark: '待填写', of: '份督学登记表，请您本人填写', verb: '去填写' },
      ...{ link: ownEntries, open: own },
    },
    'inspectors.ownPaper': {
      ...{ state: 'inspectors.lacking', mark: '学期材料', of: '份督学登记有应交的计划或总结', verb: '去提交' },
      ...{ link: ownEntries, open: own },
    },
    ...line('recommend', 'inspectors.draft', {
      mark: '待推荐',
      of: '份督学登记表',
      waited: since('登记'),
      verb: '去推荐',
    }),
    ...line('review', 'inspectors.recommended', {
      ...{ mark: '待审核', of: '份督学登记表', waited: since('推荐'), verb: '去审核' },
    }),
    ...line('confirm', 'inspectors.reviewed', {
      ...{ mark: '待复审', of: '份督学登记表', waited: since('审核'), verb: '去复审' },
    }),
    ...line('publicise', 'inspectors.confirmed', {
      ...{ mark: '待公示', of: '名督学', waited: since('复审'), verb: '去公示' },
    }),
    ...line('appoint', 'inspectors.publicised', {
      ...{ mark: '公示期满', of: '名督学待公布聘任', waited: since('期满'), verb: '去公布' },
    }),
    ...line('expiring', 'inspectors.expiring', { mark: '任期将满', of: '名督学，请续聘或办理离任', verb: '去办理' }),
    ...line('requirements', 'inspectors.unknown', {
      ...{ mark: '条件待核实', of: '名在任督学的聘任条件还没有核实', verb: '去核实' },
    }),
    ...line('papers', 'inspectors.lacking', { mark: '缺学期材料', of: '名督学没有交学期计划或总结', verb: '去登记' }),
  },
  noticeWords: {
    'inspector.formAsked': '请您填写督学登记表',
    'inspector.returned': '退回了督学登记表',
    'inspector.returnUndone': '收回了督学登记表的退回',
    'inspector.appointed': '聘任了督学',
    'inspector.renewed': '续聘了督学',
    'inspector.ended': '办理了督学离任',
    'inspector.declared': '申报了回避事项',
  },
  noticeLinks: {
    'inspector.formAsked': own,
    'inspector.returned': own,
    'inspector.returnUndone': own,
    'inspector.appointed': own,
    'inspector.renewed': own,
    'inspector.ended': own,
    'inspector.declared': inspector,
  },
  subjectLinks: { inspector },
  permissionWords: { inspector: '督学名册' },
  homePanels: [
    {
      shown: (figures) =>
        (['serving', 'experts', 'own'] as const).some((one) => (figures[`inspectors.${one}`] ?? 0) > 0),
      load: () => import('../panel/RegisterStanding.tsx'),
    },
  ],
};
