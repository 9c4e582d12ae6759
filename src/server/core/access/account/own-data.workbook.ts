import { dayInChina, momentInChina } from '#domain/kit/school-year.ts';
import { type WorkbookCell, type WorkbookSheet, workbookReply } from '#platform/documents/workbook.ts';
import type { OwnData } from './own-data.store.ts';

type Value = string | number | null;

const at = (moment: Date | null): string | null => (moment === null ? null : momentInChina(moment).slice(0, 16));
const minute = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function sheet(name: string, headings: readonly string[], rows: readonly (readonly Value[])[]): WorkbookSheet {
  const head = headings.map((value): WorkbookCell => ({ value, look: 'heading' }));
  return {
    name,
    columnWidths: headings.map(() => 24),
    rows: [head, ...rows.map((row) => row.map((value): WorkbookCell => ({ value, look: 'label' })))],
    frozen: { rows: 1, columns: 0 },
  };
}

/** What the person may change, and whom the person asks for the rest. */
const corrections = [
  ['电话', '本人在“我的账户”的“个人信息”中修改'],
  ['邮箱、免打扰时段、不要的类别', '本人在“消息”的“邮件提醒”中修改，去掉即删除'],
  ['密码、动态验证码、登录、访问令牌', '本人在“我的账户”中修改、结束或撤销'],
  ['登录手机号', '本人在“我的账户”的“登录保护”中登记或去掉，由安全管理员核对'],
  ['姓名', '请系统管理员更正'],
  ['岗位、所在单位和科室', '请安全管理员更正'],
  ['办理记录和审计记录', '随所办的事项保存，不能更改；有误的由审计管理员核查'],
] as const;

/** The workbook of what is kept of a person. */
export function ownDataReply({ account, posts, standIns, sessions, tokens, mail }: OwnData, now: Date, asker: string) {
  const { quietFrom, quietUntil, digestAt } = mail ?? { quietFrom: null, quietUntil: null, digestAt: null };
  const sheets = [
    sheet(
      '账户',
      ['项目', '内容'],
      [
        ['姓名', account.name],
        ['用户名', account.username],
        ['电话', account.phone],
        ['登录手机号', account.mobile],
        ['待核对的手机号', account.mobileAsked],
        ['状态', account.status === 'active' ? '在用' : '停用'],
        ['建立', at(account.createdAt)],
        ['最近设定密码', at(account.passwordChangedAt)],
        ['动态验证码', account.secondFactor ? '已绑定' : '未绑定'],
        ['邮箱', mail?.address ?? null],
        ['邮箱确认', at(mail?.confirmedAt ?? null)],
        ['免打扰', quietFrom === null || quietUntil === null ? null : `${minute(quietFrom)} 至 ${minute(quietUntil)}`],
        ['每天合成一封', digestAt === null ? null : minute(digestAt)],
        ['不要的消息类别', mail?.refused ?? 0],
        ['导出', at(now)],
      ],
    ),
    sheet(
      '岗位',
      ['角色', '单位或学校', '科室', '授予', '收回'],
      posts.map((post) => [post.role, post.place, post.section, at(post.grantedAt), at(post.revokedAt)]),
    ),
    sheet(
      '代办',
      ['岗位的人', '代办人', '角色', '起', '止', '结束'],
      standIns.map((one) => [one.principal, one.standIn, one.role, at(one.from), one.until, at(one.endedAt)]),
    ),
    sheet(
      '登录',
      ['地址', '设备', '登录', '最近使用'],
      sessions.map((one) => [one.address, one.device, at(one.startedAt), at(one.lastSeenAt)]),
    ),
    sheet(
      '访问令牌',
      ['名称', '建立', '到期', '最近使用', '撤销'],
      tokens.map((one) => [one.name, at(one.createdAt), at(one.expiresAt), at(one.lastUsedAt), at(one.revokedAt)]),
    ),
    sheet('更正', ['内容', '怎样更正'], corrections),
  ];
  return workbookReply(`个人信息-${account.username}-${dayInChina(now)}.xlsx`, sheets, asker);
}
