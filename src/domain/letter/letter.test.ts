import { describe, expect, it } from 'vitest';
import { isProblem } from '#domain/kit/problem.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { laidLetter, plainLetter } from '#test/support/product/letters.ts';
import { chineseNumeral, HeadingNumbers } from './heading-number.ts';
import { letterShape } from './letter.shape.ts';
import { fitMark } from './mark-fit.ts';
import { areaWidth, characterPitch, linePitch, measures, pointsPerMillimetre } from './measures.ts';
import { letterNumberText } from './number-text.ts';
import { officeOf } from './office.ts';
import { widthInCharacters } from './text-width.ts';
import { titleLines } from './title-lines.ts';

describe('the measures', () => {
  it('make up an A4 sheet: margins and area of type, 22 lines of 28 characters', () => {
    const { area, margins, sheet } = measures;
    expect(margins.left + area.width + margins.right).toBe(sheet.width);
    expect(margins.top + area.height + margins.bottom).toBe(sheet.height);
    expect(linePitch * 22).toBeCloseTo(225 * pointsPerMillimetre);
    expect(characterPitch * 28).toBeCloseTo(156 * pointsPerMillimetre);
    // Lines of 3号 do not touch, and its characters nearly do.
    expect(linePitch).toBeGreaterThan(measures.bodySize * 1.5);
    expect(characterPitch / measures.bodySize).toBeCloseTo(0.987, 3);
  });
});

describe('the red mark', () => {
  it('stands in one line as large as it fits, up to 初号', () => {
    expect(fitMark('示例市教育局文件')).toEqual({ lines: ['示例市教育局文件'], size: 42 });
    const long = fitMark('示例市人民政府教育督导委员会办公室文件');
    expect(long.lines).toHaveLength(1);
    // At 36 points it would take a second line.
    expect(long.size).toBe(23);
  });

  it.each([1, 5, 10, 11, 17, 20, 21, 40, 60])(
    'of %i characters never runs over the edge, nor below the title',
    (count) => {
      const { lines, size } = fitMark('督'.repeat(count));
      expect(lines.join('')).toBe('督'.repeat(count));
      for (const line of lines) expect(widthInCharacters(line) * size).toBeLessThanOrEqual(areaWidth);
      expect(size).toBeGreaterThanOrEqual(measures.titleSize);
      expect(size).toBeLessThanOrEqual(42);
    },
  );
});

describe('the lines of a title', () => {
  it('a short one stays whole, and lines set by the writer stay', () => {
    expect(titleLines('关于开展专项督导的通知')).toEqual(['关于开展专项督导的通知']);
    expect(titleLines('关于开展\n专项督导的通知')).toEqual(['关于开展', '专项督导的通知']);
  });

  it.each([
    '关于印发2026年县域义务教育优质均衡发展督导评估意见的通知',
    '示例市人民政府教育督导室关于开展2026年秋季学期开学工作专项督导检查的通知',
    '关于进一步加强和改进全市中小学校责任督学挂牌督导工作的实施意见',
    '市人民政府教育督导委员会2026年第二次全体会议纪要',
    '示例市人民政府教育督导室关于2025年对县级人民政府履行教育职责情况进行督导评价的意见书',
    '示例市人民政府教育督导室关于转发省人民政府教育督导委员会办公室《关于进一步加强中小学校责任督学挂牌督导工作的意见》的通知',
  ])('%s becomes a ladder or a diamond and parts no word', (title) => {
    const lines = titleLines(title);
    expect(lines.join('')).toBe(title);
    const widths = lines.map(widthInCharacters);
    expect(Math.max(...widths) * measures.titleSize).toBeLessThanOrEqual(areaWidth);
    const steps = widths.slice(1).map((width, at) => Math.sign(width - widths[at]!));
    expect(steps).not.toContain(0);
    // Once it becomes shorter it does not become longer again.
    expect(steps.join().replaceAll('-1', 's').replaceAll('1', 'l')).toMatch(/^(l,?)*(s,?)*$/);
    const joints = lines.slice(1).map((line, at) => lines[at]!.slice(-2) + '|' + line.slice(0, 2));
    for (const word of [
      '教育',
      '督导',
      '评估',
      '通知',
      '义务',
      '均衡',
      '2026',
      '2025',
      '履行',
      '意见',
      '学校',
      '委员',
      '导委',
      '人民',
    ]) {
      expect(joints.filter((joint) => joint.includes(`${word[0]}|${word[1]}`))).toEqual([]);
    }
    for (const line of lines.slice(1)) expect(line).not.toMatch(/^[的和与》，、]/);
  });
});

