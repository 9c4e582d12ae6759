import { momentInChina } from './school-year.ts';

/** Who changed a thing last, for whoever comes with an older one. */
export interface LastChange {
  /** The name as it signs; null where the program changed it. */
  readonly by: string | null;
  /** Whether the same person did it, in another window. */
  readonly own: boolean;
  /** As an ISO text. */
  readonly at: string;
  /** Whether it was on the day on which it is said. */
  readonly today: boolean;
}

/** The sentence of a conflict on a thing that has states, such as `公文“…”`. @param state its state of now, in words */
export function changedTo(what: string, state: string, last: LastChange | undefined): string {
  const said = last === undefined ? `${what}在您打开之后已有变动` : changeSaid(what, last);
  return `${said}，现在是“${state}”，请刷新后核对再办理。`;
}

/** `您已在另一个窗口于 14:03 修改这份工作计划`, `这份工作计划已由王某于 10月14日 14:03 修改`; undefined: nobody knows who. */
export function changeSaid(what: string, last: LastChange | undefined): string {
  if (last === undefined) return `${what}在此期间另有修改（他人，或您的另一个窗口）`;
  const moment = momentInChina(new Date(last.at));
  const clock = moment.slice(11, 16);
  const when = last.today ? clock : `${Number(moment.slice(5, 7))}月${Number(moment.slice(8, 10))}日 ${clock}`;
  return last.own ? `您已在另一个窗口于 ${when} 修改${what}` : `${what}已由${last.by ?? '系统'}于 ${when} 修改`;
}
