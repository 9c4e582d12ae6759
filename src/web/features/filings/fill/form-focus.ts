/** `#字段` in the address leads to the field: the grid, the review and a return all point at cells. */
export function jumpToAddressed() {
  const key = decodeURIComponent(location.hash.slice(1));
  if (key) requestAnimationFrame(() => focusField(key));
}

/** Brings a field into sight and the keyboard into it. */
export function focusField(key: string): void {
  const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector<HTMLElement>('[data-input]')?.focus({ preventScroll: true });
}
