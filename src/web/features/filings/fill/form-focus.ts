/** `#字段` in the address leads to the field: the grid, the review and a return all link to cells. */
export function jumpToAddressed() {
  const key = decodeURIComponent(location.hash.slice(1));
  if (key) requestAnimationFrame(() => focusField(key));
}

/** Scrolls to a field and gives it the focus. */
export function focusField(key: string): void {
  const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector<HTMLElement>('[data-input]')?.focus({ preventScroll: true });
}
