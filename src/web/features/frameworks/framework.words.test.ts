import { describe, expect, it } from 'vitest';
import { authoritySentence } from './framework.words.ts';

describe('the band of a document that was seen in part', () => {
  it('keeps it from use only while something is unknown', () => {
    const edition = { authority: 'official-partial' as const };
    expect(authoritySentence(edition, 3, '')).toContain('有 3 处');
    expect(authoritySentence(edition, 0, '')).not.toContain('0 处');
  });
});
