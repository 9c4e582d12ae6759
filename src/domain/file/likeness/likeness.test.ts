import { describe, expect, it } from 'vitest';
import { type Generator, generator } from '../../kit/generator.ts';
import { type Frame, type Luminance, resampled, wholeFrame } from './luminance.ts';
import { withoutMargin } from './margin.ts';
import { pictureKeys, pictureProbes } from './picture-keys.ts';
import { pictureLikeness, pictureView } from './picture-likeness.ts';
import { picturePrint, picturePrintBytes, printSide, readPicturePrint } from './picture-print.ts';
import { PrintLibrary } from './print-library.ts';
import { comparable, hintFrom, pictureResemblance, resemblance, textResemblance } from './resemblance.ts';
import {
  plainLetters,
  readTextPrint,
  sampleLikeness,
  type TextPrint,
  textKeys,
  textPrint,
  textPrintBytes,
} from './text-print.ts';

/** A picture of boxes in many shades, with a little grain. */
function drawPicture(draw: Generator, width = 480, height = 320): Luminance {
  const values = new Uint8Array(width * height).fill(draw.integer(120, 200));
  for (let box = 0; box < 70; box += 1) {
    const [left, top] = [draw.integer(0, width - 20), draw.integer(0, height - 20)];
    const [right, bottom] = [left + draw.integer(8, 110), top + draw.integer(8, 90)];
    const shade = draw.integer(20, 240);
    for (let y = top; y < Math.min(bottom, height); y += 1) {
      values.fill(shade, y * width + left, y * width + Math.min(right, width));
    }
  }
  return { width, height, values: values.map((value) => value + draw.integer(-3, 3)) };
}

/** The same within a frame, in another size, brighter and paler. */
function copyOf(picture: Luminance, frame: Frame, width: number, height: number): Luminance {
  const { values } = resampled(picture, frame, width, height);
  return { width, height, values: Uint8Array.from(values, (value) => Math.round(20 + value * 0.8)) };
}

const printOf = (picture: Luminance) => picturePrint(picture)!;
const viewOf = (picture: Luminance) => pictureView(printOf(picture));
const shareKey = (one: readonly number[], other: readonly number[]) => one.some((key) => other.includes(key));

describe('a picture in another size', () => {
  it('keeps its shades, and the mean of two halves', () => {
    const even = resampled({ width: 30, height: 20, values: new Uint8Array(600).fill(77) }, wholeFrame, 7, 5);
    expect([...even.values].every((value) => Math.abs(value - 77) < 1e-3)).toBe(true);
    const values = Uint8Array.from({ length: 400 }, (_, at) => (at % 20 < 10 ? 0 : 200));
    const [left, right] = resampled({ width: 20, height: 20, values }, wholeFrame, 2, 1).values;
    expect(left! + right!).toBeCloseTo(200, 3);
    expect(right!).toBeGreaterThan(150);
  });

  it('of a frame holds nothing of what is far outside', () => {
    const values = Uint8Array.from({ length: 100 }, (_, at) => (at % 10 < 5 ? 0 : 255));
    const right = resampled({ width: 10, height: 10, values }, { ...wholeFrame, left: 0.7 }, 3, 3);
    expect([...right.values].every((value) => value > 254.9)).toBe(true);
  });
});

describe('the print of a picture', () => {
  it('is missing where there is too little to compare: blank, small or narrow', () => {
    const grain = generator('blank');
    const blank = Uint8Array.from({ length: 300 * 200 }, () => 240 + grain.integer(-3, 3));
    expect(picturePrint({ width: 300, height: 200, values: blank })).toBeNull();
    expect(picturePrint(drawPicture(generator('small'), 90, 60))).toBeNull();
    expect(picturePrint(drawPicture(generator('narrow'), 600, 60))).toBeNull();
    expect(printOf(drawPicture(generator('whole')))).toMatchObject({ width: printSide, height: 107 });
  });

  it('is stored and read again; one of another version is not read, and rubbish is refused', () => {
    const print = printOf(drawPicture(generator('stored')));
    const bytes = picturePrintBytes(print);
    expect(readPicturePrint(bytes)).toEqual(print);
    expect(readPicturePrint(Uint8Array.of(9, ...bytes.subarray(1)))).toBeNull();
    expect(() => readPicturePrint(bytes.subarray(0, 50))).toThrow(RangeError);
  });
});

