import { type ActorLevel, reachTitles } from '#domain/access/actor.ts';
import { longestPersonName } from '#domain/access/people-list.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { headingOf, mostPeople } from './people.workbook.ts';

/** What each column takes. The example stands here and not on the sheet of the list, where it would become an account. */
const explained: Readonly<Record<keyof typeof headingOf, readonly [example: string, meaning: string]>> = {
  name: ['王小明', `必填，本人姓名，最多 ${longestPersonName} 个字`],
  username: [
    'wang.xm',
    '必填，登录用；3 至 30 个字符，以字母开头，只含小写字母、数字、点、横线和下划线；不能与已有账户重复',
  ],
  phone: ['0595-22000000', '可不填；只含数字、空格和 + - ( )，最多 20 位'],
};

/** The roles and units that posts can be granted in. */
interface Known {
  readonly roles: ReadonlyArray<{ readonly name: string; readonly level: ActorLevel }>;
  readonly units: ReadonlyArray<{ readonly name: string; readonly note: string }>;
}

const keys = Object.keys(headingOf) as Array<keyof typeof headingOf>;

/** An empty list of people, with the sheets that explain it. */
export function peopleTemplate(known: Known): WorkbookSheet[] {
  const list: WorkbookSheet = {
    name: '人员',
    columnWidths: [16, 24, 20],
    rows: [keys.map((key) => heading(headingOf[key]))],
    frozen: { rows: 1, columns: 0 },
  };
  return [list, ...explainedPeople(known)];
}

/** What each column takes, and the roles and units that are known. */
export function explainedPeople({ roles, units }: Known): WorkbookSheet[] {
  const notes: WorkbookSheet = {
    name: '填写说明',
    columnWidths: [12, 18, 90],
    rows: [
      [{ value: '人员名单：填写说明', look: 'title' }],
      [
        {
          value: `在“人员”表中每行填一人，一次最多 ${mostPeople} 人。全部正确才会建立账户，临时密码在建立后显示一次。`,
          look: 'note',
        },
      ],
      [heading('列'), heading('示例'), heading('填写要求')],
      ...keys.map((key): WorkbookCell[] => [heading(headingOf[key]), ...explained[key].map((value) => ({ value }))]),
    ],
  };
  const known: WorkbookSheet = {
    name: '角色与单位',
    columnWidths: [24, 32],
    rows: [
      [{ value: '角色不在名单里填写：账户建立后由安全管理员授予，可选的角色和单位如下。', look: 'note' }],
      [heading('角色'), heading('管辖范围')],
      ...roles.map(({ name, level }): WorkbookCell[] => [{ value: name }, { value: reachTitles[level] }]),
      [heading('单位'), heading('代码')],
      ...units.map(({ name, note }): WorkbookCell[] => [{ value: name }, { value: note }]),
    ],
  };
  return [notes, known];
}

const heading = (value: string): WorkbookCell => ({ value, look: 'heading' });
