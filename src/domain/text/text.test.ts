import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutInvisible } from './characters.ts';
import { fileTitle } from './file-title.ts';
import { lookAlikeKey, lookAlikes } from './look-alike.ts';
import { foldedName, foldingsIn, foldingWords, isSameName, lostFault, nameFault, tidyName } from './name-folding.ts';
import { spaced } from './spaced.ts';

/** Names of schools and people as they are, and everything that gets into them by mistake. */
const plainName = fc.stringMatching(/^[一-龥]{2,12}(（[一-龥]{2,4}）)?$/);
const slips = [
  ...['\u200b', '\u200d', '\ufeff', '\u00ad', '\u202a', '\u202c', '\u200f', '\u2066', '\ufe0f', '\u{e0100}'],
  ...[' ', '\u3000', '\u00a0', '\t', '\n', '\r\n', '\u2028', '\u0007', '\u2800', '\u3164'],
] as const;
const slip = fc.constantFrom(...slips);
/** Any content of a string, including halves of characters. */
const anyText = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), slip, fc.constantFrom('\ud842', '\udfb7', '洛', 'a')))
  .map((parts) => parts.join(''));

/** The name with slips put in at places of its own. */
const slippedName = fc.tuple(plainName, fc.array(fc.tuple(slip, fc.nat(20)), { maxLength: 4 })).map(([name, put]) => {
  const characters = [...name];
  for (const [one, at] of put) characters.splice(Math.min(at, characters.length), 0, one);
  return [name, characters.join('')] as const;
});

describe('a name as it is compared', () => {
  it('is the same whatever slipped into it', () => {
    fc.assert(fc.property(slippedName, ([name, slipped]) => isSameName(name, slipped)));
  });

  it('folded twice is folded once, and has nothing left to fold', () => {
    fc.assert(fc.property(anyText, (text) => foldedName(foldedName(text)) === foldedName(text)));
  });

  it.each([
    ['洛江区\u200b博谷小学', '洛江区博谷小学'],
    ['洛江区\n博谷小学', '洛江区博谷小学'],
    ['示例 县', '示例县'],
    ['\u2f70例县', '示例县'],
    // All Kangxi radicals and the radicals that are typed for 西 and 门.
    ['\u2ec4\u2ed4⼩学', '西门小学'],
    // Compatibility ideographs.
    ['\uf9dc安小学', '隆安小学'],
    ['第１小学（城东校区）', '第1小学(城东校区)'],
    ['㈠中', '(一)中'],
  ])('%j is %j', (written, name) => expect(foldedName(written)).toBe(foldedName(name)));

  it('two schools stay two', () => {
    for (const [left, right] of [
      ['第一小学', '第二小学'],
      ['洛江区\ud842小学', '洛江区小学'],
      // Two halves do not form a character when the sign between them is dropped.
      ['\ud842\u200b\udfb7桥小学', '𠮷桥小学'],
      ['𠮷桥小学', '吉桥小学'],
      ['ABC学校', 'abc学校'],
    ] as const) {
      expect(isSameName(left, right)).toBe(false);
    }
  });
});

