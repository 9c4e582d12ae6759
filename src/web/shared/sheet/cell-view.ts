/** The meaning of a mark; colour alone never carries it. The order is the weight: the first two of a cell are drawn. */
export const marks = {
  conflict: { glyph: '⇄', tone: 'fails', word: '与他人同时修改，待您选择' },
  refused: { glyph: '!', tone: 'fails', word: '未能保存' },
  invalid: { glyph: '✕', tone: 'fails', word: '有错误' },
  doubt: { glyph: '▲', tone: 'look', word: '有疑点，须说明' },
  waiting: { glyph: '↑', tone: 'accent', word: '已存本机，等待上传' },
  returned: { glyph: '↩', tone: 'look', word: '退回修改' },
  explained: { glyph: '△', tone: 'look', word: '疑点已说明' },
  comment: { glyph: '批', tone: 'accent', word: '有批注' },
  locked: { glyph: '锁', tone: 'faint', word: '已锁定' },
  saved: { glyph: '✓', tone: 'holds', word: '刚刚保存到服务器' },
} as const satisfies Record<
  string,
  { glyph: string; tone: 'fails' | 'look' | 'accent' | 'holds' | 'faint'; word: string }
>;

export type MarkName = keyof typeof marks;

const order = Object.keys(marks) as MarkName[];

/** Heaviest first. */
export function sortMarks(names: readonly MarkName[]): MarkName[] {
  return [...names].sort((left, right) => order.indexOf(left) - order.indexOf(right));
}

/** One cell as the sheet draws it; the sheet does not know what its values mean. */
export interface CellView {
  /** As shown; `—` where a value is missing. */
  readonly text: string;
  /** As edited and copied: bare digits, empty where missing. */
  readonly raw: string;
  /** Faint below it: the value of the year before. */
  readonly faint?: string | undefined;
  readonly marks: readonly MarkName[];
  readonly editable: boolean;
  /** `computed` from other values; `absent` where this kind of school has no such field. */
  readonly kind: 'entered' | 'computed' | 'absent';
  readonly missing?: boolean;
  readonly choices?: readonly string[] | undefined;
}

export interface SheetColumn {
  readonly key: string;
  readonly title: string;
  /** Above the title: the section it belongs to. */
  readonly over?: string | undefined;
  readonly unit?: string | undefined;
  /** In rem. */
  readonly width: number;
  readonly align: 'end' | 'start';
}

export interface FrozenColumn<Row> {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly cell: (row: Row) => React.ReactNode;
}