describe('numbers of headings', () => {
  it('count in the four orders, and a higher heading begins the lower ones anew', () => {
    const numbers = new HeadingNumbers();
    expect([1, 2, 3, 4, 4, 3, 2, 1, 2].map((level) => numbers.next(level))).toEqual([
      ...['一、', '（一）', '1.', '（1）', '（2）', '2.', '（二）', '二、', '（一）'],
    ]);
  });

  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [35, '三十五'],
    [100, '一百'],
    [105, '一百零五'],
    [110, '一百一十'],
    [2000, '二千'],
  ])('%i is %s', (number, text) => {
    expect(chineseNumeral(number)).toBe(text);
  });
});

describe('a letter as it is laid out', () => {
  it('writes number and date without leading zeros and without 第, in six-angle brackets', () => {
    const letter = laidLetter();
    expect(letter.number).toBe('示政教督〔2026〕7号');
    expect(letter.signature.date).toBe('2026年3月5日');
    expect(letter.imprint.printedOn).toBe('2026年3月5日印发');
    expect(letter.addressees).toBe('各县（市、区）人民政府：');
  });

  it('keeps the place of what is not known before it is issued', () => {
    const letter = laidLetter({ number: { code: '示政教督', year: 2026 }, date: null });
    expect(letter.number).toBe('示政教督〔2026〕　号');
    expect(letter.signature.date).toBe('　　年　月　日');
    expect(letter.day).toBeNull();
  });

  it('numbers attachments only where there are several, and ends the list of copies with a full stop', () => {
    expect(laidLetter({ attachments: ['评估表'] }).attachments).toEqual([{ number: '', name: '评估表' }]);
    const two = laidLetter({ attachments: ['评估表', '名单'], copyTo: ['省督导办', '市教育局'] });
    expect(two.attachments.map(({ number }) => number)).toEqual(['1.', '2.']);
    expect(two.imprint.copyTo).toBe('省督导办，市教育局。');
  });

  it.each(['市', '示例市教育局', '示例市人民政府教育督导室', '示例市人民政府教育督导委员会办公室'])(
    'sealed, %s and the date have one middle, and the date is four characters from the right where it fits',
    (signer) => {
      const { signature } = laidLetter({ signer });
      const middle = (right: number, text: string) => right + widthInCharacters(text) / 2;
      expect(middle(signature.signerRight, signer)).toBeCloseTo(middle(signature.dateRight, signature.date));
      expect(signature.signerRight).toBeGreaterThanOrEqual(0);
      if (widthInCharacters(signer) <= 14) expect(signature.dateRight).toBe(4);
      else expect(signature.signerRight).toBe(0);
    },
  );

  it('writes a number one way, with a blank where it is not given yet', () => {
    expect(letterNumberText({ code: '示政教督', year: 2026, ordinal: 12 })).toBe('示政教督〔2026〕12号');
    expect(letterNumberText({ code: '示政教督', year: 2026, ordinal: null })).toBe('示政教督〔2026〕　号');
    expect(officeOf('示例市')).toBe('示例市人民政府教育督导室');
  });

  it.each(['市', '示例市教育局', '示例市人民政府教育督导室'])(
    'without a seal, the date begins two characters right of %s',
    (signer) => {
      const { signature } = laidLetter({ signer, sealed: false });
      const left = (right: number, text: string) => right + widthInCharacters(text);
      expect(left(signature.signerRight, signer) - left(signature.dateRight, signature.date)).toBeCloseTo(2);
      expect(Math.min(signature.signerRight, signature.dateRight)).toBe(2);
    },
  );

  it.each([
    ['示例市人民政府教育督导室', '基础教育科'],
    ['示例市教育局', '示例市卫生健康委员会'],
  ])('two units that issue it sign beside each other, the lead at the left: %s and %s', (signer, jointSigner) => {
    const { signature } = laidLetter({ signer, jointSigner });
    const joint = signature.joint!;
    const middle = (right: number, text: string) => right + widthInCharacters(text) / 2;
    expect(joint).toMatchObject({ name: jointSigner, linesAbove: null });
    // The last one is over the date, and the lead's as far from the left as that one from the right.
    expect(middle(joint.right, jointSigner)).toBeCloseTo(middle(signature.dateRight, signature.date));
    expect(middle(signature.signerRight, signer) + middle(joint.right, jointSigner)).toBeCloseTo(measures.characters);
    expect(signature.signerRight).toBeGreaterThanOrEqual(joint.right + widthInCharacters(jointSigner) + 1);
    expect(signature.signerRight + widthInCharacters(signer)).toBeLessThanOrEqual(measures.characters);
  });

  it('names too long for one row stand below each other, with room for both seals', () => {
    const [signer, jointSigner] = ['示例市人民政府教育督导委员会办公室', '示例市人民政府教育督导委员会专家组'];
    const { signature } = laidLetter({ signer, jointSigner });
    expect(signature.signer).toBe(signer);
    expect(signature.joint!.linesAbove! * linePitch).toBeGreaterThan(40 * pointsPerMillimetre - linePitch);
    expect(signature.joint!.right).toBeGreaterThanOrEqual(0);
  });

  it('without seals they begin below each other, and the date two characters right of them', () => {
    const [signer, jointSigner] = ['示例市人民政府教育督导室', '基础教育科'];
    const { signature } = laidLetter({ signer, jointSigner, sealed: false });
    const left = (right: number, text: string) => right + widthInCharacters(text);
    expect(signature.joint!.linesAbove).toBe(0);
    expect(left(signature.joint!.right, jointSigner)).toBeCloseTo(left(signature.signerRight, signer));
    expect(left(signature.signerRight, signer) - left(signature.dateRight, signature.date)).toBeCloseTo(2);
  });

  it('leaves out what nobody sees on paper', () => {
    const letter = laidLetter({
      title: '关于\u202e开展\u0007专项督导的通知',
      body: [{ kind: 'paragraph', text: '一行\u0000\ud800\ufffe\n二行\u200b' }],
      signer: '督导\u2066室',
    });
    expect(letter.title).toEqual(['关于开展专项督导的通知']);
    expect(letter.body).toEqual([{ kind: 'paragraph', text: '一行 二行' }]);
    expect(letter.signature.signer).toBe('督导室');
  });
});

