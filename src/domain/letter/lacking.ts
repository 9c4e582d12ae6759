import { rowsOf } from './figure.ts';
import type { Letter } from './letter.shape.ts';
import { type LetterKind, openKinds } from './state.ts';

/** What the templates leave for whoever drafts: `××专项督导`, `×月×日`, `202×年`. Before a figure or a bracket it multiplies. */
const blank = /×(?!\s*[\d０-９(（])/;

/** What a letter still lacks before anybody judges it, each with its place: blanks of its template, and 主送机关. */
export function lackingOf(kind: LetterKind, letter: Letter): string[] {
  const { title, addressees, body, attachments, copyTo, figures = [] } = letter;
  const texts: readonly (readonly [place: string, texts: readonly string[]])[] = [
    ['标题', [title]],
    ['主送机关', addressees],
    ...body.map((block, at) => {
      const said = block.kind === 'table' ? [block.caption ?? '', ...rowsOf(block, figures).flat()] : [block.text];
      return [`第 ${at + 1} 部分`, said] as const;
    }),
    ['附件说明', attachments],
    ['抄送机关', copyTo],
  ];
  const blanks = texts.filter(([, said]) => said.some((text) => blank.test(text))).map(([place]) => place);
  return [
    ...(addressees.length === 0 && !openKinds.includes(kind) ? ['没有主送机关'] : []),
    ...(blanks.length === 0 ? [] : [`${blanks.join('、')}还有“×”没有填写`]),
  ];
}
