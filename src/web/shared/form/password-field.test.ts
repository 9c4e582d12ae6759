import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { textOf } from '#test/support/sources.ts';
import { PasswordField } from './fields.tsx';

const drawn = (autoComplete: 'current-password' | 'new-password') =>
  renderToStaticMarkup(createElement(PasswordField, { label: '密码', value: 'abc', onChange: () => {}, autoComplete }));

it('a password is masked until its owner asks to see it, and a password manager knows which one it is', () => {
  for (const which of ['current-password', 'new-password'] as const) {
    const [input = ''] = /<input[^>]*>/.exec(drawn(which)) ?? [];
    expect(input).toContain('type="password"');
    expect(input).toMatch(new RegExp(`autocomplete="${which}"`, 'i'));
    expect(input).not.toContain('maxlength');
  }
  expect(drawn('new-password')).toMatch(/<button[^>]*aria-pressed="false"[^>]*>显示<\/button>/);
});

it('a field of a form hinders nobody from pasting', () => {
  expect(textOf('src/web/shared/form/fields.tsx')).not.toMatch(/onPaste|onBeforeInput|onDrop/);
});
