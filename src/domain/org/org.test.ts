import { describe, expect, it } from 'vitest';
import { codeOfMark, codeOrMark, saysNoSchoolCode, schoolCodeFault, schoolCodeText } from './school-code.ts';
import { schoolType } from './school-type.ts';
import { readSponsorWord, sponsor, sponsorWord } from './sponsor.ts';

describe('学校标识码', () => {
  it('accepts ten digits of a known class and province', () => {
    expect(schoolCodeFault('2135990001')).toBeUndefined();
    expect(schoolCodeFault('2135990001', '35')).toBeUndefined();
  });

  it.each([
    ['213599000', '10 位'],
    ['２135990001', '10 位'],
    ['9935990001', '类别'],
    ['2199990001', '区划'],
    ['2135000000', '顺序号'],
  ])('refuses %s with a sentence', (code, word) => expect(schoolCodeFault(code)).toContain(word));

  it('refuses another province where one is asked for', () =>
    expect(schoolCodeFault('2144000501', '35')).toContain('35'));

  it('may be absent: a run marks the school by its number, people read that there is none', () => {
    expect([codeOrMark('2135990001', 7), codeOrMark(null, 7)]).toEqual(['2135990001', '#7']);
    expect([codeOfMark('2135990001'), codeOfMark('#7')]).toEqual(['2135990001', null]);
    expect([schoolCodeText('2135990001'), schoolCodeText(null), schoolCodeText('#7')]).toEqual([
      '2135990001',
      '—（暂无标识码）',
      '—（暂无标识码）',
    ]);
    expect([schoolCodeText(null), '(暂无标识码)', '', '2135990001'].map(saysNoSchoolCode)).toEqual([
      ...[true, true, false, false],
    ]);
  });
});

describe('办学类型 and 举办者', () => {
  it('know their sections', () => {
    expect(schoolType('312')?.levels).toEqual(['primary', 'junior']);
    expect(schoolType('999')).toBeUndefined();
  });

  it('derive the short word from the ten codes', () => {
    const short = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((code) =>
      sponsorWord(sponsor(code)!.level, code === 10 ? 'private' : 'public'),
    );
    expect(short).toEqual(['其他', '其他', '省', '省', '市', '市', '县', '县', '其他', '民办']);
    expect(readSponsorWord('县级教育部门')).toBe('县');
    expect(readSponsorWord('１０')).toBe('民办');
    expect(readSponsorWord('街道')).toBeUndefined();
  });
});