describe('near-same pictures', () => {
  const draw = generator('pictures');
  const pictures = Array.from({ length: 12 }, () => drawPicture(draw));
  const prints = pictures.map(printOf);
  const views = prints.map(pictureView);

  it.each<[string, Frame, number, number]>([
    ['saved smaller and paler', wholeFrame, 301, 200],
    ['cut at two sides', { ...wholeFrame, left: 0.05, bottom: 0.95 }, 456, 304],
    ['cut all around', { left: 0.025, top: 0.025, right: 0.975, bottom: 0.975 }, 456, 304],
    ['cut and smaller', { left: 0.04, top: 0.01, right: 0.99, bottom: 0.96 }, 300, 200],
  ])('are found and told: %s', (_, frame, width, height) => {
    for (const [at, picture] of pictures.entries()) {
      const copy = printOf(copyOf(picture, frame, width, height));
      expect(shareKey(pictureProbes(copy), pictureKeys(prints[at]!))).toBe(true);
      expect(shareKey(pictureProbes(prints[at]!), pictureKeys(copy))).toBe(true);
      expect(pictureLikeness(pictureView(copy), views[at]!)).toBeGreaterThan(0.95);
      expect(pictureLikeness(views[at]!, pictureView(copy))).toBeGreaterThan(0.95);
    }
  });

  it('other pictures are neither found nor told', () => {
    for (const [at, print] of prints.entries()) {
      const probes = pictureProbes(print);
      for (let other = 0; other < at; other += 1) {
        expect(shareKey(probes, pictureKeys(prints[other]!))).toBe(false);
        expect(pictureResemblance(views[at]!, views[other]!)).toBeNull();
      }
    }
  });

  it('a picture of which a part shows something else is not near-same', () => {
    for (const [at, picture] of pictures.entries()) {
      const changed = Uint8Array.from(picture.values);
      const other = pictures[(at + 1) % pictures.length]!;
      for (let y = 0; y < 160; y += 1) {
        changed.set(other.values.subarray(y * 480, y * 480 + 240), y * 480);
      }
      const likeness = pictureLikeness(viewOf({ ...picture, values: changed }), views[at]!)!;
      expect(likeness).toBeLessThan(hintFrom.picture);
    }
  });

  it('a picture on a white sheet is the picture without the sheet', () => {
    const picture = pictures[0]!;
    const sheet = { width: 700, height: 900, values: new Uint8Array(700 * 900).fill(255) };
    for (let y = 0; y < picture.height; y += 1) {
      sheet.values.set(picture.values.subarray(y * 480, (y + 1) * 480), (y + 200) * 700 + 100);
    }
    const inner = withoutMargin(sheet)!;
    expect([inner.width, inner.height]).toEqual([picture.width, picture.height]);
    expect(pictureLikeness(viewOf(inner), views[0]!)).toBe(1);
    expect(withoutMargin(picture)).toBeNull();
  });
});

/** Sentences of made-up figures, so that no two texts are alike. */
const drawText = (draw: Generator, words: Generator) =>
  Array.from(
    { length: 30 },
    () =>
      `${words.pick(['学校', '教师', '课程', '操场', '图书'])}${words.integer(0, 99_999)}甲乙丙丁，本年 ${draw.integer(1000, 9999)} 个。`,
  ).join('\n');

describe('the print of a text', () => {
  it('does not see spaces, punctuation, widths and case', () => {
    const text = 'ABC 学校，2024 年有 1,234 名学生。';
    expect(plainLetters(text)).toBe('abc学校2024年有1234名学生');
    expect(plainLetters('ａｂｃ学 校\n２０２４年 有１２３４名学生')).toBe(plainLetters(text));
  });

  it('is missing for a text that is too short', () => {
    expect(textPrint('表一：学校基本情况')).toBeNull();
    expect(textPrint('')).toBeNull();
  });

  it('is stored and read again; one of another version is not read, and rubbish is refused', () => {
    const print = textPrint(drawText(generator('a'), generator('b')))!;
    const bytes = textPrintBytes(print);
    expect(readTextPrint(bytes)).toEqual(print);
    expect(readTextPrint(Uint8Array.of(9, ...bytes.subarray(1)))).toBeNull();
    expect(() => readTextPrint(bytes.subarray(0, 50))).toThrow(RangeError);
  });

  it('estimates the resemblance of two sets of shingles', () => {
    const draw = generator('sets');
    const halves = Array.from({ length: 3 }, () =>
      Array.from({ length: 600 }, () => String.fromCharCode(draw.integer(0x4e00, 0x9fa0))).join(''),
    );
    const [one, other] = [textPrint(halves[0]! + halves[1]!)!, textPrint(halves[0]! + halves[2]!)!];
    // A third of the shingles of both together is common.
    expect(Math.abs(sampleLikeness(one.all, other.all) - 1 / 3)).toBeLessThan(0.13);
    expect(sampleLikeness(one.all, one.all)).toBe(1);
  });
});

