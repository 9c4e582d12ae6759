import {
  degreeTitles,
  type InspectorTurn,
  inspectorKindTitles,
  inspectorStageTitles,
  inspectorStateTitles,
  relativeTitles,
  sexTitles,
  termStandingTitles,
  tieTitles,
} from '#domain/inspection/inspector.ts';
import { choices } from '#web/shared/words/choices.ts';

export const stateChoices = choices(inspectorStateTitles);
export const kindChoices = choices(inspectorKindTitles);
export const stageChoices = choices(inspectorStageTitles);
export const termChoices = choices(termStandingTitles);
export const certificateChoices = choices({ with: '有证号', without: '没有证号', shared: '与其他单位重号' } as const);
export const sexChoices = choices(sexTitles);
export const degreeChoices = choices(degreeTitles);
export const relativeChoices = choices(relativeTitles);
export const tieChoices = choices(tieTitles);

/** What a list shows that a line of the home page opened. */
export const waitingTitles: Readonly<Record<InspectorTurn, string>> = {
  recommend: '待推荐的登记表',
  review: '等您审核的登记表',
  confirm: '等您复审的登记表',
  publicise: '待公示的人员',
  appoint: '公示期满、待公布聘任的人员',
  expiring: '任期将满或已满的督学',
  requirements: '聘任条件待核实的督学',
  papers: '缺学期计划或总结的督学',
};

/** A term by its days; one of a full-time inspector has no end. */
export const termText = (from: string, to: string | null) => `${from} 至 ${to ?? '长期'}`;
