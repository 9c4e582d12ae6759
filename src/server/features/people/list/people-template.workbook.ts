import { type ActorLevel, reachTitles } from '#domain/access/actor.ts';
import { longestPersonName } from '#domain/access/people-list.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';
import { headingOf, mostPeople } from './people.workbook.ts';

type Key = keyof typeof headingOf;

/**
 * What each column takes. The example stands here and not on the sheet of the list, where it would become an account. It
 * names a school of the city's first county, with a code as its province gives them.
 */
function explainedFor(units: Known['units']): Readonly<Record<Key, readonly [example: string, meaning: string]>> {
  const county = units.find(({ note }) => /^\d{6}$/.test(note) && !note.endsWith('00'));
  return {
    name: ['王小明', `必填，本人姓名，最多 ${longestPersonName} 个字`],
    phone: ['13800000000', '必填，至少 4 位数字；只含数字、空格和 + - ( )，最多 20 位。同名的人按姓名和电话区分'],
    role: ['校长', '必填，见“角色与单位”表；三员和项目人员不在名单里授予'],
    place: [
      `${county?.name ?? ''}实验小学`,
      '学校岗位填学校名称（填了标识码的可不填）；其他岗位填单位名称、简称或代码；市级岗位可不填',
    ],
    section: ['督导科', '可不填；市级、县级单位的岗位填单位之下的科室、部门或直属单位，学校岗位不填'],
    code: [`21${county?.note.slice(0, 2) ?? '11'}000001`, '学校岗位填 10 位学校标识码，最为可靠；其他岗位不填'],
    username: [
      'wang.xm',
      '可不填，由系统按姓名拼音首字母和电话末四位给出；3 至 30 个字符，以字母开头，只含小写字母、数字、点、横线和下划线',
    ],
  };
}

/** The roles and units that posts can be granted in. */
interface Known {
  readonly roles: ReadonlyArray<{ readonly name: string; readonly level: ActorLevel }>;
  readonly units: ReadonlyArray<{ readonly name: string; readonly note: string }>;
}

const keys = Object.keys(headingOf) as Key[];

/** An empty list of people, with the sheets that explain it. */
export function peopleTemplate(known: Known): WorkbookSheet[] {
  const list: WorkbookSheet = {
    name: '人员',
    columnWidths: [16, 20, 20, 32, 20, 16, 20],
    rows: [keys.map((key) => heading(headingOf[key]))],
    frozen: { rows: 1, columns: 0 },
  };
  return [list, ...explainedPeople(known)];
}

/** What each column takes, and the roles and units that are known. */
export function explainedPeople({ roles, units }: Known): WorkbookSheet[] {
  const explained = explainedFor(units);
  const notes: WorkbookSheet = {
    name: '填写说明',
    columnWidths: [12, 18, 90],
    rows: [
      [{ value: '人员名单：填写说明', look: 'title' }],
      [
        {
          value: `在“人员”表中每行填一人的一个岗位，一人有几个岗位填几行，最多 ${mostPeople} 行。全部正确才会提出；岗位由安全管理员成批授予后生效。`,
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
      [{ value: '名单里可填的角色和单位如下；学校按学校名录的名称或标识码填写。', look: 'note' }],
      [heading('角色'), heading('管辖范围')],
      ...roles
        .filter(({ level }) => level !== 'none' && level !== 'campaign')
        .map(({ name, level }): WorkbookCell[] => [{ value: name }, { value: reachTitles[level] }]),
      [heading('单位'), heading('代码')],
      ...units.map(({ name, note }): WorkbookCell[] => [{ value: name }, { value: note }]),
    ],
  };
  return [notes, known];
}

const heading = (value: string): WorkbookCell => ({ value, look: 'heading' });
