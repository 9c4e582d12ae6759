import type { Confidentiality, ResemblanceKind } from './lists.ts';

/** Who may open a piece of evidence beside its own unit, in words. */
export const confidentialityTitles: Readonly<Record<Confidentiality, string>> = {
  open: '公开',
  internal: '内部',
  sealed: '密封',
};

/** Why two pieces look alike, as a hint for whoever compares them; it is no verdict. */
export const resemblanceTitles: Readonly<Record<ResemblanceKind, string>> = {
  'same-file': '同一个文件',
  picture: '图片相近',
  text: '文字相近',
};
