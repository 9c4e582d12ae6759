import { type Day, dayInLetter } from '../kit/school-year.ts';
import { printedLine as printed, printedText as printedLines } from '../text/printed.ts';
import { rowsOf, withFigures } from './figure.ts';
import { HeadingNumbers } from './heading-number.ts';
import type { Letter, LetterTable } from './letter.shape.ts';
import { type FittedMark, fitMark } from './mark-fit.ts';
import { areaWidth, measures, recalledMeasures } from './measures.ts';
import { letterNumberText } from './number-text.ts';
import { widthInCharacters } from './text-width.ts';
import { titleLines } from './title-lines.ts';

/** A column of a table; the shares of all columns are the proportion of their widths. */
export interface LaidColumn {
  readonly heading: string;
  readonly align: 'left' | 'center' | 'right';
  readonly share: number;
}

export type LaidBlock =
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly text: string;
      /** Whether something stands below it that it must not be parted from by the end of a page. */
      readonly leads: boolean;
    }
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly caption: string | null;
      readonly columns: readonly LaidColumn[];
      readonly rows: ReadonlyArray<readonly string[]>;
      /** For each row, whether it may go on over the end of a page: so high that a page would be left with a gap for it. */
      readonly breaks: readonly boolean[];
    };

/** A letter as both writers print it: every text in its final words, parted and numbered. */
export interface LaidLetter {
  /** Printed without red head, 版记 and page number. */
  readonly certificate: boolean;
  readonly mark: FittedMark;
  readonly number: string;
  readonly title: readonly string[];
  /** With its colon; null where the letter names no addressee. */
  readonly addressees: string | null;
  readonly body: readonly LaidBlock[];
  /** 附件说明, a name each; numbered where there are several. */
  readonly attachments: readonly { readonly number: string; readonly name: string }[];
  readonly signature: LaidSignature;
  readonly imprint: { readonly copyTo: string | null; readonly printedBy: string; readonly printedOn: string };
  /** The day from which the files take their dates. */
  readonly day: Day | null;
}

/** The unit with which the signer issues a letter. */
export interface LaidJointSigner {
  readonly name: string;
  readonly right: number;
  /** Blank lines below the signer; null where both stand beside each other. */
  readonly linesAbove: number | null;
}

/** Signature and date, with their distances from the right in characters of the body. */
export interface LaidSignature {
  readonly sealed: boolean;
  readonly linesAbove: number;
  readonly signer: string;
  readonly signerRight: number;
  readonly joint: LaidJointSigner | null;
  readonly date: string;
  readonly dateRight: number;
}

/**
 * Lays a letter out for the writers. Control characters, marks that turn the direction of writing, and signs that no file
 * can hold are left out: what is read on paper is all that the files contain.
 */
export function layOutLetter(letter: Letter): LaidLetter {
  const { number, title } = letter;
  const certificate = letter.form === 'certificate';
  return {
    certificate,
    mark: fitMark(printed(letter.head)),
    number: letterNumberText({ ...number, code: printed(number.code) }),
    // In lists a certificate bears the name of its holder behind its title.
    title: titleLines(printedLines(certificate ? title.replace(/（[^（）]*）$/u, '') || title : title)),
    addressees: letter.addressees.length === 0 ? null : `${letter.addressees.map(printed).join('，')}：`,
    body: bodyOf(letter),
    attachments: letter.attachments.map((name, at) => ({
      number: letter.attachments.length === 1 ? '' : `${at + 1}.`,
      name: printed(name),
    })),
    signature: signatureOf(letter),
    imprint: {
      copyTo: letter.copyTo.length === 0 ? null : `${letter.copyTo.map(printed).join('，')}。`,
      printedBy: printed(letter.printedBy),
      printedOn: `${dayInWords(letter.printedOn ?? letter.date)}印发`,
    },
    day: letter.date,
  };
}

function bodyOf({ body, figures = [] }: Letter): LaidBlock[] {
  const numbers = new HeadingNumbers();
  const words = (text: string) => printed(withFigures(text, figures));
  return body.map((block, at): LaidBlock => {
    if (block.kind === 'heading') {
      const next = body[at + 1];
      const leads = next !== undefined && (next.kind !== 'heading' || next.level > block.level);
      return { ...block, text: `${numbers.next(block.level)}${words(block.text)}`, leads };
    }
    return block.kind === 'paragraph' ? { ...block, text: words(block.text) } : tableOf(block, figures);
  });
}

/**
 * Whether the end of the body is also its beginning, and 附件说明 follows it: the first page shows the beginning of the body
 * (首页必须显示正文), and the signature stands with 附件说明 on the next.
 */
export function beginsLetter({ body, attachments }: Pick<LaidLetter, 'body' | 'attachments'>): boolean {
  const before = body.slice(0, -1);
  const isLed = before.every((block) => block.kind === 'heading' && block.leads);
  return isLed && body.at(-1)?.kind !== 'table' && attachments.length > 0;
}

