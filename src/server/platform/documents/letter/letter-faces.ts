import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fontFamilies } from './font-names.ts';

/**
 * The faces of a letter, with the names under which their fonts are known. Without a title the font of the product is the
 * face itself and stands in for nothing.
 */
const wanted = {
  body: { title: '仿宋_GB2312', families: ['FangSong_GB2312', '仿宋_GB2312', 'FangSong', '仿宋'] },
  kai: { title: '楷体_GB2312', families: ['KaiTi_GB2312', '楷体_GB2312', 'KaiTi', '楷体'] },
  title: {
    title: '方正小标宋简体',
    families: ['FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05', '方正小标宋简体', '方正小标宋_GBK'],
  },
  hei: { title: null, families: ['SimHei', '黑体'] },
  song: { title: null, families: ['SimSun', '宋体', 'NSimSun'] },
} as const;

export type FaceName = keyof typeof wanted;

/** Fonts that come with the product, free to pass on: 宋 for everything, 黑 for the headings that ask for it. */
const shipped = {
  song: {
    family: 'Noto Serif SC',
    module: '@expo-google-fonts/noto-serif-sc/package.json',
    file: '400Regular/NotoSerifSC_400Regular.ttf',
  },
  hei: { family: 'Noto Sans S Chinese', module: '@embedpdf/fonts-sc', file: '../fonts/NotoSansHans-Medium.otf' },
} as const;

/** A face as it is printed: the families in the order in which a character is looked for. */
export interface Face {
  readonly families: readonly string[];
  /** Whether another font stands in for the wanted one. */
  readonly substitute: boolean;
}

/** A font that a letter should have and that another one stands in for. */
export interface Substitution {
  /** The name of the font, as offices know it: 仿宋_GB2312. */
  readonly wanted: string;
  readonly used: string;
}

export interface LetterFaces {
  readonly faces: Readonly<Record<FaceName, Face>>;
  readonly fonts: readonly Uint8Array[];
  readonly substitutions: readonly Substitution[];
}

/**
 * Finds the fonts of a letter: those of the operator's folder by the names inside their files, and where one is not there,
 * a font of the product, which is then reported.
 * @param folder with the fonts that the office has a licence for; null: none
 */
export function findFaces(folder: string | null): LetterFaces {
  const own = folder === null ? [] : readFolder(folder);
  const fonts: Uint8Array[] = [];
  const substitutions: Substitution[] = [];
  const ofProduct = Object.fromEntries(
    Object.entries(shipped).flatMap(([name, font]) => {
      const bytes = readShipped(font);
      if (bytes === undefined) return [];
      fonts.push(bytes);
      return [[name, font.family]];
    }),
  ) as Partial<Record<keyof typeof shipped, string>>;
  // Song has the most characters, so it comes last in every face.
  const lasts = [ofProduct.song, ofProduct.hei].filter((family) => family !== undefined);
  const faceOf = (name: FaceName): Face => {
    const { title, families } = wanted[name];
    const found = own.find((font) => font.families.some((family) => (families as readonly string[]).includes(family)));
    if (found !== undefined) {
      if (!fonts.includes(found.bytes)) fonts.push(found.bytes);
      return { families: [...found.families, ...lasts], substitute: false };
    }
    const first = name === 'hei' ? ofProduct.hei : undefined;
    const all = [...new Set([...(first === undefined ? [] : [first]), ...lasts])];
    if (all[0] === undefined) throw new Error('no font for letters is installed beside the product');
    if (title !== null) substitutions.push({ wanted: title, used: all[0] });
    return { families: all, substitute: title !== null };
  };
  const faces = Object.fromEntries((Object.keys(wanted) as FaceName[]).map((name) => [name, faceOf(name)]));
  return { faces: faces as Record<FaceName, Face>, fonts, substitutions };
}

function readFolder(folder: string): { families: string[]; bytes: Uint8Array }[] {
  return readdirSync(folder)
    .filter((name) => /\.(ttf|otf|ttc)$/i.test(name))
    .sort()
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name));
      return { families: fontFamilies(bytes), bytes };
    });
}

const { resolve } = createRequire(import.meta.url);

function readShipped({ module, file }: (typeof shipped)[keyof typeof shipped]): Uint8Array | undefined {
  try {
    return readFileSync(path.join(path.dirname(resolve(module)), file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' || code === 'ENOENT') return undefined;
    throw error;
  }
}
