import type { AllAuditWords } from '#contract/kit/acts.words.ts';
import { together } from '#domain/text/together.ts';
import { type Late, late } from '../kit/late.tsx';
import { commonMarks } from '../kit/words/StateMark.tsx';
import type { AnyDesk, AnyDeskWords, HomePanel, SchoolPanel } from './desk.ts';

let desks: readonly AnyDesk[] = [];

/** Sets once, before anything is drawn, which features this desk has. */
export function provideDesks(list: readonly AnyDesk[]): void {
  desks = list;
}

type Drawn<Panel extends { load: () => Promise<unknown> }> = Omit<Panel, 'load'> & {
  key: string;
  part: Late<Awaited<ReturnType<Panel['load']>>>;
};

/** The words of all features in one object, and their panels as parts that are loaded when a page draws them. */
export interface AllWords extends Required<Omit<AnyDeskWords, 'homePanels' | 'schoolPanels'>> {
  readonly homePanels: ReadonlyArray<Drawn<HomePanel>>;
  readonly schoolPanels: ReadonlyArray<Drawn<SchoolPanel>>;
}

const drawn = <Panel extends { load: () => Promise<unknown> }>({ load, ...rest }: Panel, at: number) =>
  ({ ...rest, key: String(at), part: late(load) }) as Drawn<Panel>;

/** The words and panels of features on pages of others; a page that `needs` them reads them with `here`. */
export const deskWords = late(async (): Promise<AllWords> => {
  const all = (await Promise.all(desks.map((desk) => desk.words?.()))).flatMap((module) => module?.words ?? []);
  return {
    actions: all.flatMap((words) => words.actions ?? []),
    finders: all.flatMap((words) => words.finders ?? []),
    stateMarks: together([commonMarks, ...all.map((words) => words.stateMarks)]),
    workWords: together(all.map((words) => words.workWords)),
    stepWords: together(all.map((words) => words.stepWords)),
    deadlineWords: together(all.map((words) => words.deadlineWords)),
    fulfilLinks: together(all.map((words) => words.fulfilLinks)),
    noticeWords: together(all.map((words) => words.noticeWords)),
    noticeLinks: together(all.map((words) => words.noticeLinks)),
    subjectLinks: together(all.map((words) => words.subjectLinks)),
    permissionWords: together(all.map((words) => words.permissionWords)),
    homePanels: all.flatMap((words) => words.homePanels ?? []).map(drawn),
    schoolPanels: all.flatMap((words) => words.schoolPanels ?? []).map(drawn),
  };
});

/** The words for the acts of all features in the audit. */
export const auditWords = late(async (): Promise<AllAuditWords> => {
  const { allAuditWords } = await import('#contract/kit/acts.words.ts');
  const all = await Promise.all(desks.map((desk) => desk.auditWords?.()));
  return allAuditWords(all.flatMap((module) => module?.auditWords ?? []));
});

/** The part that a page `needs`; it was loaded before the page was drawn. */
export function here<Part>(part: Late<Part>): Part {
  const read = part.read();
  if (read === null) throw new Error('The page draws what it did not say that it needs.');
  return read;
}