/** The widest and the narrowest column in characters: beyond it a text is broken, and no column is a sliver. */
const columnWidths = { widest: 16, narrowest: 3 };
/** A row of as many lines stays on one page. */
const keptRowLines = 4;
/** Characters in a line of a table. */
const tableLine = areaWidth / recalledMeasures.tableSize;

/**
 * The widths of columns in one line: where there is no room for all of them the widest are made narrower, so that a short
 * word is not broken for a long text beside it.
 */
function fittingWidths(wanted: readonly number[]): number[] {
  let [room, left] = [tableLine, wanted.length];
  let most = Number.POSITIVE_INFINITY;
  for (const width of [...wanted].sort((one, other) => one - other)) {
    if (width * left > room) {
      most = room / left;
      break;
    }
    room -= width;
    left -= 1;
  }
  return wanted.map((width) => Math.min(width, most));
}

function tableOf(table: LetterTable, figures: NonNullable<Letter['figures']>): LaidBlock {
  const { caption, columns } = table;
  const cells = rowsOf(table, figures).map((row) => row.map(printed));
  const wanted = (inHeading: (heading: string) => number) =>
    columns.map(({ heading }, at) => {
      const widest = Math.max(inHeading(printed(heading)), ...cells.map((row) => widthInCharacters(row[at]!)));
      return Math.min(Math.max(widest, columnWidths.narrowest), columnWidths.widest) + 1;
    });
  const whole = wanted(widthInCharacters);
  const isRoomy = whole.reduce((sum, width) => sum + width, 0) <= tableLine;
  // Where room is short, a long heading stands in two lines.
  const shares = isRoomy
    ? whole
    : fittingWidths(wanted((text) => Math.max(widthInCharacters(text) / 2, Math.min(widthInCharacters(text), 4))));
  const sum = shares.reduce((all, share) => all + share, 0);
  const inLine = shares.map((share) => (share / sum) * tableLine - 1);
  return {
    kind: 'table',
    caption: caption === null ? null : printed(caption),
    columns: columns.map(({ heading, align }, at) => ({ heading: printed(heading), align, share: shares[at]! })),
    rows: cells,
    breaks: cells.map((row) => row.some((text, at) => widthInCharacters(text) > keptRowLines * inLine[at]!)),
  };
}

/**
 * With a seal the date stands four characters from the right and the signature is centred above it, because the seal covers
 * both; one that is too long for it moves the date. Without a seal the date begins two characters right of the signature,
 * and the one that ends farther right is two characters from the edge.
 */
function signedAlone(letter: Pick<Letter, 'signer' | 'sealed' | 'date'>): LaidSignature {
  const signer = printed(letter.signer);
  const date = dayInWords(letter.date);
  const joint = null;
  const longer = widthInCharacters(signer) - widthInCharacters(date);
  const { signerRight, linesAboveSeal, linesAboveSigner } = recalledMeasures;
  if (letter.sealed) {
    const centred = measures.dateRight - longer / 2;
    const kept = Math.max(centred, 0);
    const both = { signerRight: kept, dateRight: kept + longer / 2 };
    return { sealed: true, linesAbove: linesAboveSeal, signer, joint, date, ...both };
  }
  const both =
    longer - signerRight >= 0
      ? { signerRight, dateRight: longer }
      : { signerRight: signerRight + signerRight - longer, dateRight: signerRight };
  return { sealed: false, linesAbove: linesAboveSigner, signer, joint, date, ...both };
}

/**
 * Where two units issue a letter, the lead's signature comes first (GB/T 9704-2012, 7.3.5). With seals both stand in one row, the
 * last one above the date and the lead's as far from the left as that one from the right; names too long for it stand below
 * each other. Without seals they begin below each other, and the date two characters right of them.
 */
function signatureOf(letter: Letter): LaidSignature {
  if (letter.jointSigner === undefined) return signedAlone(letter);
  const [signer, name] = [printed(letter.signer), printed(letter.jointSigner)];
  const [lead, other] = [widthInCharacters(signer), widthInCharacters(name)];
  if (!letter.sealed) {
    const both = signedAlone({ ...letter, signer: lead >= other ? signer : name });
    const rightOf = (width: number) => both.signerRight + Math.max(lead, other) - width;
    return { ...both, signer, signerRight: rightOf(lead), joint: { name, right: rightOf(other), linesAbove: 0 } };
  }
  const last = signedAlone({ ...letter, signer: name });
  const middle = last.signerRight + other / 2;
  const { signerGap, sealGap, linesBetweenSeals } = recalledMeasures;
  const beside = measures.characters - middle - lead / 2;
  const isRoom = beside + lead <= measures.characters && beside >= last.signerRight + other + signerGap;
  if (isRoom && measures.characters - 2 * middle >= sealGap) {
    return { ...last, signer, signerRight: beside, joint: { name, right: last.signerRight, linesAbove: null } };
  }
  const signerRight = Math.max(middle - lead / 2, 0);
  return { ...last, signer, signerRight, joint: { name, right: last.signerRight, linesAbove: linesBetweenSeals } };
}

/** Blanks for a day that is not set yet. */
const dayInWords = (day: Day | null): string => (day === null ? '　　年　月　日' : dayInLetter(day));
