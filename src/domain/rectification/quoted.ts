import { type FindingState, findingStateTitles } from './state.ts';

/** The headings of the findings in a letter that asks for their rectification. */
export const askedColumns = [
  { heading: '序号', align: 'center' },
  { heading: '问题', align: 'left' },
  { heading: '发现日期', align: 'center' },
  { heading: '完成时限', align: 'center' },
] as const;

/** The longest name of a finding that a title of a letter quotes; the table names every one in full. */
const longestQuoted = 30;

/**
 * The title of such a letter. It quotes a single finding with its whole name or not at all: a title is never cut. Of several it
 * says how many and of what kind.
 */
export function askedTitle(findings: readonly { readonly title: string; readonly kindName: string }[]): string {
  const [first, ...others] = findings;
  if (first === undefined) return '关于限期整改有关问题的通知书';
  if (others.length > 0) {
    const alike = others.every(({ kindName }) => kindName === first.kindName);
    const what = alike ? ` ${findings.length} 项“${first.kindName}”` : `“${first.kindName}”等 ${findings.length} 项`;
    return `关于限期整改${what}${alike && first.kindName.endsWith('问题') ? '' : '问题'}的通知书`;
  }
  const quoted = first.title.length <= longestQuoted ? first.title : first.kindName;
  return `关于限期整改“${quoted}”${quoted === first.title || quoted.endsWith('问题') ? '' : '问题'}的通知书`;
}

/** The findings as such a letter lists them. */
export function askedRows(
  findings: readonly { readonly title: string; readonly foundOn: string; readonly dueOn: string | null }[],
): string[][] {
  return findings.map(({ title, foundOn, dueOn }, at) => [String(at + 1), title, foundOn, dueOn ?? '']);
}

/** The headings of the findings in the answer to it. */
export const answeredColumns = [
  { heading: '序号', align: 'center' },
  { heading: '问题', align: 'left' },
  { heading: '整改情况', align: 'center' },
  { heading: '销号日期', align: 'center' },
] as const;

/** The findings as the answer lists them. */
export function answeredRows(
  findings: readonly { readonly title: string; readonly state: FindingState; readonly closedOn: string | null }[],
): string[][] {
  return findings.map(({ title, state, closedOn }, at) => [
    ...[String(at + 1), title, findingStateTitles[state], closedOn ?? ''],
  ]);
}

/** The findings that a letter can count. */
export const countedFindings = {
  all: '全部问题',
  open: '未销号问题',
  closed: '已销号问题',
  overdue: '逾期未整改问题',
} as const;