describe('near-same texts', () => {
  const [first, again] = [
    drawText(generator('figures'), generator('form')),
    drawText(generator('other'), generator('form')),
  ];

  it('with a few other words are found and told', () => {
    const typed = first.replaceAll('学校', '本校').replace('操场', '运动场').replaceAll('，', ' , ');
    const [one, other] = [textPrint(first)!, textPrint(typed)!];
    expect(shareKey(textKeys(one), textKeys(other))).toBe(true);
    expect(textResemblance(one, other)).toMatchObject({ kind: 'text' });
  });

  it('of one form with other figures are not: what is common is the form', () => {
    const words =
      '根据督导评估的要求学校成立了由校长任组长的自评工作小组对照指标体系逐条开展自查并建立整改台账，' +
      '各项制度汇编成册做到有章可循有据可查责任到人并按月公布进展情况，每学期召开两次专题会议研究教育教学工作，' +
      '今后将进一步健全工作机制加大投入力度提升队伍素质努力办好人民满意的教育，';
    const filled = (draw: Generator) =>
      words +
      ['在校生', '专任教师', '图书册数', '占地面积', '公用经费', '培训经费', '设备总值']
        .map((label) => `${label} ${draw.integer(1000, 9999)}；`)
        .join('');
    const [one, other] = [textPrint(filled(generator('1')))!, textPrint(filled(generator('2')))!];
    expect(sampleLikeness(one.all, other.all)).toBeGreaterThan(0.5);
    expect(textResemblance(one, other)).toBeNull();
    expect(shareKey(textKeys(one), textKeys(other))).toBe(false);
  });

  it('without figures are told by their words', () => {
    const words = first.replaceAll(
      /\d+/g,
      (number) => '春夏秋冬东南西北上下'.at(Number(number) % 10)!.repeat(2) + '山水',
    );
    const [one, other] = [textPrint(words)!, textPrint(words.replace('操场', '运动场'))!];
    expect(one.figures.count).toBe(0);
    expect(shareKey(textKeys(one), textKeys(other))).toBe(true);
    expect(textResemblance(one, other)).not.toBeNull();
  });

  it('other texts are neither found nor told', () => {
    const other = textPrint(drawText(generator('x'), generator('y')))!;
    const one: TextPrint = textPrint(again)!;
    expect(shareKey(textKeys(one), textKeys(other))).toBe(false);
    expect(textResemblance(one, other)).toBeNull();
  });
});

describe('a hint', () => {
  const picture = picturePrintBytes(printOf(drawPicture(generator('hint'))));
  const text = textPrintBytes(textPrint(drawText(generator('hint'), generator('hint')))!);

  it('is given of stored prints of one kind and one version alone', () => {
    const [one, other] = [comparable({ kind: 'picture', print: picture })!, comparable({ kind: 'text', print: text })!];
    expect(resemblance(one, one)).toEqual({ kind: 'picture', closeness: 1 });
    expect(resemblance(other, other)).toEqual({ kind: 'text', closeness: 1 });
    expect(resemblance(one, other)).toBeNull();
    expect(comparable({ kind: 'text', print: Uint8Array.of(9, ...text.subarray(1)) })).toBeNull();
    expect(comparable({ kind: 'picture', print: Uint8Array.of(9, ...picture.subarray(1)) })).toBeNull();
  });
});

describe('a library of prints', () => {
  it('gives what shares enough keys, most shared first, and no more than is wanted', () => {
    const library = new PrintLibrary<string>();
    library.add('a', [1, 2, 3]);
    library.add('b', [3, 4, 5]);
    library.add('c', [6]);
    const all = { least: 1, most: 10 };
    expect(library.candidates([3, 4, 4, 9], all)).toEqual([
      { id: 'b', shared: 2 },
      { id: 'a', shared: 1 },
    ]);
    expect(library.candidates([3, 4], { least: 1, most: 1 }).map(({ id }) => id)).toEqual(['b']);
    expect(library.candidates([1, 3, 4], { least: 2, most: 10 }).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(library.candidates([7], all)).toEqual([]);
  });
});