describe('a letter that is read', () => {
  const refusal = (over: object) => {
    try {
      readDefinition(letterShape, { ...plainLetter, ...over }, '公文');
      return '';
    } catch (error) {
      if (!isProblem(error)) throw error;
      return error.message;
    }
  };

  it.each([
    [{ body: [] }, 'body：正文不能为空'],
    [{ body: [{ kind: 'picture' }] }, 'body[0].kind：应是 heading、paragraph、table 之一'],
    [{ body: [{ kind: 'heading', level: 5, text: '一' }] }, 'body[0].level：应是 1 到 4 的整数'],
    [{ date: '2026-02-30' }, 'date：应是 2017-04-26 这样的日期'],
    [{ signer: ' ' }, 'signer：不能为空'],
    [
      { body: [{ kind: 'table', columns: [{ heading: '县' }], rows: [['一', '二']] }] },
      'body[0].rows[0]：应有 1 格，现有 2 格',
    ],
    [{ body: Array.from({ length: 11 }, () => ({ kind: 'paragraph', text: '督'.repeat(19_990) })) }, '全文不能超过'],
  ])('is refused with the place and the rule: %j', (over, sentence) => {
    expect(refusal(over)).toContain(sentence);
  });

  it('is taken as it stands', () => expect(refusal({})).toBe(''));
});
