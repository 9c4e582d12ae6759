import { describe, expect, it } from 'vitest';
import { type Concerned, consequenceSentences, ownershipQuestion } from './consequence.words.ts';

const filing = { countyId: 5, countyName: '泉港区', schoolYear: 2025, state: 'submitted', kept: false, pupils: 375 };
const guest: Concerned = {
  ...{ id: 1, name: '霞园中学', code: '3135990244', ownership: 'private' },
  filings: [filing],
  accounts: [
    { name: '潘国强', roleName: '学校填报员' },
    { name: '林丽', roleName: '校长' },
  ],
  findings: { open: 2, titles: ['围墙破损', '厕所漏水'], managedBy: 'county' },
};
const host: Concerned = {
  ...{ id: 2, name: '博谷中学', code: '3135990001', ownership: 'public', filings: [], accounts: [] },
  findings: null,
};

describe('the consequences of an act on schools', () => {
  it('of a merger name what ends, what leaves the count, what is computed again, and who loses a school', () => {
    expect(consequenceSentences([guest, host], { ending: [1], merging: true, keptCode: '3135990001' })).toEqual([
      '“霞园中学”不再是在办学校；标识码 3135990244 作废，不再分配。',
      '1 份未批准的填报不再办理，退出应报名单，不计入（在校生 375 人）；已填的数据仍可查看。',
      '重新测算：泉港区 2025 学年。',
      '2 个岗位失去在办学校，此后只能查看：潘国强（学校填报员）、林丽（校长）。',
      '“霞园中学”有 2 个没有办结的整改问题（围墙破损、厕所漏水），由合并后的学校接着整改。',
      '以后可以撤回合并：在“霞园中学”的学校页面办理。',
    ]);
  });

  it('of a merger in which the code of the guest goes on name the code of the host', () => {
    const sentences = consequenceSentences([guest, host], { ending: [1], merging: true, keptCode: '3135990244' });
    expect(sentences[0]).toBe('“霞园中学”不再是在办学校；标识码 3135990001 作废，不再分配。');
    expect(sentences.at(-1)).toBe('“霞园中学”的标识码由合并后的学校沿用，不能撤回合并。');
  });

  it('of a closing with approved figures say that they count; a number that is missing is not zero', () => {
    const filings = [
      { ...filing, state: 'approved', kept: true },
      { ...filing, schoolYear: 2026, state: 'draft', pupils: null },
    ];
    const findings = { open: 7, titles: ['围墙破损'], managedBy: 'city' as const };
    expect(consequenceSentences([{ ...guest, filings, accounts: [], findings }], { ending: [1] })).toEqual([
      '“霞园中学”不再是在办学校；标识码 3135990244 作废，不再分配。',
      '1 份未批准的填报不再办理，退出应报名单，不计入（1 份未填在校生数）；已填的数据仍可查看。',
      '重新测算：泉港区 2026 学年。',
      '1 份批准过的填报仍然计入（在校生 375 人）。',
      '没有账户在这些学校任职。',
      '“霞园中学”有 7 个没有办结的整改问题（围墙破损等），不随学校销号，转由市级督导机构办理，或移交其他责任主体。',
    ]);
    const nothing = consequenceSentences([host], { ending: [2] });
    expect([nothing[1], nothing.at(-1)]).toEqual([
      '没有正在进行的填报，各学年的应报名单和均衡测算不变。',
      '台账中没有查到未办结的整改问题。',
    ]);
  });

  it('of an act by which no school ends say that the lists of the year are fixed', () => {
    expect(consequenceSentences([guest], { ending: [] })).toEqual([
      '2025 学年的名单已经固定：填报、审核单位和均衡测算不变，自下一个学年起按变更后的情况。',
      '本校 2 个岗位不变。',
    ]);
  });

  it('ask about private into public, and not where nothing changes', () => {
    expect(ownershipQuestion(guest, 'public', '并入“博谷中学”后')).toEqual([
      '已核实：“霞园中学”是民办学校，并入“博谷中学”后按公办计',
    ]);
    expect(ownershipQuestion(host, 'public', '变更后')).toEqual([]);
  });
});
