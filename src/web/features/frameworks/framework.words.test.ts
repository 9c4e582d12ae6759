import { describe, expect, it } from 'vitest';
import { authoritySentence, noCampaignText, ratersText } from './framework.words.ts';

describe('the band of a document that was seen in part', () => {
  it('keeps it from use only while something is unknown', () => {
    const edition = { authority: 'official-partial' as const };
    expect(authoritySentence(edition, 3, '')).toContain('有 3 处');
    expect(authoritySentence(edition, 0, '')).not.toContain('0 处');
  });
});

describe('the warning of an editor', () => {
  it('names what no campaign knows, or that no campaign is about such subjects, and says nothing else', () => {
    expect(noCampaignText('school', [])).toBeNull();
    expect(noCampaignText('school', ['连续判否次数'])).toBe(
      '不能用于评估项目：它的结论要看连续判否次数，评估项目中没有这项信息。发布后只能查阅和试算；要用于评估项目，请先改写这些条件。',
    );
    expect(noCampaignText('person', [])).toBe(
      '不能用于评估项目：评估项目的对象是县（市、区）和学校、幼儿园，本体系的对象是个人。发布后只能查阅和试算。',
    );
  });
});

describe('who rates an indicator', () => {
  it('is said in Chinese, and a name that a city gives as it is', () => {
    expect(ratersText('self+office')).toBe('自评、督导室');
    expect(ratersText('群众代表')).toBe('群众代表');
  });
});
