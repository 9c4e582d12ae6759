import { expect, it } from 'vitest';
import { words } from './desk.words.ts';

it('a line of the own entries opens their list, or the one entry', () => {
  for (const kind of ['inspectors.form', 'inspectors.ownPaper']) {
    const line = words.workWords![kind]!;
    expect(line.link).toEqual({ to: '/own-inspectors' });
    expect(line.open!('i-1')).toEqual({ to: '/own-inspector/$inspectorId', params: { inspectorId: 'i-1' } });
  }
});
