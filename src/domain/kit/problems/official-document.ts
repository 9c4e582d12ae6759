import { changedTo, type LastChange } from '../last-change.ts';

/** How somebody comes to a 机关代字. */
function seriesWay({ managedBy, own }: { readonly managedBy: readonly string[]; readonly own: boolean }): string {
  if (own) return '请先在“公文 › 机关代字”页设立';
  if (managedBy.length === 0) return '请联系安全管理员，把“维护机关代字”权限给本单位的一个角色';
  return `请由本单位的${managedBy.join('或')}在“公文 › 机关代字”页设立`;
}

/** Refusals when official letters are drafted, issued and received. */
export const officialDocumentProblems = {
  'letter.changed': {
    status: 409,
    kind: 'conflict',
    sentence: ({ title, state, last }: { title: string; state: string; last?: LastChange | undefined }) =>
      changedTo(`公文“${title}”`, state, last),
  },
  'letter.noSeries': {
    status: 409,
    kind: 'state',
    /**
     * `managedBy`: the roles that open a series, by name; empty where nobody may. `own`: the person may. Null: nobody asked
     * who may, so the sentence does not say.
     */
    sentence: (details: { managedBy: readonly string[]; own: boolean } | null) =>
      `这份公文还没有选定机关代字，不能送审；请在修改页选定${details === null ? '' : `，没有可选的${seriesWay(details)}`}。`,
  },
  'letter.seriesClosed': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string }) =>
      `机关代字“${details.code}”已经停用，不再编号。请在修改页另选机关代字，或在“公文 › 机关代字”页恢复使用。`,
  },
  'letter.ownText': {
    status: 409,
    kind: 'state',
    sentence: (details: { name: string; action: string }) =>
      `这份公文的文字由${details.name}拟写或修改过，拟稿、修改的人不能“${details.action}”；请由他人办理这一步。`,
  },
  'letter.notCosigned': {
    status: 409,
    kind: 'state',
    sentence: (details: { unit: string }) =>
      `这份公文由两个单位联合办理，${details.unit}还没有会签，不能编号印发。请由${details.unit}有审核权限的人用本人账号会签；不再会签的，由有签发权的人写明理由“免去会签”。`,
  },
  'letter.nothingToCosign': {
    status: 409,
    kind: 'state',
    sentence: () => '这份公文不用会签，或者会签单位已经会签、已被免去会签；请刷新后核对。',
  },
  'letter.seriesUnknown': {
    status: 422,
    kind: 'input',
    sentence: () => '所选的机关代字不是本单位的，或已停用，或不用于这种公文；请另选一个。',
  },
  'letter.seriesTaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { code: string }) =>
      `本单位已有机关代字“${details.code}”，同一代字只能有一个编号序列，不能重复设立。`,
  },
  'letter.codeElsewhere': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { code: string; place: string }) =>
      `机关代字“${details.code}”是${details.place}的，收文单位凭代字辨认发文单位，别的单位不能使用；请另取一个。`,
  },
  'letter.numbersEnd': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string; last: number }) =>
      `“${details.code}”本年的号数已编到 ${details.last}，没有号可编了；请另设一个机关代字，在“修改”中改用后再办理。`,
  },
  'letter.recipientClosed': {
    status: 409,
    kind: 'state',
    sentence: (details: { names: readonly string[] }) =>
      `收文单位中 ${details.names.slice(0, 5).join('、')}${details.names.length > 5 ? `等 ${details.names.length} 个` : ''}已撤销，无人签收；请退回修改，移除后重新送审。`,
  },
  'letter.filesClosed': {
    status: 409,
    kind: 'state',
    sentence: (details: { names: readonly string[] }) =>
      `附件 ${details.names.slice(0, 5).join('、')}${details.names.length > 5 ? `等 ${details.names.length} 个` : ''}仅上传人和审核人员可以打开，印发后收文单位打不开；请移除，或移除后改选“能查看该事项的人员”重新附上，再送审。`,
  },
  'letter.seriesUsed': {
    status: 409,
    kind: 'state',
    sentence: (details: { code: string; year: number }) =>
      `“${details.code}”${details.year} 年已有编号，或补登的纸质公文中有不小于这个起始号的；起始号只能在编号之前设定和修改。`,
  },
  'letter.dayBack': {
    status: 422,
    kind: 'input',
    sentence: (details: { code: string; day: string; today: string }) =>
      `“${details.code}”上一件的印发日期，或本件的成文日期 ${details.day} 晚于今天 ${details.today}，不能倒签；请核对服务器日期后再印发。`,
  },
  'letter.recipientUnknown': {
    status: 422,
    kind: 'input',
    sentence: () =>
      '收文单位中有的不在可送达的范围内：市送本市的县（市、区）和学校，县送本县的学校和市；请删去后另选。',
  },
  'letter.numberTaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { number: string }) => `发文登记中已有 ${details.number}，请核对号数。`,
  },
  'letter.notOnPaper': {
    status: 422,
    kind: 'input',
    sentence: (details: { first: number }) =>
      `补登的纸质公文号数应小于起始号 ${details.first}；请先设起始号，或核对号数。`,
  },
  'letter.paperAhead': {
    status: 422,
    kind: 'input',
    sentence: (details: { day: string; today: string }) =>
      `补登的纸质公文印发日期 ${details.day} 晚于今天 ${details.today}，请核对日期。`,
  },
  'letter.lacking': {
    status: 422,
    kind: 'input',
    sentence: (details: { lacking: readonly string[] }) =>
      `公文还没有写完：${details.lacking.slice(0, 8).join('；')}。请点“修改”补齐后再送审。`,
  },
  'letter.figureUnknown': {
    status: 422,
    kind: 'input',
    sentence: () => '所选的数据不在本人管辖范围内，或所列的问题已不在台账中；请另选单位或数据项。',
  },
  'letter.figureMissing': {
    status: 422,
    kind: 'input',
    sentence: (details: { label: string }) => `现在没有“${details.label}”这项数据；请另选学年或数据项，或改为手写。`,
  },
  'letter.figuresChanged': {
    status: 409,
    kind: 'state',
    sentence: (details: { action: string; changes: readonly string[] }) =>
      `公文中有 ${details.changes.length} 项数据在取数之后已有变化：${details.changes.slice(0, 5).join('；')}。请取新值，或确认仍按原值“${details.action}”。`,
  },
  'letter.figuresChangedSince': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { action: string; changes: readonly string[] }) =>
      `您确认之后，公文中又有 ${details.changes.length} 项数据有变：${details.changes.slice(0, 5).join('；')}。请刷新后再核对一遍，再取新值或确认仍按原值“${details.action}”。`,
  },
  'letter.textWrong': {
    status: 422,
    kind: 'input',
    sentence: (details: { issues: ReadonlyArray<{ path: string; message: string }> }) =>
      `公文还有 ${details.issues.length} 处要改：${details.issues
        .slice(0, 5)
        .map(({ message }) => message)
        .join('；')}。`,
  },
  'letter.receiptClosed': {
    status: 409,
    kind: 'state',
    sentence: (details: { number: string; state: string }) =>
      `来文 ${details.number} 现在是“${details.state}”，不需要签收；请刷新后查看。`,
  },
} as const;