describe('a name as it is kept', () => {
  it('tidied is the name that was meant, without fault', () => {
    fc.assert(
      fc.property(
        slippedName.filter(([, slipped]) => !slipped.includes('\u0007')),
        ([name, slipped]) => {
          expect(tidyName(slipped)).toBe(name);
          expect(nameFault(tidyName(slipped))).toBeUndefined();
        },
      ),
    );
  });

  it('tidied twice is tidied once; what is wrong with it then is lost for good', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tidy = tidyName(text);
        expect(tidyName(tidy)).toBe(tidy);
        expect(nameFault(tidy)).toBe(lostFault(text));
        expect(foldedName(tidy)).toBe(foldedName(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('a plain name has no fault, nor have brackets in full width, words of letters, dots and rare characters', () => {
    fc.assert(fc.property(plainName, (name) => nameFault(name) === undefined && tidyName(name) === name));
    for (const name of ['第三小学（城东校区）', 'Anna Lee', '泉州 ABC 学校', '阿依古丽·买买提', '𠮷桥小学', '孙, 三']) {
      expect([nameFault(name), tidyName(name), foldingsIn(name)]).toEqual([undefined, name, []]);
    }
  });

  it.each([
    ['洛江区\u200b小学', '名称中有看不见的字符（U+200B），请删去后重新输入'],
    ['洛江区\u202d小学', '名称中有看不见的方向控制字符（U+202D），请删去后重新输入'],
    ['洛江区\n小学', '名称中有换行，请删去'],
    ['洛江 区小学', '名称中间有空格，请删去'],
    ['王\u3000芳', '名称中有空格（U+3000），请删去或改用半角空格'],
    ['Anna  Lee', '名称中间有空格，请删去'],
    ['洛江区\u0007小学', '名称中有控制字符（U+0007），请删去后重新输入'],
    ['林\u0000一', '名称中有空字符（U+0000），无法保存，请重新输入'],
    ['洛江区\ud842小学', '名称中有残缺的字符（U+D842），无法保存，请重新输入这个字'],
    ['洛江区\ufffd小学', '名称中有无法识别的字符（U+FFFD），请重新输入这个字'],
    ['\ue000小学', '名称中“\ue000”（U+E000）是本机自造的字，换一台电脑就显示不出，请改用标准汉字'],
    ['\u2f70例小学', '名称中“⽰”（U+2F70）是“示”的兼容字形，按它查不到，请改用“示”'],
    // A lost character is reported before one that can simply be removed.
    ['洛江 区\ud842小学', '名称中有残缺的字符（U+D842），无法保存，请重新输入这个字'],
  ])('%j is refused with a sentence', (name, sentence) => expect(nameFault(name)).toBe(sentence));

  it('what was folded is said, each once', () => {
    expect(foldingWords(foldingsIn(' \u2f70 例\u200b县\u200b '))).toBe(
      '兼容字形“⽰”（U+2F70）、空格、看不见的字符（U+200B）',
    );
  });

  it('every character that a search would miss is a fault, in every place of the name', () => {
    fc.assert(
      fc.property(plainName, slip, fc.nat(10), (name, one, at) => {
        const place = 1 + (at % (name.length - 1));
        expect(nameFault(name.slice(0, place) + one + name.slice(place))).toMatch(/^名称中/);
      }),
    );
  });
});

describe('names that print alike', () => {
  it.each([
    ['示例县', '示例縣'],
    ['第一小学', '第—小学'],
    ['二〇一小学', '二○一小学'],
    ['示例·小学', '示例•小学'],
    ['ABC学校', 'АВС学校'],
  ])('%s and %s are named', (left, right) => {
    expect(foldedName(left)).not.toBe(foldedName(right));
    expect(lookAlikes([left, '另一县', right])).toEqual([[left, right]]);
  });

  it('one name written in two ways is none, nor are two names', () => {
    expect(lookAlikes(['示例县', '示例 县', '另一县'])).toEqual([]);
    fc.assert(fc.property(slippedName, ([name, slipped]) => lookAlikeKey(name) === lookAlikeKey(slipped)));
  });
});

it('a text without what cannot be seen keeps its blanks', () => {
  expect(withoutInvisible('\u202d4 20\u202c\u200b')).toBe('4 20');
});

it('one space stands between a Chinese word and a number or a Latin word, whichever is filled in', () => {
  expect(spaced('应填', '0 至 5')).toBe('应填 0 至 5');
  expect(spaced('应填', '无、有', '之一')).toBe('应填无、有之一');
  expect(spaced('应为', 'A、B', '之一')).toBe('应为 A、B 之一');
  expect(spaced('“', '5', '”')).toBe('“5”');
});

it('a saved list is named by what it holds, its unit where it is of one, and its time', () => {
  expect(fileTitle('资源数据', ['鲤城区', '鲤城区'], '2025 学年')).toBe('资源数据_鲤城区_2025 学年');
  expect(fileTitle('资源数据', ['鲤城区', '丰泽区'], '2025 学年')).toBe('资源数据_2025 学年');
  expect(fileTitle('资源数据', [], undefined)).toBe('资源数据');
});
